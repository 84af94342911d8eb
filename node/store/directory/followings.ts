import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Following } from '../../domain/federation/following.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { toFollowAddress } from '../../domain/values/host.ts'
import { orNull, toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'
import { FOLLOWING } from '../schema/directory.ts'
import type { Schema } from '../schema.ts'

/** Stores whom to follow; the request itself is sent later, outside of the page. */
export async function requestFollow(
  db: Database,
  request: {
    address: string
    join: boolean
    invitation: string | undefined
    message?: string | undefined
  },
  now: Temporal.Instant,
): Promise<void> {
  const address = toFollowAddress(request.address)
  await inTransaction(db, (trx) =>
    appendChange(trx, { type: 'follow-asked', ...request, address }, now),
  )
}

/** Stops following: the other side is told, and then hides what it had of us. */
export async function stopFollowing(
  db: OpenDatabase,
  followingId: string,
  now: Temporal.Instant,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const following = await findFollowing(trx, followingId)
    if (!following) throw new DomainError('gone', 'directory.following_gone')
    await appendChange(trx, { type: 'unfollow-asked', followingId }, now)
  })
}

/** Lists all that our actors follow or asked to follow, refused and failed ones included, oldest first. */
export async function listFollowings(db: Database): Promise<Following[]> {
  const rows = await db
    .selectFrom('following')
    .selectAll()
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(toFollowing)
}

/** Finds a following by its id; undefined where it was ended. */
export async function findFollowing(db: Database, id: string): Promise<Following | undefined> {
  const row = await db.selectFrom('following').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toFollowing(row)
}

/** Finds what an Accept or Reject answers: what we asked of that actor. */
export async function findFollowingOf(
  db: Database,
  targetUri: string,
): Promise<Following | undefined> {
  const row = await db
    .selectFrom('following')
    .selectAll()
    .where('target_uri', '=', targetUri)
    .executeTakeFirst()
  return row && toFollowing(row)
}

/**
 * Stores that one of our actors asked to follow. Where it already asked the same target, that row becomes a new
 * question, and the answer to the former one is forgotten. Without a target, which means that the address led nowhere,
 * the row is found by its `followId`, and only the error changes.
 */
export async function saveFollowing(
  db: Database,
  following: Omit<Following, 'id' | 'createdAt' | 'reason' | 'isAnswerUnread'>,
  now: Temporal.Instant,
): Promise<void> {
  const asked = { ...following, id: randomUUID(), createdAt: now, reason: undefined }
  const { id, created_at, ...row } = FOLLOWING.toRow(asked)
  await db
    .insertInto('following')
    .values({ id, created_at, ...row })
    .onConflict((oc) =>
      following.targetUri === undefined
        ? oc.column('follow_id').doUpdateSet({ error: row.error })
        : oc
            .columns(['actor', 'target_uri'])
            .where('target_uri', 'is not', null)
            .doUpdateSet({ ...row, answered_at: null }),
    )
    .execute()
}

/**
 * Stores the answer of the followed server and erases the invitation code. The team has yet to be told of the answer by
 * mail.
 */
export async function answerFollowing(
  db: Database,
  { id, state, reason }: Pick<Following, 'id' | 'reason'> & { state: 'accepted' | 'refused' },
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('following')
    .set({
      ...{ state, answered_at: toInstantText(now), invitation: null },
      ...{ reason: orNull(reason), told_at: null },
      ...(state === 'accepted' && { message: null }),
    })
    .where('id', '=', id)
    .execute()
}

/** Notes that an accepted following is asked anew, of a place that may have lost it. It stays accepted meanwhile. */
export async function markAskedAgain(db: Database, id: string): Promise<void> {
  await db.updateTable('following').set({ answered_at: null }).where('id', '=', id).execute()
}

/** Notes the answer to what was asked anew; false where nothing was, so that a repeated answer costs nothing. */
export async function markAnsweredAgain(
  db: Database,
  id: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('following')
    .set({ answered_at: toInstantText(now) })
    .where('id', '=', id)
    .where('answered_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Deletes an invitation code that has arrived, after which the other side alone decides. */
export async function forgetInvitation(db: Database, followId: string): Promise<void> {
  await db
    .updateTable('following')
    .set({ invitation: null })
    .where('follow_id', '=', followId)
    .where('invitation', 'is not', null)
    .execute()
}

/** Deletes the row of a following. The other server is not told; `stopFollowing` appends the change that does so. */
export async function deleteFollowing(db: Database, id: string): Promise<void> {
  await db.deleteFrom('following').where('id', '=', id).execute()
}

/** Deletes the stand-in of a request whose address has led nowhere so far. */
export async function deleteFollowingByFollow(db: Database, followId: string): Promise<void> {
  await db.deleteFrom('following').where('follow_id', '=', followId).execute()
}

/** Counts what one of our actors follows and was accepted by, for its `following` collection. */
export async function countFollowings(db: Database, actor: string): Promise<number> {
  const { total } = await db
    .selectFrom('following')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('actor', '=', actor)
    .where('state', '=', 'accepted')
    .executeTakeFirstOrThrow()
  return total
}

/** Converts a row with all columns of `following`. */
export const toFollowing = (row: Selectable<Schema['following']>): Following => ({
  ...FOLLOWING.fromRow(row),
  isAnswerUnread: row.answered_at !== null && row.told_at === null,
})

/** Notes that the team was told by mail of all answers. */
export async function markAnswersSent(trx: Database, now: Temporal.Instant): Promise<void> {
  await trx
    .updateTable('following')
    .set({ told_at: toInstantText(now) })
    .where('answered_at', 'is not', null)
    .where('told_at', 'is', null)
    .execute()
}
