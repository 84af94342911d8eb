import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { cafeTextsOf } from '../../node/domain/cafes/cafe-texts.ts'

type Own =
  | 'id'
  | 'uri'
  | 'url'
  | 'uid'
  | 'organizationId'
  | 'organizer'
  | 'publishedAt'
  | 'updatedAt'
  | 'title'
  | 'descriptionHtml'
  | 'descriptionText'
  | 'startsAt'
  | 'endsAt'

/** What the cafés of tests and measures have in common: nothing in the fields that may be empty. */
export const BLANK_CAFE: Omit<Cafe, Own> = {
  recurrenceId: undefined,
  reference: undefined,
  series: undefined,
  peerId: undefined,
  publication: 'published',
  publishAt: undefined,
  confirmedAt: undefined,
  hiddenReason: undefined,
  summary: undefined,
  descriptionMarkdown: undefined,
  timezone: 'Europe/Paris',
  status: 'scheduled',
  statusNote: undefined,
  previousStartsAt: undefined,
  attendanceMode: 'offline',
  onlineUrl: undefined,
  openTo: 'public',
  intentions: [],
  languages: ['fr'],
  speakers: [],
  ...cafeTextsOf({}),
  phone: undefined,
  venue: undefined,
  format: undefined,
  themes: [],
  audiences: [],
  accessibility: [],
  registration: {
    mode: 'none',
    url: undefined,
    capacity: undefined,
    seatsLeft: undefined,
    waitlist: false,
  },
  image: undefined,
}
