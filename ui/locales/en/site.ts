import type { siteFr, welcomeFr } from '../fr/site.ts'

export const siteEn: typeof siteFr = {
  layout: {
    inThisLanguage: 'English',
    skip: 'Skip to content',
    description: 'Free meetings to talk together about artificial intelligence, over a coffee.',
    mainNav: 'Main menu',
    menuButton: 'Menu',
    footerNav: 'About this site',
    menu: {
      home: { node: 'Home', hub: 'Find a café' },
      cafes: 'Upcoming cafés',
      api: 'Data and software',
    },
    free: 'Free of charge, open to everyone',
    admin: 'Administration',
    team: 'Team area',
    signOut: 'Sign out',
  },
  home: {
    title: 'Cafés IA',
    lead: 'Free meetings to talk together about artificial intelligence, over a coffee. You need to know nothing about it: come as you are.',
    next: 'The next cafés',
    all: 'See all cafés',
    none: 'No café is announced at the moment.',
    noneHint: 'Come back soon, or follow this place to hear of the next one.',
  },
  programs: {
    calendar: 'Upcoming cafés (calendar)',
    feed: 'Upcoming cafés (feed reader)',
    oneCafe: 'This café (calendar)',
  },
  guides: {
    title: 'Guides',
    lead: 'Step by step, for a first time as for a whole site. They are in French.',
    groups: { organise: 'Organise and announce', people: 'Lead, connect', site: 'Keep a site' },
    others: 'The other guides',
  },
  siteMap: {
    title: 'Site map',
    pages: 'Pages',
    files: 'For calendars and feed readers',
    past: 'Past cafés',
    follow: 'Follow the cafés',
    calendar: 'Calendar of upcoming cafés',
    feed: 'Feed of upcoming cafés',
    jsonFeed: 'Feed of upcoming cafés, as JSON',
  },
  api: {
    title: 'Data and software',
    lead: 'The upcoming cafés are open data: a site, a calendar or a spreadsheet can use them, without a key.',
    files: 'Files',
    filesText: 'Each search exists as a file too: add what you look for to the address, as in',
    read: 'Reading',
    readText: 'All upcoming cafés, or those that you look for, as JSON:',
    write: 'Writing',
    writeText:
      'To announce, change or cancel a café you need a token. The team of this site creates it in the administration.',
    tokens: 'Create a token',
    contract: 'The full description',
    openApi: 'OpenAPI 3.1 document',
  },
  error: {
    notFound: {
      title: 'This page does not exist',
      text: 'The address may be incomplete, or the page has moved.',
    },
    gone: {
      title: 'This café was removed',
      text: 'Its organiser deleted it. It will not take place at this address.',
    },
    forbidden: {
      title: 'You do not have access to this page',
      text: 'Your request was not accepted. If the form was open for a long time, go back, reload the page and try again: what you wrote may still be there.',
    },
    invalid: {
      title: 'Something is missing or not right',
      text: 'We could not save your request. Go back to correct it.',
    },
    tooMany: {
      title: 'Too many requests',
      text: 'Wait a minute, then try again.',
    },
    internal: {
      title: 'Internal error',
      text: 'Something went wrong on our side. Nothing that was saved is lost. Try again in a few minutes.',
    },
    restored: {
      title: 'This site is coming back',
      text: 'It was restored from a backup. Before it shows its cafés, it asks its directory what was deleted since. Come back in a moment.',
    },
    diskFull: {
      title: 'The disk of this site is full',
      text: 'Nothing was saved, and nothing that was saved is lost. Go back: the browser usually keeps what you had written. Try again later.',
      pendingForm:
        'Nothing was saved, but what you had written is here: keep this page open, and send it when there is room again.',
    },
    reference: (id) => `If this goes on, give this number to the team: ${id}`,
    home: 'Go to the home page',
    cafes: 'See upcoming cafés',
    find: 'Find a café',
    signIn: 'Sign in',
    teamSignIn: 'Are you on the team? Sign in',
  },
}

export const welcomeEn: typeof welcomeFr = {
  title: 'What is an AI café?',
  lead: 'People meet in an everyday place to learn, to try things out and to debate. Then each decides what to do with artificial intelligence, or without it.',
  scene: 'People talk around a table, a cup in hand.',
  how: 'What happens at an AI café?',
  steps: {
    door: {
      title: 'You open the door',
      text: 'Of a library, a post office, a community café. It is free, often without signing up.',
    },
    talk: {
      title: 'We talk about it together',
      text: 'A question, a game or a demonstration starts the conversation. You need to know nothing before.',
    },
    clearer: {
      title: 'You see more clearly',
      text: 'You leave with bearings, ideas and, often, the wish to come again.',
    },
  },
  principles: 'Three principles, no more',
  free: {
    title: 'Free for the public',
    text: 'You come in, sit down and talk. Nobody pays to take part.',
  },
  anyFormat: {
    title: 'Any format',
    text: 'A debate, a workshop, a game, a film, an hour of questions: no method is imposed, and no opinion.',
  },
  anyMeans: {
    title: 'Each place chooses its means',
    text: 'Whoever organises finds the means as they wish: a hat that goes round, a free contribution, a supporter.',
  },
  where: 'Where, and with whom?',
  whereText:
    'At school, in the library, at the town hall, in a community centre, a third place, an association, a company or a university. Among neighbours, colleagues or family. Digital advisers are trained to lead these meetings, but everybody can host one.',
  origin: 'Where does it come from?',
  originText:
    'From a simple idea: digital technology changes our lives, so we must be able to talk about it. In 2022 the French national digital council (Conseil national du numérique) opens the debate with a book, then with hundreds of meetings all over the country. In March 2024 the commission on artificial intelligence recommends, before anything else, to create places for dialogue in everyday life.',
  since:
    'On 21 May 2024 the President of the Republic asks the council to launch Café IA. In the first year there is more than one a day, four out of five outside Paris, and more than 10,000 people take part. A second stage has begun: people who answer for each territory near you, and tools like this site to find the next café.',
  resources: 'Ideas, materials and games to use (in French):',
  questions: 'Your questions',
  asked: {
    know: {
      title: 'Do I need to know anything?',
      text: 'No. You come with your questions, your doubts, your curiosity. Nobody tests you.',
    },
    free: {
      title: 'Is it really free?',
      text: 'Yes, always, and nobody will sell you anything. If a hat goes round, you give what you like, or nothing.',
    },
    who: {
      title: 'Who organises?',
      text: 'Libraries, third places, post offices, schools, associations, residents. Each place announces its own cafés.',
    },
    far: {
      title: 'What if there is nothing near me?',
      text: 'Some cafés take place online. And you can say that you would like one where you live: these requests count.',
    },
  },
  ask: 'Choose my territory',
  toFind: 'Find a café',
  toOrganise: 'Organise a café',
  elsewhere: 'Cafés elsewhere',
  elsewhereText: 'Another date, another town? The directory shows the cafés of all places:',
}
