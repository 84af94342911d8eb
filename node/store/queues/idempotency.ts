import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isPostgres } from '../database/dialect.ts'
import { hashSecret } from '../database/secrets.ts'

/**
 * The answer to a program's request with a key of its own, which is repeated when it asks again. Only the hash of the
 * key is stored.
 */
export type IdempotentAnswer = { requestHash: string; status: number; body: string }

/**
 * Finds the answer to an earlier request of this API token with the same key, with the hash of that request; undefined
 * for a new key. The key is stored as a hash.
 */
export async function findIdempotentAnswer(
  db: Database,
  { tokenId, key }: { tokenId: string; key: string },
): Promise<IdempotentAnswer | undefined> {
  const row = await db
    .selectFrom('idempotent_answer')
    .selectAll()
    .where('token_id', '=', tokenId)
    .where('key', '=', hashSecret(key))
    .executeTakeFirst()
  return row && { requestHash: row.request_hash, status: row.status, body: row.body }
}

/**
 * Saves the answer; call it in the transaction of the effect, so that after a crash both are there or neither. It
 * replaces an earlier answer.
 */
export async function saveIdempotentAnswer(
  db: Database,
  { tokenId, key, ...answer }: IdempotentAnswer & { tokenId: string; key: string },
  now: Temporal.Instant,
): Promise<void> {
  const columns = {
    request_hash: answer.requestHash,
    status: answer.status,
    body: answer.body,
    created_at: toInstantText(now),
  }
  await db
    .insertInto('idempotent_answer')
    .values({ token_id: tokenId, key: hashSecret(key), ...columns })
    .onConflict((oc) => oc.columns(['token_id', 'key']).doUpdateSet(columns))
    .execute()
}

/** Deletes the answers that say something of an object; a program that asks again is answered anew. */
export async function deleteAnswersAbout(db: Database, uri: string): Promise<void> {
  const quoted = JSON.stringify(uri)
  await db
    .deleteFrom('idempotent_answer')
    .where((eb) =>
      eb(eb.fn<number>(isPostgres(db) ? 'strpos' : 'instr', ['body', eb.val(quoted)]), '>', 0),
    )
    .execute()
}

/** Deletes answers that are some days old, after which no program repeats a request. */
export async function deleteIdempotentAnswers(
  db: Database,
  before: Temporal.Instant,
): Promise<void> {
  await db.deleteFrom('idempotent_answer').where('created_at', '<', toInstantText(before)).execute()
}
