import { fromInstantText, orNull, orUndefined, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { uuidV7 } from '../database/uuid.ts'
import { appendChange } from '../queues/changes.ts'

export type NewAttestation = {
  uri: string
  referentId: string
  /** The origin of the server to which it is given. */
  home: string | undefined
  /** The signed text, which is given byte for byte. */
  body: string
  expiresAt: Temporal.Instant
}

/** Stores an attestation that this directory signed. It is called in the transaction of the appointment. */
export async function insertAttestation(
  trx: Database,
  { uri, referentId, home, body, expiresAt }: NewAttestation,
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .insertInto('attestation')
    .values({
      id: uuidV7(now),
      referent_id: referentId,
      uri,
      home: orNull(home),
      body,
      issued_at: toInstantText(now),
      expires_at: toInstantText(expiresAt),
      revoked_at: null,
    })
    .execute()
}

/** Finds the text of an attestation, or when it was revoked. */
export async function findAttestation(
  db: Database,
  uri: string,
): Promise<{ body: string } | { revokedAt: Temporal.Instant } | undefined> {
  const row = await db
    .selectFrom('attestation')
    .select(['body', 'revoked_at'])
    .where('uri', '=', uri)
    .executeTakeFirst()
  if (!row) return undefined
  return row.revoked_at === null
    ? { body: row.body }
    : { revokedAt: fromInstantText(row.revoked_at) }
}

/** Lists the addresses of the attestations that count now, by the id of the mandate. */
export async function listAttestationUris(
  db: Database,
  referentIds: readonly string[],
): Promise<Map<string, string>> {
  if (referentIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('attestation')
    .select(['referent_id', 'uri'])
    .where('referent_id', 'in', [...referentIds])
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .execute()
  return new Map(rows.map((row) => [row.referent_id ?? '', row.uri]))
}

/** Lists mandates with an attestation that is valid by its date. */
export async function listSignedMandates(db: Database, now: Temporal.Instant): Promise<string[]> {
  const rows = await db
    .selectFrom('attestation')
    .select('referent_id')
    .distinct()
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', toInstantText(now))
    .execute()
  return rows.flatMap((row) => row.referent_id ?? [])
}

/** Lists revoked attestations that would still be valid by their date. */
export async function listRevokedUris(db: Database, now: Temporal.Instant): Promise<string[]> {
  const rows = await db
    .selectFrom('attestation')
    .select('uri')
    .where('revoked_at', 'is not', null)
    .where('expires_at', '>', toInstantText(now))
    .orderBy('id')
    .execute()
  return rows.map(({ uri }) => uri)
}

/**
 * Lists what was signed about people of one server and would be valid by its date: the text of each, or when it was
 * revoked.
 */
export async function listAttestationsAt(
  db: Database,
  home: string,
  now: Temporal.Instant,
): Promise<({ body: string } | { uri: string; revokedAt: Temporal.Instant })[]> {
  const rows = await db
    .selectFrom('attestation')
    .select(['uri', 'body', 'revoked_at'])
    .where('home', '=', home)
    .where('expires_at', '>', toInstantText(now))
    .orderBy('id')
    .limit(MOST_AT_HOME)
    .execute()
  return rows.map(({ uri, body, revoked_at }) =>
    revoked_at === null ? { body } : { uri, revokedAt: fromInstantText(revoked_at) },
  )
}

/** The maximum number of attestations that one server is given again after a restore. */
const MOST_AT_HOME = 200

/**
 * Revokes everything that was signed for a mandate: the texts are deleted, the addresses stay as revoked, and the
 * servers that hold one are told.
 */
export async function revokeAttestations(
  trx: Database,
  referentId: string,
  now: Temporal.Instant,
): Promise<void> {
  const revoked = await trx
    .updateTable('attestation')
    .set({ revoked_at: toInstantText(now), body: '' })
    .where('referent_id', '=', referentId)
    .where('revoked_at', 'is', null)
    .returning(['uri', 'home'])
    .execute()
  for (const { uri, home } of revoked)
    await appendChange(trx, { type: 'attestation-revoked', uri, home: orUndefined(home) }, now)
}

/** Deletes attestations past their date, which nobody needs to know as revoked. */
export async function deleteExpiredAttestations(
  db: Database,
  now: Temporal.Instant,
): Promise<void> {
  const at = toInstantText(now)
  await db.deleteFrom('attestation').where('expires_at', '<=', at).execute()
  await db.deleteFrom('held_attestation').where('expires_at', '<=', at).execute()
}

/** What a directory signed about a person of this server. */
export type HeldAttestation = {
  uri: string
  issuer: string
  /** The profile here that it is about. */
  subjectUri: string
  territory: string
  body: string
  from: Temporal.Instant
  until: Temporal.Instant
}

/**
 * Stores an attestation that a directory signed about a profile here. One that exists is replaced only where the same
 * directory sent it.
 * @returns Whether there was none of this address.
 */
export async function saveHeldAttestation(
  trx: Database,
  held: HeldAttestation,
  now: Temporal.Instant,
): Promise<boolean> {
  const known = await trx
    .selectFrom('held_attestation')
    .select('uri')
    .where('uri', '=', held.uri)
    .executeTakeFirst()
  const said = {
    issuer: held.issuer,
    subject_uri: held.subjectUri,
    territory: held.territory,
    body: held.body,
    starts_at: toInstantText(held.from),
    expires_at: toInstantText(held.until),
  }
  await trx
    .insertInto('held_attestation')
    .values({ uri: held.uri, ...said, received_at: toInstantText(now) })
    .onConflict((oc) =>
      oc.column('uri').doUpdateSet(said).where('held_attestation.issuer', '=', held.issuer),
    )
    .execute()
  return known === undefined
}

/** Deletes an attestation that its signer has revoked; returns whether it was here. */
export async function deleteHeldAttestation(
  trx: Database,
  { uri, issuer }: { uri: string; issuer: string },
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('held_attestation')
    .where('uri', '=', uri)
    .where('issuer', '=', issuer)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Lists the attestations of a profile that count now. */
export async function listHeldAttestations(
  db: Database,
  subjectUri: string,
  now: Temporal.Instant,
): Promise<HeldAttestation[]> {
  const at = toInstantText(now)
  const rows = await db
    .selectFrom('held_attestation')
    .selectAll()
    .where('subject_uri', '=', subjectUri)
    .where('starts_at', '<=', at)
    .where('expires_at', '>', at)
    .orderBy('starts_at')
    .orderBy('uri')
    .execute()
  return rows.map((row) => ({
    uri: row.uri,
    issuer: row.issuer,
    subjectUri: row.subject_uri,
    territory: row.territory,
    body: row.body,
    from: fromInstantText(row.starts_at),
    until: fromInstantText(row.expires_at),
  }))
}
