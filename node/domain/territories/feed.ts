import { attendanceModeOf, type Cafe } from '../cafes/cafe.ts'

/** What a directory announces to those who follow: everything, what is online, of one territory or one network. */
export type Feed = {
  /** The account's name, kept for ever: `cafe-ia`, `cafes-en-ligne`, `cafes-ille-et-vilaine`, `reseau-la-poste`. */
  name: string
  kind: FeedKind
  /** INSEE's: `53` of a région, `35` of a département; of a network its slug; empty for the two others. */
  code: string
  /** The territory's own name, or the network's: `Ille-et-Vilaine`. */
  title: string
  /** IANA zone in which its days and weeks begin. */
  timezone: string
}

const FEED_KINDS = ['national', 'online', 'region', 'departement', 'network'] as const
type FeedKind = (typeof FEED_KINDS)[number]

/** From the feed with the fewest cafés to the one that has all. */
const BY_WIDTH: readonly FeedKind[] = ['departement', 'region', 'network', 'online', 'national']

/** Orders feeds, the narrowest first. */
export const compareWidth = (one: Pick<Feed, 'kind'>, other: Pick<Feed, 'kind'>): number =>
  BY_WIDTH.indexOf(one.kind) - BY_WIDTH.indexOf(other.kind)

/** Which feed, before anybody has looked for its name. */
export type FeedKey = Pick<Feed, 'kind' | 'code'>

export const NATIONAL_FEED = 'cafe-ia'
export const ONLINE_FEED = 'cafes-en-ligne'

/** A feed's account, not a person's nor the server's: handles of people never begin so. */
export const isFeedName = (name: string): boolean => /^(?:cafe-ia$|cafes-|reseau-)/.test(name)

/** Cafés that a feed announces one by one in a day; the others of that day share one digest. */
export const POSTS_A_DAY = 10

/** The day's digest leaves in the evening, the week's on Monday morning; hours of the feed's own zone. */
export const DAILY_HOUR = 18
export const WEEKLY_HOUR = 8

/** The feeds in which a café belongs: the national one, where one can take part, and those of its networks. */
export function feedKeysOf(
  { attendanceMode, status, venue }: Pick<Cafe, 'attendanceMode' | 'status' | 'venue'>,
  /** Slugs of the networks of its organizer. */
  networks: readonly string[],
): FeedKey[] {
  const isOnline = attendanceModeOf({ attendanceMode, status }) !== 'offline'
  const place = attendanceMode === 'online' ? undefined : venue
  return [
    { kind: 'national', code: '' },
    ...(isOnline ? [{ kind: 'online', code: '' } as const] : []),
    ...(place?.departement ? [{ kind: 'departement', code: place.departement } as const] : []),
    ...(place?.region ? [{ kind: 'region', code: place.region } as const] : []),
    ...networks.map((code) => ({ kind: 'network', code }) as const),
  ]
}

/** What is held back for the team or for a few people only is in no feed. */
export const isInFeeds = ({
  publication,
  hiddenReason,
  openTo,
}: Pick<Cafe, 'publication' | 'hiddenReason' | 'openTo'>): boolean =>
  publication === 'published' && hiddenReason === undefined && openTo === 'public'

export type Digest = {
  /** `daily`: what was too much for one day; `weekly`: the cafés from Monday to Sunday. */
  kind: 'daily' | 'weekly'
  feed: string
  /** The feed's own day on which it leaves. */
  day: string
}

/** The page of a feed on its directory, from the root of the site. */
export function feedPath({ kind, code }: FeedKey): string {
  if (kind === 'region') return `/territoires/r-${code}`
  if (kind === 'departement') return `/territoires/${code}`
  if (kind === 'network') return `/reseaux/${code}`
  return kind === 'online' ? '/?mode=en-ligne' : '/'
}

/** `du département Ille-et-Vilaine`, `du réseau La Poste`; after « les cafés IA ». */
export function feedText({ kind, title }: Pick<Feed, 'kind' | 'title'>): string {
  if (kind === 'departement') return `du département ${title}`
  if (kind === 'region') return `de la région ${title}`
  if (kind === 'network') return `du réseau ${title}`
  return kind === 'online' ? 'en ligne' : 'partout en France'
}
