/**
 * What other programs do with what a site sends them, by the name and version that a server gives in its NodeInfo.
 * Deliveries and the page « Suivre » read this one table, so that nobody is advised to follow what shows nothing there.
 * What is right for every program (lengths, addressing, times) is not in it: it is done for all.
 */

/** The software as a server names it, with the name in lower case. */
export type Software = { name: string; version?: string | undefined }

type Habits = {
  /** The name by which people know it. */
  label: string
  /**
   * How a café must be sent to be seen: as an event; as a post with the same text, where the title of an event is shown
   * as a content warning that hides the rest; or as a topic, a post with a title of its own, where events are dropped.
   */
  cafes: 'as-event' | 'as-post' | 'as-topic'
  /** What it shows of a feed about other servers' cafés: shares of the event, posts of the feed, or nothing. */
  feeds: 'shares' | 'posts' | 'nothing'
  /**
   * Whether it reads an event anew each time that it is shared, and does not believe what is forwarded in another
   * server's name.
   */
  readsSharedAnew?: boolean
  /** Whether it shows a post once to who follows both the account that posted it and one that shares it. */
  showsSharedOnce?: boolean
  /** Whether its readers look cafés up in a calendar, so that it has each date of a series as soon as there is one. */
  isCalendar?: boolean
  /** Whether it writes to who takes part when an event has another date, place or state. */
  writesToJoined?: boolean
  /** Whether it shows a post beside the event (a change, the cafés of a week). */
  posts: boolean
  /** Whether it reads what an account says of itself; else it asks for the account anew, and answers nothing. */
  accounts: boolean
  /**
   * The first version that shows what has changed in an event, so that no post need say it; undefined where posts say
   * it.
   */
  showsChangesFrom?: readonly [major: number, minor: number]
  /** Whether it marks an event that is sent again as edited, so that it must not be sent for what is not shown. */
  marksEdits: boolean
  /**
   * Whether it remembers the document at a key's address for 36 h, asks for no other, and answers before it verifies.
   */
  remembersKeys?: boolean
  /**
   * What a person follows there, and what they then see; undefined for software that the page does not name. A
   * `trusted-place` is a place that shows something only once the administrator of the server trusts its account.
   */
  advice?: {
    follow: 'account' | 'place' | 'trusted-place' | 'server'
    see: 'post' | 'event' | 'topic'
  }
}

/** The habits of all other software: events are shown, and posts are read. */
const UNKNOWN: Habits = {
  label: '',
  cafes: 'as-event',
  feeds: 'shares',
  posts: true,
  accounts: true,
  marksEdits: false,
}

/** One row for each program; the comment above it says where its habits were seen. */
const PROGRAMS = {
  // Source of 4.5: `ActivityPub::Activity::Update` takes events since then (pull request 36322); name and summary shown.
  mastodon: {
    ...UNKNOWN,
    label: 'Mastodon',
    showsChangesFrom: [4, 5],
    showsSharedOnce: true,
    marksEdits: true,
    advice: { follow: 'account', see: 'post' },
  },
  // Seen on the wire (0.19) and source (`ASStatusToStatus`): an event is a post, whose text is its content, and its
  // `summary`, else its `name`, is a content warning before it, of a Note too. A changed one is shown as edited.
  gotosocial: {
    ...UNKNOWN,
    label: 'GoToSocial',
    cafes: 'as-post',
    showsSharedOnce: true,
    marksEdits: true,
    advice: { follow: 'account', see: 'post' },
  },
  // Source of 5.1: events are listed when an actor that the server follows announces them, and fetched by force each
  // time (`Transmogrifier.handle_incoming`, Announce); the seats are read. An Update that changes the title, the hours, the
  // state or the place is mailed to the people there who take part (`Email.Event.calculate_event_diff_and_send_notifications`).
  mobilizon: {
    ...UNKNOWN,
    label: 'Mobilizon',
    readsSharedAnew: true,
    isCalendar: true,
    writesToJoined: true,
    advice: { follow: 'server', see: 'event' },
  },
  // Seen on the wire (1.21): a Create of a Note is never answered, an Announce of an event that is unknown there is
  // answered 404; events, their updates and their end are taken from followed actors that are trusted. Source
  // (`inbox.js`): nor is an Update answered of anything but an Event or a Note; an actor is asked for anew when a
  // signature of it does not verify.
  gancio: {
    ...UNKNOWN,
    label: 'Gancio',
    isCalendar: true,
    feeds: 'nothing',
    posts: false,
    accounts: false,
    advice: { follow: 'trusted-place', see: 'event' },
  },
  // Seen on the wire (4.15): events are answered 202 and dropped. Source: `name` is the topic's title, `audience` its
  // category, any `updated` an edit; an answer to a post is in its topic.
  nodebb: {
    ...UNKNOWN,
    label: 'NodeBB',
    cafes: 'as-topic',
    feeds: 'posts',
    marksEdits: true,
    advice: { follow: 'account', see: 'topic' },
  },
  // Seen on the wire (0.9): events are answered 202 and dropped.
  hollo: { ...UNKNOWN, label: 'Hollo', cafes: 'as-topic', feeds: 'posts', marksEdits: true },
  // Source (`ApNoteService`): the text is `content`, and `summary` is a content warning, of an Event as of a Note. It is
  // the same in the programs made from it.
  misskey: { ...UNKNOWN, label: 'Misskey', cafes: 'as-post', marksEdits: true },
  sharkey: { ...UNKNOWN, label: 'Sharkey', cafes: 'as-post', marksEdits: true },
  firefish: { ...UNKNOWN, label: 'Firefish', cafes: 'as-post', marksEdits: true },
  'iceshrimp.net': { ...UNKNOWN, label: 'Iceshrimp', cafes: 'as-post', marksEdits: true },
  iceshrimp: { ...UNKNOWN, label: 'Iceshrimp', cafes: 'as-post', marksEdits: true },
  // Source (`StatusView`): `spoiler_text` is the `summary` of whatever is shown as a status.
  pleroma: { ...UNKNOWN, label: 'Pleroma', cafes: 'as-post', marksEdits: true },
  akkoma: { ...UNKNOWN, label: 'Akkoma', cafes: 'as-post', marksEdits: true },
  // Source of Event Bridge for ActivityPub 1.1: the actor, the activity and the event must be on one host.
  wordpress: {
    ...UNKNOWN,
    label: 'WordPress (Event Bridge)',
    isCalendar: true,
    advice: { follow: 'place', see: 'event' },
  },
  // Source of 2.75 (`check_signature`, `actor_get_refresh`): the address of a key is cut at `#` and `?`, what is there is
  // kept for 36 h; a signature that does not verify is dropped after a 202.
  snac: { ...UNKNOWN, label: 'snac2', remembersKeys: true },
  // Source: an event with a place is an entry of the calendar; what is shared comes as a post.
  friendica: { ...UNKNOWN, label: 'Friendica', advice: { follow: 'account', see: 'event' } },
} satisfies Record<string, Habits>

/** A Map, since the name comes from a stranger, and a plain object has members of its own. */
const HABITS: ReadonlyMap<string, Habits> = new Map(Object.entries(PROGRAMS))

const habitsOf = (software: Software | undefined): Habits =>
  (software && HABITS.get(software.name)) ?? UNKNOWN

/**
 * Decides by a server's software whether a message is for its inboxes. The software is undefined when the server does
 * not say what it runs.
 */
export type ForSoftware = (software: Software | undefined) => boolean

/** Returns whether it shows an Event; software that is unknown is assumed to. */
export const canShowEvents: ForSoftware = (software) => habitsOf(software).cafes === 'as-event'

/** Returns whether it drops events, and needs a café as a post with a title in place of one. */
export const hasOnlyPosts: ForSoftware = (software) => habitsOf(software).cafes === 'as-topic'

/** Returns whether it hides an event behind its title, and is given a post without one. */
export const hasHiddenTitles: ForSoftware = (software) => habitsOf(software).cafes === 'as-post'

/** The names of the programs that need posts. */
export const POST_PROGRAMS: readonly string[] = [...HABITS.keys()].filter((name) =>
  hasOnlyPosts({ name }),
)

/** Returns whether it shows the share of an event of another server, or of the post that stands in for it. */
export const canReadShares: ForSoftware = (software) => habitsOf(software).feeds === 'shares'

/** Returns whether it is told of a change of an event that was shared, and not of the post that stands in for it. */
export const canReadSharedEvents: ForSoftware = (software) =>
  canReadShares(software) && !hasHiddenTitles(software)

/** Returns whether it learns of a change of another server's event by another share of it. */
export const canReadAnew: ForSoftware = (software) => habitsOf(software).readsSharedAnew === true

/** Returns whether it reads another server's change that a feed forwards. */
export const canReadForwarded: ForSoftware = (software) =>
  canReadSharedEvents(software) && !canReadAnew(software)

/** Returns whether it is a calendar, in which far dates of a series are looked up; elsewhere each is one more post. */
export const isCalendar: ForSoftware = (software) => habitsOf(software).isCalendar === true

/** Returns whether it shows a post that is no event, for instance the cafés of a week. */
export const canReadPosts: ForSoftware = (software) => habitsOf(software).posts

/** Returns whether it shows a post about a whole series; a calendar has its dates. */
export const canReadSeriesPosts: ForSoftware = (software) =>
  canReadPosts(software) && !isCalendar(software)

/** Returns whether it tells those of its people who take part in an event what has changed, once it has the Event. */
export const isWritingToJoined: ForSoftware = (software) =>
  habitsOf(software).writesToJoined === true

/** Returns whether it reads an Update of an account of ours. */
export const canReadAccounts: ForSoftware = (software) => habitsOf(software).accounts

/** Returns whether it may have got a post about a change beside the event, in its present version or an older one. */
export const mayHaveChangePost: ForSoftware = (software) =>
  !hasOnlyPosts(software) && canReadPosts(software)

/**
 * Returns whether it gets the place's post about a change as a share by a feed: its readers see once what is posted and
 * shared. Elsewhere a share is a second post, and one that stays when it is undone (snac2).
 */
export const canMergeShares: ForSoftware = (software) =>
  mayHaveChangePost(software) && habitsOf(software).showsSharedOnce === true

/**
 * Returns whether only a post tells its readers of a new date or an end: it shows events, and not what has changed in
 * them.
 */
export const awaitsChangePost: ForSoftware = (software) =>
  mayHaveChangePost(software) && !showsChanges(software)

/**
 * Returns whether it may be sent an event again when nothing that is shown of it has changed, for instance for the
 * seats left.
 */
export const canReadSeats: ForSoftware = (software) => !habitsOf(software).marksEdits

/** Returns whether it asks for a new key only where that has an address of its own. */
export const canMissNewKeys: ForSoftware = (software) => habitsOf(software).remembersKeys === true

/**
 * Returns whether this version shows changes. A version that cannot be read counts as old: readers are better told
 * twice than not at all.
 */
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
