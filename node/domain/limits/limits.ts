/** How often something may be done: `points` times in `duration` seconds, counted for each `per`, and why this number. */
export type Limit = { points: number; duration: number; per: string; why: string }

const MINUTE = 60
const HOUR = 3600
const DAY = 24 * HOUR

const limit = (points: number, duration: number, per: string, why: string): Limit => ({
  points,
  duration,
  per,
  why,
})

const SHARED = 'the reading room of a library, or a school, shares one address'
const MAILBOX = 'enough to mistype, too few to fill a mailbox (CVE-2025-54879)'
const SYSTEM = 'who sends thousands of cafés does not wait'

/**
 * The share of one hosted structure, so that it cannot starve the others; the site's own structure has none. The team of the
 * site gives a structure several shares (`SHARES_OF_STRUCTURE_MAX` at most). Calendars that it follows are bounded for
 * everybody (`MOST_CALENDARS`), and so is each import, whose cafés count here.
 */
export const SHARE_OF_STRUCTURE = {
  /** Cafés to come, drafts included: a media library that announces two a day for a year has 730. */
  cafes: 1_000,
  /** Pictures that are kept, each of some 300 KB: one for each café. */
  pictures: 1_000,
  /** Mails in a day to those who come to its cafés: the largest café once. */
  mails: 2_000,
} as const

export const SHARES_OF_STRUCTURE_MAX = 1_000

/**
 * What is counted in a window of time and refused beyond. A domain is a registrable one, with all hosts below it.
 */
export const LIMITS = {
  // People. Six networks side by side may do what one may (`createVisitorLimit`).
  'sign-in by network': limit(10, HOUR / 4, 'network', 'wrong passwords; then it waits'),
  'sign-in by neighbourhood': limit(60, HOUR / 4, '/48', 'each costs 30 ms; one may rent 65,536'),
  'sign-in by e-mail': limit(1, HOUR / 4, 'account', 'refuses nobody: failures slow answers down'),
  'second factor': limit(
    10,
    DAY,
    'account',
    'who has the password guesses one of three codes in a million: 1 % in a year',
  ),
  'sign-in mails': limit(3, HOUR, 'mail address', MAILBOX),
  'mailed links': limit(20, HOUR, 'network', SHARED),
  'join mails': limit(5, DAY, 'code', MAILBOX),
  'mandate codes': limit(
    10,
    DAY,
    'mandate',
    'enough to mistype; who guesses has 74 bits before them',
  ),
  alerts: limit(10, HOUR, 'network', SHARED),
  'alert mails': limit(3, HOUR, 'mail address', MAILBOX),
  registrations: limit(20, HOUR, 'network', SHARED),
  'registrations at a café': limit(10, DAY, 'network and café', 'false ones hold seats of others'),
  'phone registrations': limit(20, DAY, '/24 or /48', 'nobody proves the number; a desk adds more'),
  'registration mails': limit(3, DAY, 'mail address', MAILBOX),
  'registration mails of who comes': limit(12, DAY, 'mail address', 'it has proven itself here'),
  'registration mails of a café': limit(1, DAY, 'mail address, café and kind', MAILBOX),
  'registration mails sent again': limit(
    2,
    DAY,
    'as before',
    'one more, by a button: a mail is lost',
  ),
  'registration mails of a team': limit(60, DAY, 'mail address', 'a season; a program may loop'),
  suggestions: limit(10, HOUR, 'network', SHARED),
  'suggestion mails': limit(5, DAY, 'mail address', MAILBOX),
  'suggestions that wait': limit(200, DAY, 'site', 'a team examines no more of them'),
  'registration codes': limit(20, HOUR, 'network', 'who guesses has 74 bits before them'),
  'ask for a café': limit(10, DAY, '/24 or /48', 'communes; a program asks for more'),
  follow: limit(10, HOUR / 6, 'network', 'enough to mistype, too few to scan hosts: we ask each'),
  'profile requests': limit(5, HOUR, 'network', SHARED),
  'profile mails': limit(3, HOUR, 'mail address', MAILBOX),
  'messages of a place': limit(5, HOUR, 'network', SHARED),
  'messages of a directory': limit(5, HOUR, 'network', SHARED),
  'messages of a structure': limit(20, DAY, 'account', 'it writes to a few, not to all'),
  'messages to who comes': limit(6, DAY, 'café', 'a place, a change, a reminder; not a newsletter'),
  'messages to a person': limit(20, DAY, 'person', 'from all senders; more would be no help'),
  'visitors to a person': limit(
    5,
    DAY,
    'person',
    'at a site that shows them; members have the rest',
  ),
  'messages to a site': limit(100, DAY, 'domain', 'a site takes as many of one directory'),
  'visitors to a site': limit(50, DAY, 'domain', 'half of these; the other half is for members'),
  'mails of a structure': limit(
    SHARE_OF_STRUCTURE.mails,
    DAY,
    'hosted structure',
    'the largest café once; the relay of a site is for all of its structures',
  ),
  flags: limit(10, HOUR, 'network', SHARED),
  'flags of one thing': limit(3, DAY, 'network and thing', 'who repeats it says nothing new'),
  'flags of a site': limit(1000, DAY, 'site', 'more things than a team reads in a week'),
  'flag mails': limit(3, DAY, 'mail address', MAILBOX),
  'flag mails of a team': limit(50, DAY, 'mail address', 'each new case; the list has the others'),
  appeals: limit(10, HOUR, 'network', SHARED),
  'messages to referents': limit(5, HOUR, 'network', SHARED),
  'messages to a territory': limit(40, DAY, 'territory', 'more would be abuse'),
  'messages to the team': limit(200, DAY, 'site', 'it reads what no referent answers'),
  'changes of alias': limit(3, DAY, 'profile', 'each leaves an alias that nobody gets again'),
  photos: limit(10, HOUR, 'profile', 'drawing one takes seconds; more than a person tries'),
  // Programs.
  'api: read': limit(600, MINUTE, 'network', 'ten a second'),
  'api: write': limit(12_000, MINUTE, 'token', '200 a second; a batch may write more'),
  'api: batch': limit(60, MINUTE, 'token', `${SYSTEM}: up to a thousand lines each`),
  'api: export': limit(60, MINUTE, 'network', 'each may hold all cafés'),
  'api: failure': limit(60, MINUTE, 'network', 'wrong tokens; who mistyped notices long before'),
  // Other servers.
  'gate: failures': limit(60, MINUTE, 'source and claimed host', 'each may cost a fetch'),
  'gate: new actors': limit(100, HOUR, 'domain', 'each is a row; those of members do not count'),
  'inbox: minute': limit(3000, MINUTE, 'domain', 'a directory tells of all its cafés'),
  'inbox: day': limit(300_000, DAY, 'domain', 'the same, day after day'),
  'inbox: strangers': limit(30_000, DAY, 'domain', 'what we answer them fills no disk'),
  'JSON-LD of speakers': limit(600, MINUTE, 'domain', 'a third of a processor at worst'),
  'JSON-LD of strangers': limit(60, MINUTE, 'domain', 'half a second of a processor at worst'),
  /** Bytes of signed texts that a directory forwards to followers. */
  carried: limit(64 * 1024 ** 2, DAY, 'domain', 'some six thousand plain Updates'),
  /** Withdrawals of profiles that were never known here. */
  erased: limit(500, DAY, 'domain', 'each is remembered'),
  /** Mails that a message was not passed on. */
  notice: limit(50, DAY, 'domain', 'who writes in others’ names must not fill their mailboxes'),
  /** Pages of what a restored server asks back. */
  restoration: limit(1_000, DAY, 'domain', 'the deletions that are remembered, twice over'),
  /** Messages of feeds about a change that are sent at once; those after them are told together. */
  'urgent notes': limit(1000, DAY, 'domain', 'a town that cancels all its cafés of a month'),
  /** Messages about a change that are sent at once; those after them wait for ten minutes. */
  'urgent notes of a café': limit(5, DAY, 'café', 'a mistaken cancellation is taken back twice'),
  /** Messages about a change; one an hour follows after them. */
  'notes of a café': limit(20, DAY, 'café', 'nobody is told more often that a café is on or off'),
  /** Messages about several dates; what changes after them is told a day later, but of today and tomorrow. */
  'notes of a series': limit(2, DAY, 'series', 'a mistake in all dates is taken back at once'),
  /** Requests to quote us or to list us in a collection. */
  joins: limit(
    200,
    DAY,
    'domain',
    'each is a row; a server has few people at the cafés of a place',
  ),
  'notes to who joined': limit(200, DAY, 'domain', 'twenty people of a café, ten changes'),
  stamp: limit(200, DAY, 'domain', 'each is a row and an answer; a café is quoted a few times'),
  /** What other servers flag. */
  flagged: limit(50, DAY, 'domain', 'each is a row; more would be a flood'),
  'posts of a feed': limit(10, DAY, 'feed', 'other new cafés share one digest'),
} satisfies Record<string, Limit>

/**
 * How many people may come to one café or wait, also where its seats are not counted: all of them are read whenever somebody
 * asks, and a team's list of so many is shown within 100 ms.
 */
export const REGISTRATIONS_OF_CAFE = 2_000

/** How many resources a structure may publish: a list that its team still reads, and each is sent to every directory. */
export const RESOURCES_OF_STRUCTURE = 200

export type LimitName = keyof typeof LIMITS

/** Returns a limit with the name under which it is counted. */
export const limitOf = (name: LimitName): Limit & { name: LimitName } => ({ name, ...LIMITS[name] })

/** A limit that an operator may set, in so many of its units, and why it is what it usually is. */
export type SetLimit = { setting: string; usual: number; why: string; unit?: number }

const set = <const Setting extends string>(setting: Setting, usual: number, why: string) => ({
  setting,
  usual,
  why,
})

/**
 * The most that one registrable domain may have here, for members and strangers and all host names below it together.
 * What is kept is counted as it is now, and what is passed on is counted by day (UTC). The usual values are enough for a
 * node of 17,000 places that each have a dozen coming cafés.
 */
export const SHARES = {
  joinRequests: set('MAX_JOIN_REQUESTS', 5, 'requests that wait for the team; twice as many a day'),
  proposals: set('MAX_PROPOSALS', 20, 'proposals of referents that are not answered yet'),
  messages: set('MAX_MESSAGES', 100, 'messages to people that are passed on in a day'),
  networks: set('MAX_NETWORKS', 50, 'networks, also ended ones, since their names stay taken'),
  resources: set('MAX_RESOURCES', 2_000, 'resources, of all its structures'),
  memberships: set(
    'MAX_MEMBERSHIPS',
    50_000,
    'pairs about which one of the two has said something',
  ),
  followers: set('MAX_FOLLOWERS', 100_000, 'accounts that follow accounts of ours'),
  inboxes: set('MAX_INBOXES', 100, 'their different inboxes, since a café is posted to each'),
  followerServers: set(
    'MAX_FOLLOWER_SERVERS',
    200,
    'what it names after a restore: each is written to',
  ),
  people: set('MAX_PEOPLE', 20_000, 'profiles of people who lead cafés'),
  deletions: set('MAX_DELETIONS', 100_000, 'deletions that are remembered'),
  megabytes: set('MAX_MEGABYTES', 1024, 'signed texts of cafés, as the database stores them'),
} satisfies Record<string, SetLimit>

export type Shares = Record<keyof typeof SHARES, number>

/** The limit of all domains together, as a multiple of one domain's share: as much as a team can still read. */
export const DOMAINS_READ = 50

/** The limit of all names of one hosting service together, as a multiple of one domain's share: its names are free. */
export const NEIGHBOURS_READ = 4

/**
 * How much of one peer is read in a day (UTC), and how many of its cafés are taken in by reading and by the inbox
 * together. A network of 17,000 places fits: it is read in two days, and from then on each day.
 */
export const READING = {
  pages: set('READ_PAGES', 5_000, 'answers, whatever they hold'),
  items: set('READ_ITEMS', 100_000, 'items of collections'),
  bytes: { ...set('READ_MEGABYTES', 500, 'bytes of answers'), unit: 1024 ** 2 },
  seconds: set('READ_SECONDS', 1_800, 'work on it, waiting included'),
  cafes: set('CAFES_PER_DAY', 10_000, 'cafés that were new or had changed'),
} satisfies Record<string, SetLimit>

export type ReadingLimits = Record<keyof typeof READING, number>
