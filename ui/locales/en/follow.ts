import { plural } from '../../../node/domain/values/number-text.ts'
import type { followFr } from '../fr/follow.ts'

export const followEn: typeof followFr = {
  heading: 'Follow this place',
  headingHub: 'Follow all cafés',
  how: 'On Mastodon and compatible networks, paste this address into the search, then follow the account: each new café, change or cancellation comes to your feed.',
  more: 'Follow from my account',
  subscribe: 'Subscribe to the calendar of cafés',
  page: {
    title: (name) => `Follow ${name}`,
    titleHub: 'Follow all cafés',
    titleFeed: (territory) => `Follow the cafés: ${territory}`,
    titleOnline: 'Follow the online cafés',
    feedCafes: 'See these cafés',
    feedHandle: 'These cafés have an address, like an account:',
    feedSearch: 'Or copy this address into the search of your network, then follow the account.',
    feedReader: 'Give this address to your reader:',
    lead: 'Hear of each new café, change or cancellation, where you already are.',
    account: 'With Mastodon or a compatible network',
    handle: 'This site has an address, like an account:',
    handleParts:
      'The first word is the name of the account, the second is the site that keeps it. Together they can be followed from Mastodon and compatible networks, without an account here.',
    compte: 'The address of your account',
    compteHint: 'For example @camille@mastodon.example. We do not keep it.',
    submit: 'Follow from my account',
    found: (host) => `${host} will ask you to confirm.`,
    go: (host) => `Continue on ${host}`,
    search:
      'Or copy the address of this site into the search of your network, then follow the account.',
    places: {
      title: 'All places at once',
      none: 'No place of this département can be followed in this way yet.',
      how: (total) =>
        `${plural(total, 'place has its account', 'places have their accounts', 'en')}. On Mastodon (4.6 or later) and software that reads collections, paste this address into the search, then choose the accounts to follow:`,
    },
    software: {
      title: 'Depending on your software',
      follow: {
        account: () => 'Follow this account.',
        place: () =>
          'Follow the account of each place: your software does not show what a directory shares.',
        'trusted-account': () =>
          'Follow this account. Nothing is shown before the administrators of your site trust it.',
        'trusted-place': () =>
          'Follow the account of each place: your software does not show what a directory shares. Nothing is shown before the administrators of your site trust these accounts.',
        server: (host) => `The administrators of your site follow ${host} as a whole.`,
      },
      see: {
        post: 'You see a post for each café, then what changes.',
        event: 'Each café is an event there, kept up to date.',
        topic: 'Each café is a topic there, kept up to date.',
      },
    },
    tooMany: 'You have made too many requests. Wait a few minutes, then try again.',
    calendar: 'In your calendar',
    calendarHow:
      'A calendar that you subscribe to is updated by itself. In Google Calendar, choose “From URL”; in Outlook, “Subscribe from web”; on iPhone and Mac, “New calendar subscription”. Give this address:',
    calendarOpen: 'Subscribe with the calendar of this device',
    reader: 'In a feed reader',
    readerHow: 'Give one of these addresses to your reader:',
  },
  feed: {
    title: (name) => `Upcoming cafés – ${name}`,
    description: 'Free meetings to talk together about artificial intelligence.',
  },
}
