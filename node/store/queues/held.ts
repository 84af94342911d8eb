import { z } from 'zod'
import type { Change } from '../../domain/federation/change.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { findSetting, saveSetting } from '../database/settings.ts'

const HELD = 'sending-held'

/**
 * The time, and the numbers of the last change and delivery that the backup had. Times are only exact to the second,
 * numbers are exact.
 */
const StoredSchema = z.object({ since: z.string(), change: z.int(), delivery: z.int() })

/** After a restore nothing is sent before a person has decided what becomes of what waits. */
export type Held = {
  /** When the site was restored. */
  since: Temporal.Instant
  /**
   * The number of messages to other sites and followers that waited in the backup, and of cafés found since that may
   * have been announced.
   */
  announcements: number
  mails: number
}

/** Holds everything back from now on. */
export async function saveHeld(trx: Database, now: Temporal.Instant): Promise<void> {
  const lastOf = async (table: 'change' | 'delivery'): Promise<number> => {
    const { last } = await trx
      .selectFrom(table)
      .select((eb) => eb.fn.max<number | null>('id').as('last'))
      .executeTakeFirstOrThrow()
    return last ?? 0
  }
  const stored: z.output<typeof StoredSchema> = {
    since: toInstantText(now),
    change: await lastOf('change'),
    delivery: await lastOf('delivery'),
  }
  await saveSetting(trx, HELD, JSON.stringify(stored))
}

async function findStored(db: Database): Promise<z.output<typeof StoredSchema> | undefined> {
  const text = await findSetting(db, HELD)
  return text === undefined ? undefined : StoredSchema.parse(JSON.parse(text))
}

/**
 * Returns whether nothing may leave this site until its operator has said what becomes of what waits, as after a
 * restored backup.
 */
export const isHeld = async (db: Database): Promise<boolean> =>
  (await findSetting(db, HELD)) !== undefined

/** Finds since when nothing is sent, and what waits; undefined when everything is sent as usual. */
export async function findHeld(db: Database): Promise<Held | undefined> {
  const stored = await findStored(db)
  if (!stored) return undefined
  const deliveries = await db
    .selectFrom('delivery')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('id', '<=', stored.delivery)
    .where('parked_at', 'is', null)
    .executeTakeFirstOrThrow()
  const changes = await selectSentBefore(db, stored)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const mails = await db
    .selectFrom('mail')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('created_at', '<', stored.since)
    .where('sent_at', 'is', null)
    .where('dropped_at', 'is', null)
    .executeTakeFirstOrThrow()
  return {
    since: fromInstantText(stored.since),
    announcements: Number(deliveries.total) + Number(changes.total),
    mails: Number(mails.total),
  }
}

/**
 * Selects changes that the lost site may have told: those that waited in the backup, and the new cafés that were found
 * since by reading others, which it had perhaps read as well. What others sent since is news; what they changed
 * meanwhile, a cancellation for instance, is better told twice than never.
 */
const selectSentBefore = (
  db: Database,
  { change }: Pick<z.output<typeof StoredSchema>, 'change'>,
) =>
  db
    .selectFrom('change')
    .where('done_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('id', '<=', change),
        eb.and([
          eb('body', 'like', '{"type":"cafe-received"%'),
          eb('body', 'like', '%"first":true%'),
          eb('body', 'not like', '%"activity":%'),
        ]),
      ]),
    )

/** Sends everything again, including what waited in the backup. */
export async function releaseHeld(db: Database): Promise<void> {
  await db.deleteFrom('setting').where('name', '=', HELD).execute()
}

/**
 * Sends everything again except what waited in the backup, new cafés found since by reading others, and the mails that
 * jobs wrote since: these were all told before. What people did since the restore is sent, and so is that something is
 * gone, was cancelled meanwhile, or is shown to fewer people: a server that did not answer before the backup may not
 * have been told since, and telling it twice does no harm.
 */
export const removeHeld = (db: OpenDatabase, now: Temporal.Instant): Promise<void> =>
  inTransaction(db, async (trx) => {
    const stored = await findStored(trx)
    if (!stored) return
    await trx
      .deleteFrom('delivery')
      .where('id', '<=', stored.delivery)
      .where('parked_at', 'is', null)
      .where('activity_seq', 'not in', (eb) =>
        eb.selectFrom('activity').select('seq').where('type', 'in', ['Delete', 'Undo']),
      )
      .execute()
    const changes = await selectSentBefore(trx, stored).select(['id', 'body']).execute()
    for (const { id, body } of changes) {
      if (WITHDRAWING.includes((JSON.parse(body) as Change).type)) continue
      await trx
        .updateTable('change')
        .set({ done_at: toInstantText(now) })
        .where('id', '=', id)
        .execute()
    }
    await trx
      .deleteFrom('mail')
      .where('sent_at', 'is', null)
      .where('dropped_at', 'is', null)
      .where((eb) =>
        eb.or([eb('created_at', '<', stored.since), eb('template', 'in', BY_THE_CLOCK)]),
      )
      .execute()
    await releaseHeld(trx)
  })

const WITHDRAWING: readonly Change['type'][] = [
  'attestation-revoked',
  'cafe-deleted',
  'cafe-removed',
  'facilitator-changed',
  'facilitator-withdrawn',
  'mandate-untied',
  'network-ended',
]

/** The mails that jobs write again when a database is some hours old. */
const BY_THE_CLOCK = [
  'confirm-cafe',
  'report',
  'alert-cafes',
  'alert-renewal',
  'profile-directories',
  'profile-expired',
  'profile-renewal',
  'referent-weekly',
  'referent-reminder',
  'referent-reminder-team',
  'referent-silent',
]
