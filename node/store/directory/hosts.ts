import { sql } from 'kysely'
import type { Software } from '../../domain/federation/software.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isTextAmong, type ListParameter, toListParameter } from '../database/dialect.ts'
import { prepare, prepareRows } from '../database/prepared.ts'
import { isBlockedHost } from './blocks.ts'

/** The signature form that a host took last: draft-cavage or RFC 9421. */
export type SignatureForm = 'cavage' | 'rfc9421'

export type HostHabits = {
  form: SignatureForm | undefined
  software: Software | undefined
  /** Whether it was ever asked what software it runs. */
  isAsked: boolean
}

/** The habits of a host that was never met. */
export const UNKNOWN_HABITS: HostHabits = { form: undefined, software: undefined, isAsked: false }

/** Lists how these hosts want their requests signed and which software they run, by name, without those never met. */
export async function listHostHabits(
  db: Database,
  hosts: readonly string[],
): Promise<Map<string, HostHabits>> {
  const { rows } = await selectHabits(db, { hosts: toListParameter(db, hosts) })
  return new Map(
    rows.map((row) => [
      row.name,
      {
        form: row.signature ?? undefined,
        software: softwareOf(row),
        isAsked: row.software_at !== null,
      },
    ]),
  )
}

const selectHabits = prepare((db, { hosts }: { hosts: ListParameter }) =>
  db
    .selectFrom('host')
    .select(['name', 'signature', 'software', 'software_version', 'software_at'])
    .where(isTextAmong(db, sql.ref('name'), hosts)),
)

/**
 * Notes that hosts took a delivery.
 * @param forms - The form that each of these hosts took now, by its name.
 */
export async function saveHostSuccesses(
  db: Database,
  forms: ReadonlyMap<string, SignatureForm>,
  now: Temporal.Instant,
): Promise<void> {
  const at = toInstantText(now)
  await upsertSuccesses(
    db,
    [...forms].map(([name, signature]) => ({ name, signature, at })),
  )
}

type Success = { name: string; signature: SignatureForm; at: string }

const upsertSuccesses = prepareRows((db, rows: readonly Success[]) =>
  db
    .insertInto('host')
    .values(
      rows.map(({ name, signature, at }) => ({
        ...{ name, signature, last_success_at: at },
        ...{ software: null, software_version: null, software_at: null },
      })),
    )
    .onConflict((oc) =>
      oc.column('name').doUpdateSet((eb) => ({
        signature: eb.ref('excluded.signature'),
        last_success_at: eb.ref('excluded.last_success_at'),
      })),
    ),
)

/**
 * Records what software a server says it runs. A server that does not say now (`undefined`) keeps what it said last:
 * otherwise one that is down for an hour would be treated as unknown for a week.
 */
export async function saveSoftware(
  db: Database,
  { host, software }: { host: string; software: Software | undefined },
  now: Temporal.Instant,
): Promise<void> {
  const row = {
    ...(software && { software: software.name, software_version: software.version ?? null }),
    software_at: toInstantText(now),
  }
  await db
    .insertInto('host')
    .values({
      name: host,
      signature: null,
      software: null,
      software_version: null,
      last_success_at: null,
      ...row,
    })
    .onConflict((oc) => oc.column('name').doUpdateSet(row))
    .execute()
}

type SoftwareRow = { software: string | null; software_version: string | null }

/** Converts the columns of a host's software; undefined where it did not say what it runs. */
export const softwareOf = (row: SoftwareRow): Software | undefined =>
  row.software === null
    ? undefined
    : { name: row.software, version: row.software_version ?? undefined }

/** Returns whether any server that is known here said that it runs one of these programs. */
export async function hasProgram(db: Database, names: readonly string[]): Promise<boolean> {
  return (await selectRunning(db, { names: toListParameter(db, names) })).rows.length > 0
}

const selectRunning = prepare((db, { names }: { names: ListParameter }) =>
  db
    .selectFrom('host')
    .select('name')
    .where(isTextAmong(db, sql.ref('software'), names))
    .limit(1),
)

/** The maximum number of servers that are asked for their software in one night. */
const ASKED_A_NIGHT = 1000

/**
 * Lists origins of followers' servers that were not asked for their software since `before`, since a new version may
 * show more. Those that were never asked come first.
 */
export async function listUnaskedOrigins(
  db: Database,
  before: Temporal.Instant,
): Promise<string[]> {
  const rows = await db
    .selectFrom('follower')
    .leftJoin('host', 'host.name', 'follower.host')
    .select((eb) => eb.fn.min('follower.uri').as('uri'))
    .where((eb) => eb(eb.fn.coalesce('host.software_at', eb.val('')), '<', toInstantText(before)))
    .where((eb) => eb.not(isBlockedHost('follower.host')))
    .groupBy(['follower.host', 'host.software_at'])
    .orderBy((eb) => eb.fn.coalesce('host.software_at', eb.val('')))
    .orderBy('follower.host')
    .limit(ASKED_A_NIGHT)
    .execute()
  return rows.map(({ uri }) => new URL(uri).origin)
}

/** Deletes hosts from which nothing came for so long, and that nobody here follows or is followed by. */
export async function deleteIdleHosts(db: Database, before: Temporal.Instant): Promise<void> {
  const at = toInstantText(before)
  await db
    .deleteFrom('host')
    .where((eb) => eb(eb.fn.coalesce('last_success_at', eb.val('')), '<', at))
    .where((eb) => eb(eb.fn.coalesce('software_at', eb.val('')), '<', at))
    .where('name', 'not in', db.selectFrom('follower').select('host'))
    .where('name', 'not in', db.selectFrom('peer').select('host'))
    .execute()
}
