import type { Insertable, Selectable } from 'kysely'
import type { KnownState } from '../../domain/cafes/change-message.ts'
import { fromSeconds, toSeconds } from '../database/columns.ts'
import { askOnce, type Database, inTransaction } from '../database/database.ts'
import { toSubquery } from '../database/dialect.ts'
import { prepare } from '../database/prepared.ts'
import type { AnnouncedState } from '../schema/feeds.ts'
import type { Schema } from '../schema.ts'

/**
 * A directory has three rows or more for each café, so what they share is stored once: an account's name with the
 * beginning of its Announces' ids (`announcer`), and a café's address (`announced_cafe`). The view `announced` joins
 * them for reading.
 */

export type Announced = {
  actor: string
  objectUri: string
  /** The id of the Announce. */
  activityId: string
  at: Temporal.Instant
  state: AnnouncedState
  /** The state of which the account told last, where the café has changed since and its followers are still to be told. */
  believed: KnownState | undefined
}

/** Returns whether the account's followers hold an Announce of it. */
export const isPosted = ({ state }: Pick<Announced, 'state'>): boolean => state === 'posted'

/** Returns whether the account's followers know of it, so that they are told of a change. */
export const isKnownToFollowers = (announced: Pick<Announced, 'state'>): boolean =>
  isPosted(announced) || announced.state === 'told'

export type Mark = Pick<Announced, 'actor' | 'activityId' | 'state'>

/** Notes that an account announces the café; returns whether it is the first time, or again after it was undone. */
export const markAnnounced = async (
  db: Database,
  { objectUri, at, ...mark }: Omit<Announced, 'believed'>,
): Promise<boolean> => (await markAllAnnounced(db, { objectUri, at, marks: [mark] })) === 1

/**
 * Does the same for one café and several accounts.
 * @returns How many of them announce it for the first time, or again.
 */
export async function markAllAnnounced(
  db: Database,
  { objectUri, at, marks }: { objectUri: string; at: Temporal.Instant; marks: readonly Mark[] },
): Promise<number> {
  if (marks.length === 0) return 0
  const announcers = await ensureAnnouncers(db, marks)
  await insertAnnouncedCafe(db, { uri: objectUri })
  let taken = 0
  for (const { number, head, activityId, state } of announcers) {
    const { numAffectedRows = 0n } = await insertAnnouncedRow(db, {
      uri: objectUri,
      announcer: number,
      tail: headOf(activityId) === head ? activityId.slice(head.length) : activityId,
      at: toSeconds(at),
      state,
    })
    taken += Number(numAffectedRows)
  }
  return taken
}

const insertAnnouncedCafe = prepare((db, { uri }: { uri: string }) =>
  db
    .insertInto('announced_cafe')
    .values({ uri })
    .onConflict((oc) => oc.doNothing()),
)

type AnnouncedRow = Pick<Insertable<Schema['announced_row']>, 'announcer' | 'tail' | 'at' | 'state'>

const insertAnnouncedRow = prepare((db, { uri, ...row }: AnnouncedRow & { uri: string }) =>
  db
    .insertInto('announced_row')
    .values({
      cafe: db.selectFrom('announced_cafe').select('number').where('uri', '=', uri),
      ...row,
    })
    .onConflict((oc) => oc.doNothing()),
)

/**
 * Returns the id up to its last slash, which is the same for all Announces of an account, except on the first days of a
 * directory.
 */
const headOf = (activityId: string): string => activityId.slice(0, activityId.lastIndexOf('/') + 1)

async function ensureAnnouncers(
  db: Database,
  marks: readonly Mark[],
): Promise<(Mark & Selectable<Schema['announcer']>)[]> {
  const all: (Mark & Selectable<Schema['announcer']>)[] = []
  for (const mark of marks) {
    const announcer = await askOnce(db, `announcer ${mark.actor}`, () => ensureAnnouncer(db, mark))
    all.push({ ...mark, ...announcer })
  }
  return all
}

async function ensureAnnouncer(
  db: Database,
  { actor, activityId }: Mark,
): Promise<Selectable<Schema['announcer']>> {
  const [known] = (await selectAnnouncer(db, { actor })).rows
  if (known) return known
  return db
    .insertInto('announcer')
    .values({ actor, head: headOf(activityId) })
    .returningAll()
    .executeTakeFirstOrThrow()
}

const selectAnnouncer = prepare((db, { actor }: { actor: string }) =>
  db.selectFrom('announcer').selectAll().where('actor', '=', actor),
)

/** Selects an account's number, by which its rows are read in the order of their index. */
export const announcerOf = (db: Database, actor: string) =>
  db.selectFrom('announcer').select('number').where('actor', '=', actor)

const numbersOf = (db: Database, objectUris: readonly string[]) =>
  db.selectFrom('announced_cafe').select('number').where('uri', 'in', objectUris)

/** Lists every account that has the café, with what it did about it. */
export async function listAnnounced(db: Database, objectUri: string): Promise<Announced[]> {
  const { rows } = await selectOfCafe(db, { objectUri })
  return rows.map((row) => ({
    actor: row.actor,
    objectUri: row.object_uri,
    activityId: row.activity_id,
    at: fromSeconds(row.at),
    state: row.state,
    believed: row.believed === null ? undefined : (JSON.parse(row.believed) as KnownState),
  }))
}

/** Finds the row of an account and a café, or a series; `at` is in seconds since 1970. */
export const findAnnounced = (
  db: Database,
  { actor, objectUri }: Pick<Announced, 'actor' | 'objectUri'>,
): Promise<{ state: AnnouncedState; at: number } | undefined> =>
  db
    .selectFrom('announced_row')
    .select(['state', 'at'])
    .where('cafe', 'in', numbersOf(db, [objectUri]))
    .where('announcer', '=', announcerOf(db, actor))
    .executeTakeFirst()

const selectOfCafe = prepare((db, { objectUri }: { objectUri: string }) =>
  db.selectFrom('announced').selectAll().where('object_uri', '=', toSubquery(objectUri)),
)

/**
 * Removes a café from what an account announces; the Undo that tells the followers is sent by the caller. A café that
 * is not announced is no error.
 */
export async function deleteAnnounced(
  db: Database,
  { actor, objectUri }: Pick<Announced, 'actor' | 'objectUri'>,
): Promise<void> {
  await db
    .deleteFrom('announced_row')
    .where('cafe', 'in', numbersOf(db, [objectUri]))
    .where('announcer', '=', announcerOf(db, actor))
    .execute()
}

/**
 * Notes that the followers of an account are to be told later that a café is no longer in this state, which they
 * believe; with undefined, that they have been told.
 */
export async function setBelieved(
  db: Database,
  { actor, objectUri }: Pick<Announced, 'actor' | 'objectUri'>,
  believed: KnownState | undefined,
): Promise<void> {
  await db
    .updateTable('announced_row')
    .set({ believed: believed ? JSON.stringify(believed) : null })
    .where('cafe', 'in', numbersOf(db, [objectUri]))
    .where('announcer', '=', announcerOf(db, actor))
    .execute()
}

/** Lists the feeds in which some café did not fit into its day, or whose followers are to be told of a change. */
export async function listFeedsInWait(
  db: Database,
  forWhat: 'cafes' | 'changes',
): Promise<string[]> {
  const rows = await db
    .selectFrom('announced')
    .select('actor')
    .distinct()
    .$call((qb) =>
      forWhat === 'cafes'
        ? qb.where('state', '=', 'waiting')
        : qb.where('believed', 'is not', null),
    )
    .execute()
  return rows.map((row) => row.actor)
}

/** Lists the cafés that wait to be announced, in the order in which they came. */
export async function listWaiting(db: Database, actor: string): Promise<string[]> {
  const rows = await db
    .selectFrom('announced')
    .select('object_uri')
    .where('announcer', '=', announcerOf(db, actor))
    .where('state', '=', 'waiting')
    .orderBy('at')
    .orderBy('object_uri')
    .execute()
  return rows.map((row) => row.object_uri)
}

/** Finds the cafés whose change the followers of an account are still to be told, with the state that they believe. */
export async function findUnsent(db: Database, actor: string): Promise<Map<string, KnownState>> {
  const rows = await db
    .selectFrom('announced')
    .select(['object_uri', 'believed'])
    .where('announcer', '=', announcerOf(db, actor))
    .where('believed', 'is not', null)
    .execute()
  return new Map(rows.map((row) => [row.object_uri, JSON.parse(row.believed ?? '') as KnownState]))
}

/** Notes that all changes that waited were told, in the transaction that sends the message about them. */
export async function endUnsent(db: Database, actor: string): Promise<void> {
  await db
    .updateTable('announced_row')
    .set({ believed: null })
    .where('announcer', '=', announcerOf(db, actor))
    .where('believed', 'is not', null)
    .execute()
}

/** Notes that a digest was sent: it told of these cafés, and nothing waits any more. */
export async function markDelivered(
  db: Database,
  { actor, objectUris }: { actor: string; objectUris: readonly string[] },
): Promise<void> {
  if (objectUris.length > 0)
    await db
      .updateTable('announced_row')
      .set({ state: 'told' })
      .where('announcer', '=', announcerOf(db, actor))
      .where('cafe', 'in', numbersOf(db, objectUris))
      .where('state', 'in', ['waiting', 'listed'])
      .execute()
}

/**
 * Ends the waiting for the digest of an account: cafés that waited to be told of are listed. It is called in the
 * transaction that sends the digest.
 */
export async function endWaiting(db: Database, actor: string): Promise<void> {
  await db
    .updateTable('announced_row')
    .set({ state: 'listed' })
    .where('announcer', '=', announcerOf(db, actor))
    .where('state', '=', 'waiting')
    .execute()
}

/**
 * Deletes what was announced so long ago that nobody needs to be told of its end, and all rows of a café that no
 * account announces any more.
 */
export const deleteAnnouncedBefore = (db: Database, before: Temporal.Instant): Promise<void> =>
  inTransaction(db, async (trx) => {
    await trx.deleteFrom('announced_row').where('at', '<', toSeconds(before)).execute()
    await trx
      .deleteFrom('announced_cafe')
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('announced_row').select('at').whereRef('cafe', '=', 'announced_cafe.number'),
          ),
        ),
      )
      .execute()
    await trx
      .deleteFrom('announcer')
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('announced_row').select('at').whereRef('announcer', '=', 'announcer.number'),
          ),
        ),
      )
      .execute()
  })
