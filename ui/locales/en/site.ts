import type { siteFr } from '../fr/site.ts'

export const siteEn: typeof siteFr = {
  layout: {
    inThisLanguage: 'English',
    skip: 'Skip to content',
    description: 'Free meetings to talk together about artificial intelligence, over a coffee.',
    mainNav: 'Main menu',
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
    reference: (id) => `If this goes on, give this number to the team: ${id}`,
    home: 'Go to the home page',
    cafes: 'See upcoming cafés',
    find: 'Find a café',
    signIn: 'Sign in',
  },
}
