import { hash } from 'node:crypto'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { prepareRows } from '../database/prepared.ts'

type Sighting = { actor: string; activityId: string }

/** The longest id that is stored as it is. */
const STORED_MAX = 128

/** Returns an id as it is stored: of a longer one, which may have 1,024 bytes, the hash. */
const toStored = (uri: string): string =>
  uri.length <= STORED_MAX ? uri : hash('sha256', uri, 'base64url')

const toRow = ({ actor, activityId }: Sighting): { actor: string; activity_id: string } => ({
  actor: toStored(actor),
  activity_id: toStored(activityId),
})

/**
 * Returns those of these activities that come for the first time. It is called inside the transaction of their effects,
 * so that effect and acknowledgement are one (architecture, invariant 3). One that is given twice is returned once.
 */
export async function markSeen<T extends Sighting>(
  db: Database,
  sightings: readonly T[],
  now: Temporal.Instant,
): Promise<T[]> {
  const at = toInstantText(now)
  const rows = await insertSeen(
    db,
    sightings.map((sighting) => ({ ...toRow(sighting), at })),
  )
  const isNew = new Set(rows.map(keyOf))
  return sightings.filter((sighting) => isNew.delete(keyOf(toRow(sighting))))
}

const insertSeen = prepareRows((db, rows: readonly (ReturnType<typeof toRow> & { at: string })[]) =>
  db
    .insertInto('seen')
    .values(rows)
    .onConflict((oc) => oc.doNothing())
    .returning(['actor', 'activity_id']),
)

/** Returns the key of a row; neither part can contain a space. */
const keyOf = ({ actor, activity_id }: ReturnType<typeof toRow>): string =>
  `${actor} ${activity_id}`

/**
 * Returns whether an activity was already received from this actor in the last 30 days. `markSeen` decides it for good,
 * in the transaction of the effects.
 */
export async function isSeen(db: Database, actor: string, activityId: string): Promise<boolean> {
  const stored = toRow({ actor, activityId })
  const row = await db
    .selectFrom('seen')
    .select('at')
    .where('actor', '=', stored.actor)
    .where('activity_id', '=', stored.activity_id)
    .executeTakeFirst()
  return row !== undefined
}

/** Deletes old entries. Signatures expire after an hour, so 30 days are far beyond any replay that the gate lets in. */
export async function deleteSeenBefore(db: Database, before: Temporal.Instant): Promise<void> {
  await db.deleteFrom('seen').where('at', '<', toInstantText(before)).execute()
}
