import { fileSize } from '../node/domain/file-size.ts'
import { plural } from '../node/domain/number-words.ts'
import type { dataFr } from './words-data-fr.ts'

export const dataEn: typeof dataFr = {
  open: {
    title: 'Open data',
    lead: 'All the public cafés of this site, past and to come, as files that anyone may use.',
    files: 'Files of the day',
    made: (when, cafes, places) =>
      `Made on ${when}: ${cafes}, ${places}. They are made again every night.`,
    cafes: (n) => plural(n, 'café', 'cafés', 'en'),
    places: (n) => plural(n, 'place with a whole address', 'places with a whole address', 'en'),
    preparing: 'Files being prepared',
    preparingText: 'The files are being prepared. Load this page again in a moment.',
    col: { file: 'File', what: 'What it holds', size: 'Size', sha: 'SHA-256 digest' },
    what: {
      'cafes-ia.csv': 'One café a line. Opens in a spreadsheet (UTF-8, semicolons).',
      'cafes-ia.geojson': 'The same cafés, to be put on a map (GeoJSON).',
      'cafes-ia.ndjson':
        'The original announcements, one a line, with the signature of the place. Nothing in them is changed: an announcement may give the number to call to sign up.',
      'lieux-de-mediation.csv':
        'The places that host cafés, in the format of the French standard “Lieux de médiation numérique”.',
    },
    size: (bytes) => fileSize(bytes, 'en'),
    package: 'The list of files for a program (Data Package)',
    licence: 'Licence',
    licenceText:
      'You may copy, change and publish this data, even for sale, if you say where it comes from and how old it is:',
    licenceName: 'Licence Ouverte 2.0',
    persons: 'What of people?',
    personsText:
      'The tables hold no facilitator, no participant, no e-mail address and no telephone number. Whatever looks like a contact in a text is replaced by “[contact]”.',
    fresh: 'Keeping up to date',
    freshText:
      'To read only what changed, ask the API for the cafés changed since a date, and for those that were deleted:',
    search: 'Only a part',
    searchText: 'Every search is a file too, always up to date. Add its criteria to the address:',
    agenda: 'For OpenAgenda, and agendas that read its format:',
    dictionary: 'The columns of the table',
    dictionaryText:
      'The table follows a schema that tools can check. The GeoJSON file uses the same names. The names and their descriptions are in French.',
    schema: 'The schema “cafes-ia” (Table Schema)',
    example: 'A valid example',
    column: { name: 'Name', type: 'Type', meaning: 'What the column holds', rule: 'Rule' },
    types: {
      string: 'text',
      number: 'number',
      integer: 'whole number',
      datetime: 'date and time',
      boolean: '“Oui” or empty',
    },
    required: 'always given',
    unique: 'unique',
    oneOf: 'one of these values:',
    pattern: (pattern) => `of the form ${pattern}`,
    between: (least, most) => `between ${least} and ${most}`,
    atLeast: (least) => `at least ${least}`,
    embed: 'Do you want to show the cafés on your own site?',
    embedLink: 'Embed the list',
    api: 'The API',
  },
  embed: {
    title: 'Embed the list',
    lead: 'Show the cafés to come on the site of your town, your library or your association. Nothing to install, no cookie.',
    choose: 'Which cafés?',
    labels: {
      ou: 'Around which place?',
      rayon: 'Distance',
      territoire: 'Or in which territory?',
      quand: 'When?',
      mode: 'How?',
      q: 'With which words?',
      nombre: 'How many cafés at most?',
      couleur: 'Colour of the links',
      theme: 'Background',
    },
    hints: {
      ou: 'Postcode or town, for example 35000.',
      q: 'For example: images, seniors.',
      nombre: 'From 1 to 50.',
      couleur: 'For example #0b6355. It must read well on a light background.',
    },
    everywhere: 'Everywhere',
    regions: 'Régions',
    departements: 'Départements',
    other: 'Another territory',
    themes: { '': 'As the visitor’s device', clair: 'Light', sombre: 'Dark' },
    submit: 'See the result',
    badColour: (ratio) =>
      `This colour does not read well enough: its contrast is ${ratio}, 4.5 is needed. Choose a darker one.`,
    notAColour: 'Give a colour of the form #0b6355.',
    preview: 'Preview',
    previewTitle: 'Cafés IA to come (preview)',
    copy: 'The code to copy',
    copyText: 'Choose one of these three ways, then paste the code into your page.',
    component: 'As an element of the page (most flexible)',
    componentHow: (origin) =>
      `The list takes its place in your page. If your site restricts scripts (Content-Security-Policy), allow ${origin} in script-src and connect-src.`,
    frame: 'In a frame (simplest)',
    frameHow:
      'The height follows the content thanks to the last line. Without it, the frame keeps its height.',
    link: 'As a plain link (anywhere)',
    linkHow: 'For a site that takes neither scripts nor frames.',
    linkText: 'Cafés IA to come',
    frameHeading: 'Cafés IA to come',
    frameNone: 'No café is announced for now.',
    frameWrong: 'This list is not set up well. See all the cafés:',
    frameMore: 'See all the cafés',
    frameBy: (name) => `Source: ${name}`,
  },
}
