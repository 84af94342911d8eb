import type { Referent } from '../domain/referent.ts'
import { toInstantText } from './columns.ts'
import type { Database } from './database.ts'
import { toReferent } from './referents.ts'
import { hashSecret, newSecret } from './secrets.ts'

/** `person`: says yes, no, or that it is over, for as long as the mandate lasts. `access`: opens the desk, once. */
export type ReferentLinkPurpose = 'person' | 'access'

const ACCESS_DAYS = 14

/** Returns the token, known to the link only. */
export async function insertReferentLink(
  db: Database,
  { referentId, purpose }: { referentId: string; purpose: ReferentLinkPurpose },
  now: Temporal.Instant,
): Promise<string> {
  const token = newSecret()
  const expires = purpose === 'access' ? now.add({ hours: ACCESS_DAYS * 24 }) : undefined
  await db
    .insertInto('referent_link')
    .values({
      token_hash: hashSecret(token),
      referent_id: referentId,
      purpose,
      created_at: toInstantText(now),
      expires_at: expires ? toInstantText(expires) : null,
    })
    .execute()
  return token
}

/** Whom a link is for; looking changes nothing. */
export async function findReferentByLink(
  db: Database,
  { token, purpose }: { token: string; purpose: ReferentLinkPurpose },
  now: Temporal.Instant,
): Promise<Referent | undefined> {
  const row = await db
    .selectFrom('referent')
    .innerJoin('referent_link', 'referent_link.referent_id', 'referent.id')
    .selectAll('referent')
    .where('referent_link.token_hash', '=', hashSecret(token))
    .where('referent_link.purpose', '=', purpose)
    .where((eb) =>
      eb.or([
        eb('referent_link.expires_at', 'is', null),
        eb('referent_link.expires_at', '>', toInstantText(now)),
      ]),
    )
    .executeTakeFirst()
  return row && toReferent(row)
}

/**
 * The mandate is the account's from now on, and so is every other one of the same address: they were appointed under
 * one name. The link, and others like it, are used up; false when it was already.
 */
export async function attachAccount(
  trx: Database,
  { token, accountId, referent }: { token: string; accountId: string; referent: Referent },
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('referent_link')
    .where('token_hash', '=', hashSecret(token))
    .where('purpose', '=', 'access')
    .executeTakeFirst()
  if (numDeletedRows === 0n) return false
  await trx
    .updateTable('referent')
    .set({ account_id: accountId })
    .where('id', '=', referent.id)
    .execute()
  return true
}
