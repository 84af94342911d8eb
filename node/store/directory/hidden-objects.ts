import { sql } from 'kysely'
import type { Author } from '../../domain/cafes/edit.ts'
import { urisOfFacilitatorPage } from '../../domain/facilitators/facilitator-page.ts'
import {
  type HiddenKind,
  type HiddenObject,
  readPart,
  toPartAddress,
} from '../../domain/federation/hidden-object.ts'
import type { Peer } from '../../domain/federation/peer.ts'
import { chainOf } from '../../geo/territory-chain.ts'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isTextAmong, type ListParameter, toListParameter } from '../database/dialect.ts'
import { prepare } from '../database/prepared.ts'
import { findPeer } from './peers.ts'

/** What this directory hides of what others publish; `decide-shown.ts` of the referents hides it and shows it again. */

type Hidden = { kind: HiddenKind; uri: string }

/**
 * Notes that something is hidden here, under the mandate for this territory or by the team; a second time the reason and
 * who hides it change.
 */
export async function insertHidden(
  trx: Database,
  { kind, uri, reason, territory }: Hidden & { reason: string; territory: string | undefined },
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .insertInto('hidden_object')
    .values({ kind, uri, reason, at: toInstantText(now), territory: territory ?? null })
    .onConflict((oc) => oc.column('uri').doUpdateSet({ reason, territory: territory ?? null }))
    .execute()
}

/** Notes that it is shown again. */
export async function deleteHidden(trx: Database, uri: string): Promise<void> {
  await trx.deleteFrom('hidden_object').where('uri', '=', uri).execute()
}

/**
 * Returns whether what has this address is hidden here by somebody whose word this author cannot change. The team changes
 * everybody's, a referent that of referents of the same territory or of one inside it.
 */
export async function isHiddenAbove(db: Database, uri: string, author: Author): Promise<boolean> {
  const row = await db
    .selectFrom('hidden_object')
    .select('territory')
    .where('uri', '=', uri)
    .executeTakeFirst()
  return row !== undefined && isAbove(row.territory, author)
}

/** Returns whether what was hidden under this territory, or by the team (null), is not this author's to show again. */
export const isAbove = (hiddenUnder: string | null, { kind, territory }: Author): boolean =>
  kind === 'referent' && !chainOf(hiddenUnder ?? '').some(({ code }) => code === territory)

/** Returns whether something with one of these addresses is hidden here. */
export async function isHiddenHere(db: Database, ...uris: readonly string[]): Promise<boolean> {
  const { rows } = await selectHiddenAmong(db, { uris: toListParameter(db, uris) })
  return rows.length > 0
}

const selectHiddenAmong = prepare((db, { uris }: { uris: ListParameter }) =>
  db
    .selectFrom('hidden_object')
    .select('uri')
    .where(isTextAmong(db, sql.ref('uri'), uris)),
)

/** Lists what is hidden here, the latest first, without profiles that were erased. */
export async function listHidden(db: Database, limit: number): Promise<HiddenObject[]> {
  const rows = await db
    .selectFrom('hidden_object as hidden')
    .leftJoin('cafe', 'cafe.uri', 'hidden.uri')
    .leftJoin('facilitator', 'facilitator.uri', 'hidden.uri')
    .leftJoin('structure', 'structure.uri', 'hidden.uri')
    .leftJoin('resource', 'resource.uri', 'hidden.uri')
    .select((eb) => [
      ...(['hidden.kind', 'hidden.uri', 'hidden.reason', 'hidden.at'] as const),
      eb.fn
        .coalesce(
          'cafe.title',
          'facilitator.name',
          'structure.name',
          'resource.title',
          'hidden.uri',
        )
        .as('name'),
    ])
    .where('hidden.uri', 'like', 'http%://%')
    .orderBy('hidden.at', 'desc')
    .orderBy('hidden.uri')
    .limit(limit)
    .execute()
  return rows.map(({ at, ...row }) => ({
    ...row,
    host: new URL(row.uri).host,
    at: fromInstantText(at),
  }))
}

/**
 * Finds a café, a profile, a structure or a resource of another server by the address of its page here or at its own
 * server, or by its id; a report or a question by that of its café with a fragment, also once it is gone.
 */
export async function findHideable(
  db: Database,
  { address, origin }: { address: string; origin: string },
): Promise<(Hidden & { name: string; peer: Peer | undefined }) | undefined> {
  if (!URL.canParse(address)) return undefined
  const part = readPart(address)
  if (part) {
    const cafe = await findHideable(db, { address: part.of, origin })
    if (cafe?.kind !== 'cafe') return undefined
    return { ...cafe, kind: part.kind, uri: toPartAddress(cafe.uri, part.part) }
  }
  const page = new URL(address)
  const id = page.origin === origin ? readSegment(page.pathname.split('/')[2] ?? '') : ''
  const people = [address, ...urisOfFacilitatorPage(id)]
  const cafe = await db
    .selectFrom('cafe')
    .select(['uri', 'title as name', 'peer_id'])
    .where('peer_id', 'is not', null)
    .where((eb) => eb.or([eb('uri', '=', address), eb('id', '=', id)]))
    .executeTakeFirst()
  const facilitator = await db
    .selectFrom('facilitator')
    .select(['uri', 'name', 'peer_id'])
    .where('peer_id', 'is not', null)
    .where('uri', 'in', people)
    .executeTakeFirst()
  const structure = await db
    .selectFrom('structure')
    .select(['uri', 'name', 'peer_id'])
    .where('peer_id', 'is not', null)
    .where((eb) => eb.or([eb('uri', '=', address), eb('id', '=', id)]))
    .executeTakeFirst()
  const resource = await db
    .selectFrom('resource')
    .select(['uri', 'title as name', 'peer_id'])
    .where('peer_id', 'is not', null)
    .where((eb) => eb.or([eb('uri', '=', address), eb('slug', '=', id)]))
    .executeTakeFirst()
  const rows = { cafe, facilitator, structure, resource }
  for (const kind of ['cafe', 'facilitator', 'structure', 'resource'] as const) {
    const row = rows[kind]
    if (!row) continue
    return { kind, uri: row.uri, name: row.name, peer: await findPeer(db, row.peer_id ?? '') }
  }
  return undefined
}

/** Decodes a segment of the path of an address; one that is badly encoded stays as it is. */
export function readSegment(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
