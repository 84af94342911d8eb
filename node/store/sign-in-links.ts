import { toInstantText } from './columns.ts'
import type { Database } from './database.ts'
import { hashSecret, newSecret } from './secrets.ts'

/** A link lets one person in, once: within a day when somebody hands it over, within half an hour when it is mailed. */
const LINK_MINUTES = { handed: 24 * 60, mailed: 30 }

/** Returns the token, known to the link only. */
export async function insertSignInLink(
  db: Database,
  { accountId, way }: { accountId: string; way: keyof typeof LINK_MINUTES },
  now: Temporal.Instant,
): Promise<string> {
  const token = newSecret()
  await db
    .insertInto('sign_in_link')
    .values({
      token_hash: hashSecret(token),
      account_id: accountId,
      created_at: toInstantText(now),
      expires_at: toInstantText(now.add({ minutes: LINK_MINUTES[way] })),
      used_at: null,
    })
    .execute()
  return token
}

/** Whom the link would still let in; looking does not use it up. */
export async function findSignInLinkAccount(
  db: Database,
  token: string,
  now: Temporal.Instant,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('sign_in_link')
    .select('account_id')
    .where('token_hash', '=', hashSecret(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', toInstantText(now))
    .executeTakeFirst()
  return row?.account_id
}

/** Uses the link up in one statement: of two clicks at once, one wins. Returns whose account it opens. */
export async function consumeSignInLink(
  db: Database,
  token: string,
  now: Temporal.Instant,
): Promise<string | undefined> {
  const row = await db
    .updateTable('sign_in_link')
    .set({ used_at: toInstantText(now) })
    .where('token_hash', '=', hashSecret(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', toInstantText(now))
    .returning('account_id')
    .executeTakeFirst()
  return row?.account_id
}

export async function deleteExpiredSignInLinks(db: Database, now: Temporal.Instant): Promise<void> {
  await db.deleteFrom('sign_in_link').where('expires_at', '<=', toInstantText(now)).execute()
}
