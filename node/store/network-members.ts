import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { NetworkWord } from '../domain/change.ts'
import {
  type MembershipState,
  type MembershipWords,
  membershipState,
  nextWordAt,
  type Side,
} from '../domain/network.ts'
import { appendChange } from './changes.ts'
import { instantOrUndefined, orUndefined, toInstantText } from './columns.ts'
import { type Database, inTransaction } from './database.ts'
import type { Schema } from './schema.ts'

/** Which structure belongs to which network: a row per pair, with what each side last said. */

export type Membership = MembershipWords & {
  networkUri: string
  structureUri: string
  structureName: string
  /** Of the Offer that it began with. */
  offerId: string | undefined
  state: MembershipState
}

/** As many as one transaction takes up. */
export const MEMBERS_PAGE = 200

type Pair = { networkUri: string; structureUri: string }

const NO_WORDS: MembershipWords = {
  structureAt: undefined,
  networkAt: undefined,
  endedAt: undefined,
  endedBy: undefined,
}

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

/** The networks of a structure, and those with which it still has something to settle. */
export async function listMembershipsOf(db: Database, structureUri: string): Promise<Membership[]> {
  const rows = await db
    .selectFrom('network_member')
    .selectAll()
    .where('structure_uri', '=', structureUri)
    .orderBy('network_uri')
    .execute()
  return rows.map(toMembership)
}

/** Of a network and in one state, in the order of the structures' addresses, a page at a time. */
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

const saysYes = (column: 'structure_at' | 'network_at') =>
  sql<boolean>`coalesce(${sql.ref(column)}, '') > coalesce(ended_at, '')`

/** As `membershipState` decides. */
const inState: Record<MembershipState, RawBuilder<boolean>> = {
  member: sql<boolean>`active = 1`,
  asked: sql<boolean>`active = 0 and ${saysYes('structure_at')}`,
  invited: sql<boolean>`active = 0 and ${saysYes('network_at')}`,
  ended: sql<boolean>`not ${saysYes('structure_at')} and not ${saysYes('network_at')}`,
}

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

export async function countPending(db: Database, pair: Partial<Pair>): Promise<number> {
  const { total } = await db
    .selectFrom('network_member')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('active', '=', 0)
    .where(sql<boolean>`(${saysYes('structure_at')} or ${saysYes('network_at')})`)
    .$if(pair.networkUri !== undefined, (qb) => qb.where('network_uri', '=', pair.networkUri ?? ''))
    .$if(pair.structureUri !== undefined, (qb) =>
      qb.where('structure_uri', '=', pair.structureUri ?? ''),
    )
    .executeTakeFirstOrThrow()
  return Number(total)
}

export type Said = Pair & {
  side: Side
  isYes: boolean
  /** How the structure is called, where it is known. */
  structureName?: string | undefined
  offerId?: string | undefined
}

/** One of ours says yes or no: kept, and to be told, in one transaction. */
export async function sayMembership(
  db: Database,
  said: Said,
  now: Temporal.Instant,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const words = (await findMembership(trx, said)) ?? NO_WORDS
    const at = nextWordAt(words, now)
    const word = wordFor(words, said)
    await keepWord(trx, { ...said, at }, now)
    const { networkUri, structureUri, side } = said
    const change = { networkUri, structureUri, side, word, at: toInstantText(at) }
    await appendChange(trx, { type: 'network-said', ...change }, now)
  })
}

/** Who is the first to say yes offers, the other accepts; who ends what was, or what it offered itself, undoes it. */
function wordFor(words: MembershipWords, { side, isYes }: Said): NetworkWord['word'] {
  const state = membershipState(words)
  const isAnswer = state === (side === 'structure' ? 'invited' : 'asked')
  if (isYes) return isAnswer ? 'accept' : 'offer'
  return isAnswer ? 'reject' : 'undo'
}

/**
 * What one side said at a time, ours or heard. Of each kind the latest is kept, so that order does not matter and twice
 * changes nothing.
 */
export async function keepWord(
  trx: Database,
  said: Said & { at: Temporal.Instant },
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

/** The offer's address, once it has one. */
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

/** Ends some of those that are left of a network that has ended, and tells them when it is ours; how many there were. */
export async function endSomeMemberships(
  trx: Database,
  { networkUri, isTold }: { networkUri: string; isTold: boolean },
  now: Temporal.Instant,
): Promise<number> {
  const rows = await trx
    .selectFrom('network_member')
    .selectAll()
    .where('network_uri', '=', networkUri)
    .where(sql<boolean>`(${saysYes('structure_at')} or ${saysYes('network_at')})`)
    .limit(MEMBERS_PAGE)
    .execute()
  for (const membership of rows.map(toMembership)) {
    const { structureUri } = membership
    const said = { networkUri, structureUri, side: 'network', isYes: false } as const
    if (isTold) await sayMembership(trx, said, now)
    else await keepWord(trx, { ...said, at: nextWordAt(membership, now) }, now)
  }
  return rows.length
}

/** What we said and still say: of our networks, and for our structure. Some at a time, `next` is where to go on. */
export async function listSomeWordsOf(
  db: Database,
  { structureUri, after }: { structureUri: string; after: Pair | undefined },
): Promise<{ words: NetworkWord[]; next: Pair | undefined }> {
  const rows = await db
    .selectFrom('network_member')
    .leftJoin('network', 'network.uri', 'network_member.network_uri')
    .selectAll('network_member')
    .select(sql<number>`network.organization_id is not null`.as('is_own_network'))
    .where((eb) =>
      eb.or([
        eb('network_member.structure_uri', '=', structureUri),
        eb('network.organization_id', 'is not', null),
      ]),
    )
    .$if(after !== undefined, (qb) =>
      qb.where((eb) =>
        eb(
          eb.refTuple('network_member.network_uri', 'network_member.structure_uri'),
          '>',
          eb.tuple(after?.networkUri ?? '', after?.structureUri ?? ''),
        ),
      ),
    )
    .orderBy('network_member.network_uri')
    .orderBy('network_member.structure_uri')
    .limit(MEMBERS_PAGE)
    .execute()
  const words = rows.flatMap((row) => {
    const membership = toMembership(row)
    const { networkUri, state } = membership
    const said = (side: Side, at: Temporal.Instant | undefined): NetworkWord[] => {
      const isSaid = state === 'member' || state === (side === 'structure' ? 'asked' : 'invited')
      if (!at || !isSaid) return []
      const word = state === 'member' ? 'accept' : 'offer'
      const pair = { networkUri, structureUri: membership.structureUri }
      return [{ ...pair, side, word, at: toInstantText(at) }]
    }
    return [
      ...(row.is_own_network ? said('network', membership.networkAt) : []),
      ...(membership.structureUri === structureUri
        ? said('structure', membership.structureAt)
        : []),
    ]
  })
  const last = rows.length === MEMBERS_PAGE ? rows.at(-1) : undefined
  return {
    words,
    next: last && { networkUri: last.network_uri, structureUri: last.structure_uri },
  }
}

/** Whose words: our structure's, or else those for our networks; with one other server only, when its origin is given. */
export type Spoken = { structureUri?: string; with?: string }

export type LastWord = {
  word: Pick<NetworkWord, 'side' | 'structureUri' | 'word' | 'at'>
  membership: Membership
}

/** The last yes and the last no that one of our sides has said, whether or not they still count; some at a time. */
export async function listLastWords(
  db: Database,
  { spoken, after, limit }: { spoken: Spoken; after: [string, string] | undefined; limit: number },
): Promise<{ words: LastWord[]; total: number; next: [string, string] | undefined }> {
  const side: Side = spoken.structureUri === undefined ? 'network' : 'structure'
  const root = `${spoken.with}/`
  const spokenRows = db
    .selectFrom('network_member')
    .innerJoin('network', 'network.uri', 'network_member.network_uri')
    .$if(side === 'structure', (qb) =>
      qb.where('network_member.structure_uri', '=', spoken.structureUri ?? ''),
    )
    .$if(side === 'network', (qb) => qb.where('network.organization_id', 'is not', null))
    .$if(spoken.with !== undefined, (qb) =>
      qb.where(
        sql<boolean>`substr(${sql.ref(side === 'structure' ? 'network_member.network_uri' : 'network_member.structure_uri')}, 1, ${sql.lit(root.length)}) = ${root}`,
      ),
    )
  const { total } = await spokenRows
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await spokenRows
    .selectAll('network_member')
    .$if(after !== undefined, (qb) =>
      qb.where((eb) =>
        eb(
          eb.refTuple('network_member.network_uri', 'network_member.structure_uri'),
          '>',
          eb.tuple(after?.[0] ?? '', after?.[1] ?? ''),
        ),
      ),
    )
    .orderBy('network_member.network_uri')
    .orderBy('network_member.structure_uri')
    .limit(limit)
    .execute()
  const last = rows.length === limit ? rows.at(-1) : undefined
  return {
    words: rows.map(toMembership).flatMap((membership) => lastWordsOf(membership, side)),
    total: Number(total),
    next: last && [last.network_uri, last.structure_uri],
  }
}

function lastWordsOf(membership: Membership, side: Side): LastWord[] {
  const yes = side === 'structure' ? membership.structureAt : membership.networkAt
  const no = membership.endedBy === side ? membership.endedAt : undefined
  const said = (word: NetworkWord['word'], at: Temporal.Instant): LastWord => ({
    word: { side, structureUri: membership.structureUri, word, at: toInstantText(at) },
    membership,
  })
  return [...(yes ? [said('accept', yes)] : []), ...(no ? [said('undo', no)] : [])]
}

/** Who speaks for the other side of what is between others and us: for networks that we know, and structures of ours. */
export async function listOtherSpeakers(db: Database, origin: string): Promise<string[]> {
  const networks = await db
    .selectFrom('network')
    .select('actor_uri as uri')
    .distinct()
    .where('peer_id', 'is not', null)
    .where('ended_at', 'is', null)
    .execute()
  const structures = await db
    .selectFrom('network_member')
    .innerJoin('network', 'network.uri', 'network_member.network_uri')
    .select('network_member.structure_uri as uri')
    .distinct()
    .where('network.organization_id', 'is not', null)
    .execute()
  const uris = [...networks, ...structures].map(({ uri }) => uri)
  return [...new Set(uris)].filter((uri) => !uri.startsWith(`${origin}/`))
}

const toMembership = (row: Selectable<Schema['network_member']>): Membership => {
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
