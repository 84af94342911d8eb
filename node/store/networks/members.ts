import { type RawBuilder, type Selectable, sql } from 'kysely'
import {
  type MembershipDates,
  type MembershipState,
  membershipState,
} from '../../domain/structures/network.ts'
import { instantOrUndefined, orUndefined } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { quotaDomainOf } from '../database/quota-domain.ts'
import type { Schema } from '../schema.ts'

/** Which structure belongs to which network: one row for each pair, with what each side said last. */

export type Membership = MembershipDates & {
  networkUri: string
  structureUri: string
  structureName: string
  /** The id of the Offer with which it began. */
  offerId: string | undefined
  state: MembershipState
}

/** Number of members that one transaction handles. */
export const MEMBERS_PAGE = 200

export type Pair = { networkUri: string; structureUri: string }

/** Finds what a structure is to a network, ended memberships included; undefined where neither side ever asked. */
export async function findMembership(
  db: Database,
  { networkUri, structureUri }: Pair,
): Promise<Membership | undefined> {
  const row = await db
    .selectFrom('network_member')
    .selectAll()
    .where('network_uri', '=', networkUri)
    .where('structure_uri', '=', structureUri)
    .executeTakeFirst()
  return row && toMembership(row)
}

/** Lists the networks of a structure, and those with which something is still open. */
export async function listMembershipsOf(db: Database, structureUri: string): Promise<Membership[]> {
  const rows = await db
    .selectFrom('network_member')
    .selectAll()
    .where('structure_uri', '=', structureUri)
    .orderBy('network_uri')
    .execute()
  return rows.map(toMembership)
}

/** Lists the memberships of a network in one state, in the order of the structures' addresses, a page at a time. */
export async function listMemberships(
  db: Database,
  networkUri: string,
  {
    state,
    after = '',
    limit = 100,
  }: { state: MembershipState; after?: string | undefined; limit?: number },
): Promise<{ items: Membership[]; next: string | undefined }> {
  const rows = await db
    .selectFrom('network_member')
    .selectAll()
    .where('network_uri', '=', networkUri)
    .where('structure_uri', '>', after)
    .where(inState[state])
    .orderBy('structure_uri')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit).map(toMembership)
  return { items, next: rows.length > limit ? items.at(-1)?.structureUri : undefined }
}

/**
 * Returns the condition that this side's last agreement is later than the last end of the membership. Instants compare
 * as texts, and a missing one counts as the earliest.
 */
export const hasAgreed = (column: 'structure_at' | 'network_at') =>
  sql<boolean>`coalesce(network_member.${sql.ref(column)}, '') > coalesce(network_member.ended_at, '')`

/** The conditions of the states, as `membershipState` decides them. */
const inState: Record<MembershipState, RawBuilder<boolean>> = {
  member: sql<boolean>`active = 1`,
  asked: sql<boolean>`active = 0 and ${hasAgreed('structure_at')}`,
  invited: sql<boolean>`active = 0 and ${hasAgreed('network_at')}`,
  ended: sql<boolean>`not ${hasAgreed('structure_at')} and not ${hasAgreed('network_at')}`,
}

/** Counts the structures that are in this state at a network. */
export async function countMemberships(
  db: Database,
  { networkUri, state }: { networkUri: string; state: MembershipState },
): Promise<number> {
  const { total } = await db
    .selectFrom('network_member')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('network_uri', '=', networkUri)
    .where(inState[state])
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Counts what a structure is asked to answer: requests to join its own networks, and invitations that it was sent. */
export async function countAwaited(
  db: Database,
  { organizationId, structureUri }: { organizationId: string; structureUri: string },
): Promise<number> {
  const own = db
    .selectFrom('network')
    .select('uri')
    .where('organization_id', '=', organizationId)
    .where('ended_at', 'is', null)
  const { total } = await db
    .selectFrom('network_member')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where((eb) =>
      eb.or([
        eb.and([eb('network_uri', 'in', own), inState.asked]),
        eb.and([eb('structure_uri', '=', structureUri), inState.invited]),
      ]),
    )
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Counts, for a network or a structure, the others with which one side has said yes and the other nothing yet. */
export async function countPending(db: Database, pair: Partial<Pair>): Promise<number> {
  const { total } = await selectPending(db, pair)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** Counts those among them whose other side is of the registrable domain of `host`. */
export async function countPendingFrom(
  db: Database,
  pair: Partial<Pair>,
  host: string,
): Promise<number> {
  const domain = quotaDomainOf(host)
  const other = pair.networkUri === undefined ? 'network_uri' : 'structure_uri'
  const rows = await selectPending(db, pair)
    .select(`${other} as uri`)
    .where(other, 'like', `%${domain}/%`)
    .execute()
  return rows.filter(({ uri }) => quotaDomainOf(new URL(uri).host) === domain).length
}

const selectPending = (db: Database, pair: Partial<Pair>) =>
  db
    .selectFrom('network_member')
    .where('active', '=', 0)
    .where(sql<boolean>`(${hasAgreed('structure_at')} or ${hasAgreed('network_at')})`)
    .$if(pair.networkUri !== undefined, (qb) => qb.where('network_uri', '=', pair.networkUri ?? ''))
    .$if(pair.structureUri !== undefined, (qb) =>
      qb.where('structure_uri', '=', pair.structureUri ?? ''),
    )

/** Converts a row; the state is derived from its instants. */
export const toMembership = (row: Selectable<Schema['network_member']>): Membership => {
  const words = {
    structureAt: instantOrUndefined(row.structure_at),
    networkAt: instantOrUndefined(row.network_at),
    endedAt: instantOrUndefined(row.ended_at),
    endedBy: orUndefined(row.ended_by),
  }
  return {
    ...words,
    networkUri: row.network_uri,
    structureUri: row.structure_uri,
    structureName: row.structure_name,
    offerId: orUndefined(row.offer_id),
    state: membershipState(words),
  }
}
