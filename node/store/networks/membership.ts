import { sql } from 'kysely'
import type { MembershipStatement } from '../../domain/federation/change.ts'
import {
  type MembershipDates,
  membershipState,
  nextStatementAt,
  type Side,
} from '../../domain/structures/network.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { appendChange } from '../queues/changes.ts'
import { findMembership, hasAgreed, MEMBERS_PAGE, type Pair, toMembership } from './members.ts'

/** What one side (structure or network) says about a membership: yes or no. */

const NO_DATES: MembershipDates = {
  structureAt: undefined,
  networkAt: undefined,
  endedAt: undefined,
  endedBy: undefined,
}

export type StatedMembership = Pair & {
  side: Side
  isYes: boolean
  /** The name of the structure, where it is known. */
  structureName?: string | undefined
  offerId?: string | undefined
}

/** Stores the yes or no of one of our sides and the change that tells it, in one transaction. */
export async function saveOwnStatement(
  db: Database,
  said: StatedMembership,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const words = (await findMembership(trx, said)) ?? NO_DATES
    const at = nextStatementAt(words, now)
    const word = decideStatement(words, said)
    await saveStatement(trx, { ...said, at }, now)
    const { networkUri, structureUri, side } = said
    const change = { networkUri, structureUri, side, word, at: toInstantText(at) }
    await appendChange(trx, { type: 'network-said', ...change }, now)
  })
}

/**
 * Decides the type of a statement: a yes or no that answers the other side's offer is `accept` or `reject`; any other
 * is `offer` or `undo`.
 */
function decideStatement(
  words: MembershipDates,
  { side, isYes }: StatedMembership,
): MembershipStatement['word'] {
  const state = membershipState(words)
  const isAnswer = state === (side === 'structure' ? 'invited' : 'asked')
  if (isYes) return isAnswer ? 'accept' : 'offer'
  return isAnswer ? 'reject' : 'undo'
}

/**
 * Stores what one side said at a time, ours or another server's. The latest yes and the latest no of each side are
 * kept, so that the order does not matter, and repeating a statement changes nothing.
 */
export async function saveStatement(
  trx: Database,
  said: StatedMembership & { at: Temporal.Instant },
  now: Temporal.Instant,
): Promise<void> {
  const { networkUri, structureUri, side, isYes } = said
  const at = toInstantText(said.at)
  const before = await findMembership(trx, said)
  const column = side === 'structure' ? 'structure_at' : 'network_at'
  const name = said.structureName ?? ''
  const row = {
    structure_at: null,
    network_at: null,
    ended_at: isYes ? null : at,
    ended_by: isYes ? null : side,
    ...(isYes && { [column]: at }),
  }
  await trx
    .insertInto('network_member')
    .values({
      network_uri: networkUri,
      structure_uri: structureUri,
      structure_name: name,
      offer_id: said.offerId ?? null,
      ...row,
    })
    .onConflict((oc) => oc.columns(['network_uri', 'structure_uri']).doNothing())
    .execute()
  await trx
    .updateTable('network_member')
    .set({
      ...(name !== '' && { structure_name: name }),
      ...(said.offerId !== undefined && { offer_id: said.offerId }),
      ...(isYes
        ? {
            [column]: sql`case when coalesce(${sql.ref(column)}, '') < ${at} then ${at} else ${sql.ref(column)} end`,
          }
        : {
            ended_at: sql<string>`case when coalesce(ended_at, '') < ${at} then ${at} else ended_at end`,
            ended_by: sql<Side>`case when coalesce(ended_at, '') < ${at} then ${side} else ended_by end`,
          }),
    })
    .where('network_uri', '=', networkUri)
    .where('structure_uri', '=', structureUri)
    .execute()
  const after = await findMembership(trx, said)
  if ((before?.state === 'member') !== (after?.state === 'member'))
    await appendChange(trx, { type: 'network-cafes', structureUri, after: '' }, now)
}

/** Stores the id of the Offer, once there is one. */
export async function setOfferId(
  trx: Database,
  { networkUri, structureUri }: Pair,
  offerId: string,
): Promise<void> {
  await trx
    .updateTable('network_member')
    .set({ offer_id: offerId })
    .where('network_uri', '=', networkUri)
    .where('structure_uri', '=', structureUri)
    .execute()
}

/**
 * Ends some of the memberships of a network that has ended, and tells the members when it is ours.
 * @returns How many were ended.
 */
export async function endSomeMemberships(
  trx: Database,
  { networkUri, isAnnounced }: { networkUri: string; isAnnounced: boolean },
  now: Temporal.Instant,
): Promise<number> {
  const rows = await trx
    .selectFrom('network_member')
    .selectAll()
    .where('network_uri', '=', networkUri)
    .where(sql<boolean>`(${hasAgreed('structure_at')} or ${hasAgreed('network_at')})`)
    .limit(MEMBERS_PAGE)
    .execute()
  for (const membership of rows.map(toMembership)) {
    const { structureUri } = membership
    const said = { networkUri, structureUri, side: 'network', isYes: false } as const
    if (isAnnounced) await saveOwnStatement(trx, said, now)
    else await saveStatement(trx, { ...said, at: nextStatementAt(membership, now) }, now)
  }
  return rows.length
}
