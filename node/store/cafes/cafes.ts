import { type Insertable, sql } from 'kysely'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { addRow, listGathered, writeGathered } from '../database/gathered-rows.ts'
import { prepare, prepareRows } from '../database/prepared.ts'
import { CAFE, type CafeTable } from '../schema/cafes.ts'
import { saveNamedResources } from '../search-index/named-resources.ts'
import {
  changeNumberOf,
  changeTimeOf,
  countChange,
  deleteCafes,
  markWritten,
} from '../search-index/write-cafes.ts'
import { saveOrganizer } from '../structures/descriptions.ts'

const selectById = prepare((db, { id }: { id: string }) =>
  db.selectFrom('cafe').selectAll().where('id', '=', id),
)

/**
 * Finds a café by its id, ours or received, whatever its publication and even if it is hidden; undefined where there is
 * none. Public pages ask `findPublicCafe`.
 */
export async function findCafe(db: Database, id: string): Promise<Cafe | undefined> {
  const [row] = (await selectById(db, { id })).rows
  return row && toCafe(row)
}

const selectByUri = prepare((db, { uri }: { uri: string }) =>
  db.selectFrom('cafe').selectAll().where('uri', '=', uri),
)

/** Finds a café by the address that identifies it on the network, like `findCafe`. */
export async function findCafeByUri(db: Database, uri: string): Promise<Cafe | undefined> {
  const [row] = (await selectByUri(db, { uri })).rows
  return row && toCafe(row)
}

/** Lists all cafés of one structure, drafts and past ones included, in the order in which they were made. */
export async function listCafesOfOrganization(
  db: Database,
  organizationId: string,
  { after = '', limit }: { after?: string | undefined; limit: number },
): Promise<Cafe[]> {
  const rows = await db
    .selectFrom('cafe')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('undated', '=', 0)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toCafe)
}

/**
 * Finds a café of a structure by the key that its sender gave; references are unique within one structure. Undefined
 * where none has it.
 */
export async function findCafeByReference(
  db: Database,
  organizationId: string,
  reference: string,
): Promise<Cafe | undefined> {
  await writeAddedCafes(db, (cafe) => cafe.reference === reference)
  const [row] = (await selectByReference(db, { organizationId, reference })).rows
  return row && toCafe(row)
}

const selectByReference = prepare((db, of: { organizationId: string; reference: string }) =>
  db
    .selectFrom('cafe')
    .selectAll()
    .where('organization_id', '=', of.organizationId)
    .where('reference', '=', of.reference),
)

/** Finds the date of an imported calendar that this UID and RECURRENCE-ID name (RFC 5545 §3.8.4.4). */
export async function findCafeByUid(
  db: Database,
  { organizationId, uid, recurrenceId }: CafeIdentity,
): Promise<Cafe | undefined> {
  await writeAddedCafes(db, (cafe) => cafe.uid === uid)
  const row = await db
    .selectFrom('cafe')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('uid', '=', uid)
    .where((eb) => eb(eb.fn.coalesce('recurrence_id', eb.val('')), '=', recurrenceId ?? ''))
    .executeTakeFirst()
  return row && toCafe(row)
}

export type CafeIdentity = {
  organizationId: string
  uid: string
  recurrenceId: string | undefined
}

/** Finds the café that was announced last, so that it can be repeated. */
export async function findLastAnnounced(
  db: Database,
  organizationId: string,
): Promise<Cafe | undefined> {
  const row = await db
    .selectFrom('cafe')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('publication', '=', 'published')
    .orderBy('published_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && toCafe(row)
}

/** Lists the cafés whose planned time of publication has come, without those of a structure that is suspended. */
export async function listDueCafes(db: Database, now: Temporal.Instant): Promise<Cafe[]> {
  const rows = await db
    .selectFrom('cafe')
    .selectAll()
    .where('publication', '=', 'scheduled')
    .where('publish_at', '<=', toInstantText(now))
    .where('hidden_reason', 'is', null)
    .execute()
  return rows.map(toCafe)
}

/**
 * Saves a café in one statement, whether it is new or known; its id decides.
 */
export async function saveCafe(db: Database, cafe: Cafe): Promise<SavedCafe> {
  const [saved] = await saveCafes(db, [cafe])
  if (!saved) throw new Error(`the café ${cafe.uri} was not saved`)
  return saved
}

/** Does the same for several cafés, in their order. Those that are stored already as they are here are not written. */
export const saveCafes = (db: Database, cafes: readonly Cafe[]): Promise<SavedCafe[]> =>
  inTransaction(db, async (trx) => {
    const rows = cafes.map(CAFE.toRow)
    await countChange(trx)
    const written = await upsertRows(trx, rows)
    await saveNamedResources(trx, cafes)
    for (const cafe of cafes) if (cafe.publication === 'published') await saveOrganizer(trx, cafe)
    await markWritten(
      trx,
      written.map(({ id }) => id),
    )
    return rows.map(({ id, description_html, description_text }) => ({
      id,
      bytes: Buffer.byteLength(description_html) + Buffer.byteLength(description_text),
    }))
  })

/**
 * Saves a new café; in a group (`gatherRows`) with the next ones, where whatever else reads cafés calls
 * `writeAddedCafes` first.
 */
export const addCafe = (trx: Database, cafe: Cafe): Promise<void> => addRow(trx, writeAdded, cafe)

async function writeAdded(trx: Database, cafes: readonly Cafe[]): Promise<void> {
  await saveCafes(trx, cafes)
}

/**
 * Writes the new cafés of a group that wait.
 * @param isSought - Only if one of them is sought; all are by default.
 */
export async function writeAddedCafes(
  trx: Database,
  isSought: (cafe: Cafe) => boolean = () => true,
): Promise<void> {
  if (listGathered(trx, writeAdded).some(isSought)) await writeGathered(trx)
}

/** Numbers the change of a café that is listed; one that was listed before and is not any more has a number as well. */
function numbersOf(
  db: Database,
  row: Pick<Insertable<CafeTable>, 'publication' | 'hidden_reason'>,
) {
  const isListed = sql`cast(${row.publication} as text) = 'published'
    and cast(${row.hidden_reason} as text) is null`
  return {
    change_number: sql<number>`case when ${isListed} then ${changeNumberOf(db)} end`,
    changed_at: sql<number>`case when ${isListed} then ${changeTimeOf(db)} end`,
  }
}

const upsertRows = prepareRows((db, rows: readonly Insertable<CafeTable>[]) => {
  const columns = Object.keys(rows[0] ?? {}).filter((name) => name !== 'id')
  const isOther = columns.map(
    (name) => sql`excluded.${sql.ref(name)} is distinct from cafe.${sql.ref(name)}`,
  )
  const isNumbered = sql`coalesce(excluded.change_number, cafe.change_number) is not null`
  return db
    .insertInto('cafe')
    .values(rows.map((row) => ({ ...row, ...numbersOf(db, row) })))
    .onConflict((oc) =>
      oc
        .column('id')
        .doUpdateSet({
          ...Object.fromEntries(columns.map((name) => [name, sql.ref(`excluded.${name}`)])),
          change_number: sql`case when ${isNumbered} then ${changeNumberOf(db)} end`,
          changed_at: sql`case when ${isNumbered} then ${changeTimeOf(db)} end`,
        })
        .where(sql<boolean>`(${sql.join(isOther, sql` or `)})`),
    )
    .returning('id')
})

/** The bytes are those of both forms of the description. */
export type SavedCafe = { id: string; bytes: number }

/**
 * Deletes the row of a café; the rows that belong to it go with it by the schema. Nobody is told: what is ours is
 * removed by `removeCafe`, which leaves a tombstone.
 */
export async function deleteCafe(db: Database, id: string): Promise<void> {
  await deleteCafes(db, [id])
}

/** Converts a row, ours or received. */
export const toCafe = CAFE.fromRow
