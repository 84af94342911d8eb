import { type Cafe, versionOfCafe } from '../../domain/cafes/cafe.ts'
import type { Author } from '../../domain/cafes/edit.ts'
import {
  decideRevisionTime,
  type OtherVersion,
  withVersion,
} from '../../domain/cafes/other-version.ts'
import type { EditChange } from '../accounts/acts.ts'
import { saveEdit, saveNew } from '../accounts/saved-edit.ts'
import { findCafe } from '../cafes/cafes.ts'
import { toChosenNoun } from '../cafes/own-cafes.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { insertTombstone } from '../directory/deletions.ts'
import { appendChange } from '../queues/changes.ts'
import { OTHER_VERSION } from '../schema/settings.ts'
import { countOtherWords } from './other-words.ts'
import { placeOwnCafe } from './own-place.ts'

/** What directories have of cafés of this site, after a restore, until the team has chosen between it and what is here. */

/** The maximum number of versions that no key of this site has signed, of which a directory can invent any number. */
const MOST_UNSIGNED = 1_000

/**
 * Keeps a version for the team; of one directory the latest.
 * @returns false where too many wait that no key of this site has signed.
 */
export async function saveOtherVersion(trx: Database, version: OtherVersion): Promise<boolean> {
  const row = OTHER_VERSION.toRow(version)
  const others = await versionsOf(trx, version.cafeId)
  const isThere = others.some(
    ({ directory, cafe }) =>
      OTHER_VERSION.toRow({ ...version, cafe }).cafe === row.cafe ||
      (directory === version.directory &&
        Temporal.Instant.compare(cafe.updatedAt, version.cafe.updatedAt) > 0),
  )
  if (isThere) return true
  if (version.reason === 'key' && (await countUnsigned(trx)) >= MOST_UNSIGNED) return false
  await trx
    .insertInto('other_version')
    .values(row)
    .onConflict((oc) => oc.columns(['cafe_id', 'directory']).doUpdateSet(row))
    .execute()
  return true
}

async function countUnsigned(trx: Database): Promise<number> {
  const { total } = await trx
    .selectFrom('other_version')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('reason', '=', 'key')
    .executeTakeFirstOrThrow()
  return Number(total)
}

async function versionsOf(db: Database, cafeId: string): Promise<OtherVersion[]> {
  const rows = await db
    .selectFrom('other_version')
    .selectAll()
    .where('cafe_id', '=', cafeId)
    .orderBy('directory')
    .execute()
  return rows.map(OTHER_VERSION.fromRow)
}

/** Forgets what directories have of a café, once it was decided or deleted. */
async function deleteOtherVersions(trx: Database, cafeId: string): Promise<void> {
  await trx.deleteFrom('other_version').where('cafe_id', '=', cafeId).execute()
}

/** Forgets the versions of a café that are not later than what was taken of it. */
export async function deleteEarlierVersions(trx: Database, taken: Cafe): Promise<void> {
  for (const { directory, cafe } of await versionsOf(trx, taken.id))
    if (Temporal.Instant.compare(cafe.updatedAt, taken.updatedAt) <= 0)
      await trx
        .deleteFrom('other_version')
        .where('cafe_id', '=', taken.id)
        .where('directory', '=', directory)
        .execute()
}

/** Lists what waits for the team, with the café as it is here. */
export async function listOtherVersions(
  db: Database,
  { limit }: { limit: number },
): Promise<{ items: (OtherVersion & { known: Cafe | undefined })[]; total: number }> {
  const rows = await db
    .selectFrom('other_version')
    .selectAll()
    .orderBy('cafe_id')
    .orderBy('directory')
    .limit(limit)
    .execute()
  const items = []
  for (const version of rows.map(OTHER_VERSION.fromRow))
    items.push({ ...version, known: await findCafe(db, version.cafeId) })
  return { items, total: await countOtherVersions(db) }
}

/** Counts the versions that wait for the team, those of the structure and its networks among them. */
export async function countOtherVersions(db: Database): Promise<number> {
  const { total } = await db
    .selectFrom('other_version')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total) + (await countOtherWords(db))
}

/** Returns whether the team has to choose between two versions of this café. */
export async function isUndecided(db: Database, cafeId: string): Promise<boolean> {
  const row = await db
    .selectFrom('other_version')
    .select('cafe_id')
    .where('cafe_id', '=', cafeId)
    .executeTakeFirst()
  return row !== undefined
}

export type VersionChoice = {
  cafeId: string
  /** The host whose version is taken; undefined where what is here holds. */
  directory: string | undefined
  /** The version of the café that the person saw here; empty where it is not here. */
  seen: string
  by: Author
  /** Lists the texts in which the first differs from the second. */
  changesOf: (one: Cafe, other: Cafe) => EditChange[]
}

/**
 * Does what the team has chosen for one café. What holds is told as a new revision, whose date is later than those of
 * all the versions, so that no server ignores it. A café that is not here and that the team does not take is deleted
 * everywhere.
 * @returns `stale` where the café was edited meanwhile, `gone` where nothing waits any more; nothing is done then.
 */
export const settleVersion = (
  db: Database,
  choice: VersionChoice,
  now: Temporal.Instant,
): Promise<'settled' | 'stale' | 'gone'> =>
  inTransaction(db, async (trx) => {
    const { cafeId, directory, seen } = choice
    const versions = await versionsOf(trx, cafeId)
    const version = versions.find((each) => each.directory === directory) ?? versions[0]
    if (!version || (directory !== undefined && version.directory !== directory)) return 'gone'
    const stored = await findCafe(trx, cafeId)
    if (seen !== (stored ? versionOfCafe(stored) : '')) return 'stale'
    const updatedAt = decideRevisionTime(stored, versions, now)
    if (stored || directory !== undefined)
      await saveChosen(trx, choice, { version, stored, updatedAt }, now)
    else await deleteMissing(trx, version.cafe, now)
    await deleteOtherVersions(trx, cafeId)
    return 'settled'
  })

type Stored = { version: OtherVersion; stored: Cafe | undefined; updatedAt: Temporal.Instant }

/** Saves the version that was chosen; the texts of the other one are in the history of the café from now on. */
async function saveChosen(
  trx: Database,
  { cafeId: id, directory, by, changesOf }: VersionChoice,
  { version, stored, updatedAt }: Stored,
  now: Temporal.Instant,
): Promise<void> {
  const isTaken = directory !== undefined
  const noun = toChosenNoun({ updatedAt, told: isTaken ? (stored ?? version.cafe) : version.cafe })
  if (isTaken) {
    const cafe = stored ? withVersion(stored, version) : version.cafe
    const value = { ...(await placeOwnCafe(trx, { cafe, by }, now)), updatedAt }
    if (!stored) await saveNew(trx, noun, { id, by, value }, now)
    else
      await saveEdit(
        trx,
        noun,
        { id, by, seen: undefined, changesOf, decide: () => ({ value }) },
        now,
      )
    return
  }
  const setAside = (_: Cafe, kept: Cafe) =>
    changesOf(version.cafe, kept).map((change) => ({ ...change, isSetAside: true as const }))
  const decide = (cafe: Cafe) => ({ value: { ...cafe, updatedAt } })
  await saveEdit(trx, noun, { id, by, seen: undefined, changesOf: setAside, decide }, now)
}

async function deleteMissing(
  trx: Database,
  { id, uri, organizer }: Cafe,
  now: Temporal.Instant,
): Promise<void> {
  await insertTombstone(trx, { uri, ours: true, deletedAt: now, cafeId: id })
  await appendChange(
    trx,
    { type: 'cafe-deleted', cafeId: id, uri, organizerUri: organizer.uri },
    now,
  )
}
