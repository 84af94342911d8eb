import { attendanceModeOf, type Cafe } from '../cafes/cafe.ts'
import { isCollectivity } from './collectivity.ts'

/**
 * What a directory announces to its followers: all cafés, those online, those of one territory, or those of one
 * network.
 */
export type Feed = {
  /**
   * The account's name, which never changes: `cafe-ia`, `cafes-en-ligne`, `cafes-ille-et-vilaine`, `reseau-la-poste`.
   */
  name: string
  kind: FeedKind
  /** INSEE's code of a région (`53`) or a département (`35`), the slug of a network; empty for the two others. */
  code: string
  /** The name of the territory or the network, e.g. `Ille-et-Vilaine`. */
  title: string
  /** The IANA zone in which its days and weeks begin. */
  timezone: string
}

const FEED_KINDS = ['national', 'online', 'region', 'departement', 'network'] as const
type FeedKind = (typeof FEED_KINDS)[number]

/** The kinds of feeds, from the one with the fewest cafés to the one that has all. */
const BY_WIDTH: readonly FeedKind[] = ['departement', 'region', 'network', 'online', 'national']

/** Compares two feeds for sorting, the narrowest first. */
export const compareWidth = (one: Pick<Feed, 'kind'>, other: Pick<Feed, 'kind'>): number =>
  BY_WIDTH.indexOf(one.kind) - BY_WIDTH.indexOf(other.kind)

/** Identifies a feed before its name has been looked up. */
export type FeedKey = Pick<Feed, 'kind' | 'code'>

export const NATIONAL_FEED = 'cafe-ia'
export const ONLINE_FEED = 'cafes-en-ligne'

/**
 * Returns whether a name is that of a feed's account, and not of a person or the server: handles of people never begin
 * in this way.
 */
export const isFeedName = (name: string): boolean => /^(?:cafe-ia$|cafes-|reseau-)/.test(name)

/**
 * The hours, in the feed's own zone, at which the day's digest leaves in the evening and the week's on Monday morning.
 */
export const DAILY_HOUR = 18
export const WEEKLY_HOUR = 8

/**
 * Returns the feeds in which a café belongs: the national one, those of where one can take part, and those of its
 * networks.
 */
export function feedKeysOf(
  { attendanceMode, status, venue }: Pick<Cafe, 'attendanceMode' | 'status' | 'venue'>,
  /** The slugs of the networks of its organizer. */
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

/** Returns whether a café may be in feeds: it is not held back for the team, and is not for a few people only. */
export const isInFeeds = ({
  publication,
  hiddenReason,
  openTo,
}: Pick<Cafe, 'publication' | 'hiddenReason' | 'openTo'>): boolean =>
  publication === 'published' && hiddenReason === undefined && openTo === 'public'

export type Digest = {
  /**
   * `daily` has the new cafés that were too many for one day; `weekly` has the cafés from Monday to Sunday; `changes`
   * has those that changed and found no place in the day.
   */
  kind: 'daily' | 'weekly' | 'changes'
  feed: string
  /** The day on which it leaves, in the feed's own zone. */
  day: string
}

/** Returns the path of a feed's page on its directory. */
export function feedPath({ kind, code }: FeedKey): string {
  if (kind === 'region') return `/territoires/r-${code}`
  if (kind === 'departement') return `/territoires/${code}`
  if (kind === 'network') return `/reseaux/${code}`
  return kind === 'online' ? '/?mode=en-ligne' : '/'
}

/** Returns the feed in words, which follow « les cafés IA »: `du département Ille-et-Vilaine`, `du réseau La Poste`. */
export function feedText({ kind, code, title }: Pick<Feed, 'kind' | 'code' | 'title'>): string {
  if ((kind === 'departement' || kind === 'region') && isCollectivity(code))
    return `de la collectivité d’outre-mer ${title}`
  if (kind === 'departement') return `du département ${title}`
  if (kind === 'region') return `de la région ${title}`
  if (kind === 'network') return `du réseau ${title}`
  return kind === 'online' ? 'en ligne' : 'partout en France'
}
