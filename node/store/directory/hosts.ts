import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'

/** Which form of signature a host took last: draft-cavage or RFC 9421. */
export type SignatureForm = 'cavage' | 'rfc9421'

export async function findSignatureForm(
  db: Database,
  host: string,
): Promise<SignatureForm | undefined> {
  const row = await db
    .selectFrom('host')
    .select('signature')
    .where('name', '=', host)
    .executeTakeFirst()
  return row?.signature ?? undefined
}

export async function saveHostSuccess(
  db: Database,
  { host, signature }: { host: string; signature: SignatureForm },
  now: Temporal.Instant,
): Promise<void> {
  const row = { signature, last_success_at: toInstantText(now) }
  await db
    .insertInto('host')
    .values({ name: host, software: null, software_at: null, ...row })
    .onConflict((oc) => oc.column('name').doUpdateSet(row))
    .execute()
}

export async function saveSoftware(
  db: Database,
  { host, software }: { host: string; software: string | undefined },
  now: Temporal.Instant,
): Promise<void> {
  const row = { software: software ?? null, software_at: toInstantText(now) }
  await db
    .insertInto('host')
    .values({ name: host, signature: null, last_success_at: null, ...row })
    .onConflict((oc) => oc.column('name').doUpdateSet(row))
    .execute()
}

/** Those that nothing was heard of for so long, and that nobody here follows or is followed by. */
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
