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
    oneOf: (values) => `one of these values: ${values}`,
    pattern: (pattern) => `of the form ${pattern}`,
    between: (least, most) => `between ${least} and ${most}`,
    atLeast: (least) => `at least ${least}`,
    embed: 'Do you want to show the cafés on your own site?',
    embedLink: 'Embed the list',
    api: 'The API',
  },
}
