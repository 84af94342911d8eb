import { plural } from '../../../node/domain/values/number-text.ts'
import type { visitorFr } from '../fr/follow.ts'

export const visitorEn: typeof visitorFr = {
  programs: {
    calendar: 'Upcoming cafés (calendar)',
    feed: 'Upcoming cafés (feed reader)',
    oneCafe: 'This café (calendar)',
  },
  calendar: {
    caption: (month) => `The days with cafés, ${month}`,
    monthTitle: (month) => `Cafés in ${month}`,
    dayTitle: (day) => `Cafés on ${day}`,
    none: 'No café is announced on this date.',
    cafes: (n) => ` ${plural(n, 'café', 'cafés', 'en')}`,
    today: ' today',
    before: (month) => `Before: ${month}`,
    after: (month) => `Next: ${month}`,
    byMonth: 'Month by month',
  },
  share: {
    heading: 'Share this café',
    byMail: 'Send it by e-mail',
    copy: 'Or copy its address:',
  },
  keep: {
    heading: 'In your calendar',
    file: 'This café as an .ics file',
    how: 'opens with the calendar of your phone or computer. With Google Calendar, on a computer: “Settings”, then “Import”.',
    changes:
      'After that the file does not change any more. To hear of a new date or a cancellation:',
    subscribe: 'follow all cafés.',
  },
  followPage: {
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
    tooMany: 'You have made too many requests. Wait a few minutes, then try again.',
    calendar: 'In your calendar',
    calendarHow:
      'A calendar that you subscribe to is updated by itself. In Google Calendar, choose “From URL”; in Outlook, “Subscribe from web”; on iPhone and Mac, “New calendar subscription”. Give this address:',
    calendarOpen: 'Subscribe with the calendar of this device',
    reader: 'In a feed reader',
    readerHow: 'Give one of these addresses to your reader:',
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
  feed: {
    title: (name) => `Upcoming cafés – ${name}`,
    description: 'Free meetings to talk together about artificial intelligence.',
  },
}
