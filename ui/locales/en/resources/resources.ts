import type { resourcesFr } from '../../fr/resources/resources.ts'

const resources = (n: number) => (n === 1 ? '1 resource' : `${n} resources`)
const cafes = (n: number) => (n === 1 ? '1 café' : `${n} cafés`)

export const resourcesEn: typeof resourcesFr = {
  menu: 'Resources',
  title: 'What you need to lead a café',
  lead: 'Games, debates and workshops that are ready to use. Each reads like a recipe: what you need, how long it takes, and how to go about it. Take them, adapt them, share them, and name who wrote them.',
  form: 'Find a resource',
  words: 'A word',
  wordsHint: 'scam, picture, school…',
  duration: 'Duration',
  anyDuration: 'Any',
  upTo: (minutes) => (minutes === 60 ? 'At most 1 hour' : `At most ${minutes} minutes`),
  submit: 'Search',
  need: 'What you are looking for',
  needs: {
    beginner: 'I am a beginner',
    'no-computer': 'Without a computer',
    teens: 'With teenagers',
    families: 'With families',
  },
  anyNeed: 'All',
  theme: 'Topic',
  anyTheme: 'Any',
  found: (n) => (n === 0 ? 'No resource matches.' : `${resources(n)},`),
  mostUsed: 'the most used first',
  all: 'All resources',
  next: 'More resources',
  before: 'Previous resources',
  empty: 'Nobody has published a resource here yet.',
  kinds: {
    game: 'Game',
    debate: 'Debate',
    workshop: 'Workshop',
    discussion: 'Discussion',
    module: 'Module',
    guide: 'Guide',
    training: 'Training',
    kit: 'Kit',
  },
  levels: { beginner: 'For beginners', experienced: 'With some experience' },
  audiences: {
    families: 'with families',
    teens: 'with teenagers',
    seniors: 'with older people',
    professionals: 'among professionals',
  },
  licences: {
    'CC-BY-4.0': 'CC BY 4.0',
    'CC-BY-SA-4.0': 'CC BY-SA 4.0',
    'CC-BY-NC-SA-4.0': 'CC BY-NC-SA 4.0',
    'CC0-1.0': 'CC0 1.0',
    'etalab-2.0': 'Licence Ouverte 2.0',
  },
  licenceSays: {
    'CC-BY-4.0': 'Copy it, change it, share it, and name its author',
    'CC-BY-SA-4.0': 'Copy it, change it, share it under the same licence, and name its author',
    'CC-BY-NC-SA-4.0':
      'Copy it, change it, share it under the same licence without selling it, and name its author',
    'CC0-1.0': 'Do what you like with it',
    'etalab-2.0': 'Copy it, change it, share it, and name its author and its date',
  },
  minutes: (n) =>
    n % 60 === 0 ? `${n / 60} h` : n < 60 ? `${n} min` : `${Math.floor(n / 60)} h ${n % 60}`,
  group: (min, max) =>
    min === undefined
      ? max === undefined
        ? ''
        : `at most ${max} people`
      : max === undefined
        ? `at least ${min} people`
        : min === max
          ? `${min} people`
          : `${min} to ${max} people`,
  used: (n) => (n === 0 ? '' : `Already used in ${cafes(n)}`),
  offer: {
    title: 'Did you invent something?',
    text: 'One page is enough. Your name stays on it, and you will know in which cafés it is used.',
    button: 'Propose it',
    ways: 'How to take part',
    how: 'Each place publishes its resources in its administration, on the page "Resources". They reach the directory by themselves.',
  },
  page: {
    back: 'What you need to lead a café',
    facts: 'In short',
    duration: 'Duration',
    group: 'Group',
    level: 'Level',
    audience: 'For whom',
    language: 'Language',
    computer: 'Computer',
    needsComputer: 'At least one is needed',
    noComputer: 'No computer and no connection',
    notUsed: 'No past café has named it yet.',
    need: 'What you need',
    how: 'How it goes',
    link: (host) => `Open on ${host}`,
    linkHint: 'This page is on another site, which we do not control.',
    announce: 'Announce a café with it',
    from: 'Where it comes from',
    writtenBy: (author) => `Written by ${author}, says the organisation that publishes it.`,
    publishedBy: 'Published by',
    on: (host) => `on ${host}`,
    version: (day) => `Version of ${day}.`,
    licence: (says, name) => `${says} (licence ${name}).`,
    licenceText: 'The text of the licence',
    flag: 'Report a mistake',
    gone: {
      title: 'This resource was withdrawn',
      text: 'It is no longer published. Its address will never be used for another one.',
    },
  },
  admin: {
    title: 'Resources',
    lead: 'What you lead your cafés with, described so that another team can use it. Everybody can read it, here and in the directories that you have joined.',
    add: 'Publish a resource',
    titleNew: 'Publish a resource',
    titleEdit: 'Edit a resource',
    none: 'You have not published any resource yet.',
    name: 'Title',
    kind: 'Form',
    seen: 'Public page',
    see: 'See it',
    save: 'Publish',
    saveEdit: 'Save',
    full: (max) => `You already have ${max} resources, which is the maximum. Withdraw one first.`,
    delete: 'Withdraw this resource',
    sure: {
      title: (title) => `Withdraw “${title}”?`,
      effects:
        'Its page disappears from here, and from the directories that you have joined as soon as they hear of it.\nIts address will not be used for another one.',
      submit: 'Withdraw the resource',
    },
    labels: {
      title: 'Title',
      summary: 'In one sentence',
      kind: 'Form',
      descriptionMarkdown: 'How it goes',
      material: 'What is needed',
      link: 'Address of the rest',
      level: 'Level',
      audiences: 'For whom',
      minutes: 'Duration, in minutes',
      groupMin: 'How many people, at least',
      groupMax: 'How many people, at most',
      needsComputer: 'Computer',
      themes: 'Topics',
      language: 'Language',
      author: 'Who wrote it',
      licence: 'Licence',
    },
    hints: {
      summary: 'What happens in the room: "One team reads a card, the other decides."',
      audiences: 'Tick nothing if it is for everybody.',
      material: 'One thing on each line: "30 printed cards".',
      descriptionMarkdown:
        'Step by step, with the minutes, like a recipe. A line that begins with "###" is a heading, with "-" an item of a list.',
      themes: 'Separated by commas.',
      author:
        'The name by which to credit it: that of an organisation, or of a person who agrees. Its page also says that you publish it.',
      licence: 'What others may do with it. Without a reason to the contrary, keep the first one.',
      link: 'The page from which the rest can be downloaded, if there is one.',
    },
    computer: 'At least one is needed in the room',
    groups: {
      what: 'The resource',
      who: 'For whom, and how long',
      whose: 'Who wrote it, and what may be done with it',
    },
  },
}
