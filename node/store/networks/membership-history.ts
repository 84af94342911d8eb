import { sql } from 'kysely'
import type { MembershipStatement } from '../../domain/federation/change.ts'
import type { Side } from '../../domain/structures/network.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { hasAgreed, MEMBERS_PAGE, type Membership, type Pair, toMembership } from './members.ts'

/**
 * What our structure and networks have said about memberships, so that it can be repeated, and the servers of the other
 * sides.
 */

/**
 * Lists the statements of our networks and our structure that still hold, a page at a time; `next` is where to go on.
 */
export async function listSomeStatementsOf(
  db: Database,
  { structureUri, after }: { structureUri: string; after: Pair | undefined },
): Promise<{ words: MembershipStatement[]; next: Pair | undefined }> {
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
    const said = (side: Side, at: Temporal.Instant | undefined): MembershipStatement[] => {
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

/** Selects the statements of our structure or of our networks; with an origin, only those about that server. */
export type StatementQuery = { structureUri?: string; with?: string }

export type LastStatement = {
  word: Pick<MembershipStatement, 'side' | 'structureUri' | 'word' | 'at'>
  membership: Membership
}

/**
 * Lists the last yes and the last no that one of our sides has said, whether or not they still count, some at a time.
 */
export async function listLastStatements(
  db: Database,
  {
    spoken,
    after,
    limit,
  }: { spoken: StatementQuery; after: [string, string] | undefined; limit: number },
): Promise<{ words: LastStatement[]; total: number; next: [string, string] | undefined }> {
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
    words: rows.map(toMembership).flatMap((membership) => lastStatementsOf(membership, side)),
    total: Number(total),
    next: last && [last.network_uri, last.structure_uri],
  }
}

function lastStatementsOf(membership: Membership, side: Side): LastStatement[] {
  const yes = side === 'structure' ? membership.structureAt : membership.networkAt
  const no = membership.endedBy === side ? membership.endedAt : undefined
  const said = (word: MembershipStatement['word'], at: Temporal.Instant): LastStatement => ({
    word: { side, structureUri: membership.structureUri, word, at: toInstantText(at) },
    membership,
  })
  return [...(yes ? [said('accept', yes)] : []), ...(no ? [said('undo', no)] : [])]
}

/**
 * Lists the actors that speak for the other sides of our memberships: for networks that we know, and for the structures
 * to which one of ours has said yes. A structure that has only asked is not read.
 */
export async function listOtherSenders(db: Database, origin: string): Promise<string[]> {
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
    .where(hasAgreed('network_at'))
    .execute()
  const uris = [...networks, ...structures].map(({ uri }) => uri)
  return [...new Set(uris)].filter((uri) => !uri.startsWith(`${origin}/`))
}
