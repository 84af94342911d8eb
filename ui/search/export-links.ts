import type { Messages } from '../locales/messages.ts'
import { type SearchValues, searchFileHref } from './values.ts'

/** Returns the feeds of a search, which calendars and feed readers find at the page's address. */
export const searchFeeds = (values: SearchValues, t: Messages) =>
  FEEDS.map(({ file, type }) => ({
    href: searchFileHref(values, file),
    type,
    title: t.find.files[file],
  }))

const FEEDS = [
  { file: 'cafes.ics', type: 'text/calendar' },
  { file: 'cafes.atom', type: 'application/atom+xml' },
  { file: 'feed.json', type: 'application/feed+json' },
] as const
