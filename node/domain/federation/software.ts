/**
 * What other programs do with what a site tells them, known by the name and version that a server gives in its NodeInfo.
 * Deliveries and the page « Suivre » read this one table, so that nobody is advised to follow what shows nothing there.
 * What is right for every program (lengths, addressing, times) is no habit: it is done for all.
 */

/** As a server says it: the name in lower case. */
export type Software = { name: string; version?: string | undefined }

type Habits = {
  /** As people know it. */
  label: string
  /** How a café must be told to be seen: as an event, or as a post with the same words where events are dropped. */
  cafes: 'as-event' | 'as-post'
  /** What comes of a feed that tells of other servers' cafés: shares of the event, posts of its own, or nothing. */
  feeds: 'shares' | 'posts' | 'nothing'
  /** Reads an event anew each time that it is shared; what is forwarded in another server's name it does not believe. */
  readsSharedAnew?: boolean
  /** Whether a post beside the event (a change, the cafés of a week) is read. */
  posts: boolean
  /** The first version that shows what has changed in an event, so that no post need say it; undefined: posts say it. */
  showsChangesFrom?: readonly [major: number, minor: number]
  /** Whether an event that comes again is marked as edited, so that it must not come for what is not shown. */
  marksEdits: boolean
  /** Remembers what is at the address of a key for 36 h and asks for no other, and answers before it verifies. */
  remembersKeys?: boolean
  /** What a person follows there, and what they then see; undefined for what the page does not name. */
  advice?: { follow: 'account' | 'place' | 'server'; see: 'post' | 'event' | 'topic' }
}

/** The rest: events are shown, posts are read. */
const UNKNOWN: Habits = {
  label: '',
  cafes: 'as-event',
  feeds: 'shares',
  posts: true,
  marksEdits: false,
}

/** One row for each program; above it, where its habits were seen. */
const PROGRAMS = {
  // Source of 4.5: `ActivityPub::Activity::Update` takes events since then (pull request 36322); name and summary shown.
  mastodon: {
    ...UNKNOWN,
    label: 'Mastodon',
    showsChangesFrom: [4, 5],
    marksEdits: true,
    advice: { follow: 'account', see: 'post' },
  },
  // Seen on the wire (0.19): an event is a post, whose text is its content. A changed one is shown as edited.
  gotosocial: {
    ...UNKNOWN,
    label: 'GoToSocial',
    marksEdits: true,
    advice: { follow: 'account', see: 'post' },
  },
  // Source of 5.1: events are listed when an actor that the server follows announces them, and fetched by force each
  // time (`Transmogrifier.handle_incoming`, Announce); the seats are read.
  mobilizon: {
    ...UNKNOWN,
    label: 'Mobilizon',
    readsSharedAnew: true,
    advice: { follow: 'server', see: 'event' },
  },
  // Seen on the wire (1.21): a Create of a Note is never answered, an Announce of an event that is unknown there is
  // answered 404; events, their updates and their end are taken from whoever is followed.
  gancio: {
    ...UNKNOWN,
    label: 'Gancio',
    feeds: 'nothing',
    posts: false,
    advice: { follow: 'place', see: 'event' },
  },
  // Seen on the wire (4.15): events are answered 202 and dropped. Source: `name` is the topic's title, `audience` its
  // category, any `updated` an edit; an answer to a post is in its topic.
  nodebb: {
    ...UNKNOWN,
    label: 'NodeBB',
    cafes: 'as-post',
    feeds: 'posts',
    marksEdits: true,
    advice: { follow: 'account', see: 'topic' },
  },
  // Seen on the wire (0.9): events are answered 202 and dropped.
  hollo: { ...UNKNOWN, label: 'Hollo', cafes: 'as-post', feeds: 'posts', marksEdits: true },
  // Source of Event Bridge for ActivityPub 1.1: the actor, the activity and the event must be on one host.
  wordpress: {
    ...UNKNOWN,
    label: 'WordPress (Event Bridge)',
    advice: { follow: 'place', see: 'event' },
  },
  // Source of 2.75 (`check_signature`, `actor_get_refresh`): the address of a key is cut at `#` and `?`, what is there is
  // kept for 36 h; a signature that does not verify is dropped after a 202.
  snac: { ...UNKNOWN, label: 'snac2', remembersKeys: true },
  // Source: an event with a place is an entry of the calendar; what is shared comes as a post.
  friendica: { ...UNKNOWN, label: 'Friendica', advice: { follow: 'account', see: 'event' } },
} satisfies Record<string, Habits>

/** A map: the name is a stranger's word, and an object has members of its own. */
const HABITS: ReadonlyMap<string, Habits> = new Map(Object.entries(PROGRAMS))

const habitsOf = (software: Software | undefined): Habits =>
  (software && HABITS.get(software.name)) ?? UNKNOWN

/** Decides by a server's software whether a message is for its inboxes; undefined: it does not say what it runs. */
export type ForSoftware = (software: Software | undefined) => boolean

export const canShowEvents: ForSoftware = (software) => habitsOf(software).cafes === 'as-event'

/** Needs a café as a post, in the place of the event. */
export const hasOnlyPosts: ForSoftware = (software) => !canShowEvents(software)

/** The names of those programs. */
export const POST_PROGRAMS: readonly string[] = [...HABITS.keys()].filter((name) =>
  hasOnlyPosts({ name }),
)

/** Does something with the share of an event that is on another server. */
export const canReadShares: ForSoftware = (software) => habitsOf(software).feeds === 'shares'

/** Learns of a change of another server's event by one more share of it. */
export const canReadAnew: ForSoftware = (software) => habitsOf(software).readsSharedAnew === true

/** Does something with another server's change that a feed carries on. */
export const canReadForwarded: ForSoftware = (software) =>
  canReadShares(software) && !canReadAnew(software)

/** Reads a post that is no event, for instance the cafés of a week. */
export const canReadPosts: ForSoftware = (software) => habitsOf(software).posts

/** May have been told of a change by a post beside the event, in its present version or an older one. */
export const mayHaveChangePost: ForSoftware = (software) =>
  canShowEvents(software) && canReadPosts(software)

/** Would not know of a new date or an end but by a post about it: it shows events, and not what has changed in them. */
export const awaitsChangePost: ForSoftware = (software) =>
  mayHaveChangePost(software) && !showsChanges(software)

/** Takes an event again when nothing that is shown of it has changed, for instance for the seats that are left. */
export const canReadSeats: ForSoftware = (software) => !habitsOf(software).marksEdits

/** Asks for a new key only where that has an address of its own. */
export const canMissNewKeys: ForSoftware = (software) => habitsOf(software).remembersKeys === true

/** A version that cannot be read is an old one: better told twice than not at all. */
function showsChanges(software: Software | undefined): boolean {
  const { showsChangesFrom: from } = habitsOf(software)
  const [, major, minor] = /^v?(\d{1,4})\.(\d{1,4})/.exec(software?.version ?? '') ?? []
  if (!from || major === undefined || minor === undefined) return false
  return Number(major) > from[0] || (Number(major) === from[0] && Number(minor) >= from[1])
}

export type Advice = NonNullable<Habits['advice']> & { label: string }

/** What to follow from each program, in the order of the page. */
export const ADVICE: readonly Advice[] = [...HABITS.values()].flatMap(({ label, advice }) =>
  advice ? [{ label, ...advice }] : [],
)
