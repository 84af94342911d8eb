import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { handleOf } from '../../domain/structures/structure.ts'
import type { Address } from '../../domain/structures/structure-profile.ts'
import { isKind, type Kind } from '../../domain/values/structure-kinds.ts'
import { codesOfCommune, codesOfEpci } from '../../geo/epci-communes.ts'
import type { Territory } from '../../geo/territories.ts'
import {
  endsAtSeconds,
  fromInstantText,
  orUndefined,
  takesPlace,
  toAddress,
  toSeconds,
} from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { isListedPeer, isTrusted } from '../directory/trusted.ts'
import type { AddressColumns } from '../schema/address.ts'
import type { Schema } from '../schema.ts'
import { searchWords } from '../search-index/fold-words.ts'

/** A structure that announces cafés, as the directory shows it, whether it is ours or a peer's. */
export type Structure = {
  /** The last segment of its page here. */
  id: string
  /** The URI of its actor, which its cafés name as organizer. */
  uri: string
  name: string
  /** The address of its own site. */
  url: string
  /** Its handle, e.g. `@cafes@mediatheque.example`. */
  handle: string | undefined
  kind: Kind | undefined
  /** The address that it gave; until it gives one, that of its last café. */
  address: Address | undefined
  website: string | undefined
  peerId: string | undefined
  /** When it last announced or changed something. */
  lastWordAt: Temporal.Instant
}

export type ListedStructure = Structure & { toCome: number; held: number }

export type StructureQuery = {
  /** All of these words must be prefixes of words of the name. */
  words?: string | undefined
  kinds?: readonly Kind[] | undefined
  territory?: Territory | undefined
  /** The URI of a network, whose members are listed. */
  network?: string | undefined
}

type Structures = SelectQueryBuilder<
  Schema & { own: Schema['organization'] },
  'structure' | 'own',
  object
>

/**
 * Selects our structures, whose profiles are joined, and those of servers that are meant: by default those that are
 * listed.
 */
function selectStructures(
  db: Database,
  query: StructureQuery,
  isMeant: RawBuilder<boolean> = isListedPeer,
): Structures {
  let structures: Structures = db
    .selectFrom('structure')
    .leftJoin('organization as own', 'own.id', 'structure.organization_id')
    .where(
      sql<boolean>`(structure.peer_id is null or structure.peer_id in (select peer.id from peer where ${isMeant}))`,
    )
    .where(isShownStructure) as Structures
  for (const word of searchWords(query.words ?? '')) structures = structures.where(hasWord(word))
  if (query.kinds)
    structures = structures.where((eb) =>
      eb(eb.fn.coalesce('structure.kind', 'own.kind'), 'in', [...(query.kinds ?? []), '']),
    )
  if (query.network !== undefined)
    structures = structures.where('structure.uri', 'in', (eb) =>
      eb
        .selectFrom('agreement')
        .select('agreement.subject_uri')
        .where('agreement.kind', '=', 'member-of')
        .where('agreement.object_uri', '=', query.network ?? '')
        .where('agreement.active', '=', 1),
    )
  return query.territory ? within(structures, query.territory) : structures
}

/** The condition that a structure is not hidden here. */
export const isShownStructure = sql<boolean>`not exists (
  select 1 from hidden_object where hidden_object.uri = structure.uri)`

const hasWord = (word: string) => sql<boolean>`instr(structure.search_text, ${` ${word}`}) > 0`

function within(structures: Structures, territory: Territory): Structures {
  switch (territory.kind) {
    case 'region':
      return structures.where(place('region'), '=', territory.region.code)
    case 'departement':
      return structures.where(place('departement'), '=', territory.departement.code)
    case 'epci':
      return structures.where(place('code_insee'), 'in', ['', ...codesOfEpci(territory.epci.code)])
    case 'commune':
      return structures.where(
        place('code_insee'),
        'in',
        codesOfCommune(territory.commune.codeInsee),
      )
  }
}

const place = (column: 'region' | 'departement' | 'code_insee') =>
  sql<string>`coalesce(${sql.ref(`own.${column}`)}, ${sql.ref(`structure.${column}`)})`

const COLUMNS = [
  'structure.uri',
  'structure.id',
  'structure.name',
  'structure.url',
  'structure.username',
  'structure.street_address',
  'structure.postal_code',
  'structure.commune',
  'structure.code_insee',
  'structure.departement',
  'structure.region',
  'structure.peer_id',
  'structure.last_word_at',
  'structure.search_text',
  'own.street_address as own_street_address',
  'own.postal_code as own_postal_code',
  'own.commune as own_commune',
  'own.code_insee as own_code_insee',
  'own.departement as own_departement',
  'own.region as own_region',
] as const

const selectColumns = (structures: Structures) =>
  structures
    .select(COLUMNS)
    .select((eb) => [
      eb.fn.coalesce('own.kind', 'structure.kind').as('kind'),
      eb.fn.coalesce('own.website', 'structure.website').as('website'),
    ])

type Row = Awaited<ReturnType<ReturnType<typeof selectColumns>['execute']>>[number]

/** Lists structures by name; `next` is where the following page begins. */
export async function listStructures(
  db: Database,
  {
    now,
    limit,
    after,
    ...query
  }: StructureQuery & { now: Temporal.Instant; limit: number; after?: string | undefined },
): Promise<{ items: ListedStructure[]; next: string | undefined }> {
  const last = after === undefined ? undefined : await findCursor(db, after)
  const rows = await selectColumns(selectStructures(db, query))
    .$if(last !== undefined, (qb) =>
      qb.where((eb) =>
        eb(
          eb.refTuple('structure.search_text', 'structure.uri'),
          '>',
          eb.tuple(last?.search_text ?? '', last?.uri ?? ''),
        ),
      ),
    )
    .orderBy('structure.search_text')
    .orderBy('structure.uri')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit)
  const counts = await countCafesOf(
    db,
    items.map(({ uri }) => uri),
    now,
  )
  return {
    items: items.map((row) => ({
      ...toStructure(row),
      ...(counts.get(row.uri) ?? { toCome: 0, held: 0 }),
    })),
    next: rows.length > limit ? items.at(-1)?.id : undefined,
  }
}

type CafeCounts = Pick<ListedStructure, 'toCome' | 'held'>

/**
 * Counts the cafés of the structures of one page. In the query that sorts all structures, the database would count the
 * cafés of each of them.
 */
async function countCafesOf(
  db: Database,
  uris: readonly string[],
  now: Temporal.Instant,
): Promise<Map<string, CafeCounts>> {
  const at = toSeconds(now)
  const count = (comparison: '>' | '<=', condition: RawBuilder<boolean>) => sql<number>`(
    select count(*) from cafe where cafe.organizer_uri = structure.uri
      and ${endsAtSeconds} ${sql.raw(comparison)} ${at} and ${condition}
      and cafe.publication = 'published' and cafe.hidden_reason is null and cafe.open_to = 'public')`
  const rows = await db
    .selectFrom('structure')
    .select([
      'uri',
      count('>', sql`cafe.status <> 'cancelled'`).as('to_come'),
      count('<=', takesPlace).as('held'),
    ])
    .where('uri', 'in', ['', ...uris])
    .execute()
  return new Map(
    rows.map(({ uri, to_come, held }) => [uri, { toCome: Number(to_come), held: Number(held) }]),
  )
}

/** Selects the ids of the peers with a structure in the territory, whether their word counts or not. */
export const selectPeersWithin = (db: Database, territory: Territory) =>
  within(
    db
      .selectFrom('structure')
      .leftJoin('organization as own', 'own.id', 'structure.organization_id')
      .where('structure.peer_id', 'is not', null) as Structures,
    territory,
  )
    .select('structure.peer_id')
    .distinct()

/** Lists the same. */
export async function listPeerIdsWithin(db: Database, territory: Territory): Promise<Set<string>> {
  const rows = await selectPeersWithin(db, territory).execute()
  return new Set(rows.map(({ peer_id }) => peer_id ?? ''))
}

const findCursor = (db: Database, id: string) =>
  db
    .selectFrom('structure')
    .select(['search_text', 'uri'])
    .where('id', '=', id)
    .orderBy('uri')
    .executeTakeFirst()

/** Counts the structures, ours and received, that fit the query. */
export async function countStructures(db: Database, query: StructureQuery): Promise<number> {
  const { total } = await selectStructures(db, query)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/**
 * Finds a structure, ours or received, by its id or by its address; undefined where there is none. Of several with one
 * address the first is returned.
 */
export async function findStructure(
  db: Database,
  key: { id: string } | { uri: string },
): Promise<Structure | undefined> {
  const row = await selectColumns(selectStructures(db, {}, isTrusted))
    .$if('id' in key, (qb) => qb.where('structure.id', '=', 'id' in key ? key.id : ''))
    .$if('uri' in key, (qb) => qb.where('structure.uri', '=', 'uri' in key ? key.uri : ''))
    .orderBy('structure.uri')
    .executeTakeFirst()
  return row && toStructure(row)
}

/** Counts the structures by the INSEE code of their commune, without those whose town is not known. */
export async function countStructuresByCommune(
  db: Database,
  query: StructureQuery,
): Promise<Map<string, number>> {
  const rows = await selectStructures(db, query)
    .select([place('code_insee').as('code_insee'), sql<number>`count(*)`.as('total')])
    .where(place('code_insee'), 'is not', null)
    .groupBy(place('code_insee'))
    .execute()
  return new Map(rows.map(({ code_insee, total }) => [code_insee, Number(total)]))
}

/** Lists the kinds that exist, to choose from. */
export async function listKindsInUse(db: Database): Promise<Kind[]> {
  const rows = await selectStructures(db, {})
    .select((eb) => eb.fn.coalesce('own.kind', 'structure.kind').as('kind'))
    .distinct()
    .execute()
  return rows.flatMap(({ kind }) => (kind !== null && isKind(kind) ? [kind] : []))
}

const toStructure = (row: Row): Structure => ({
  id: row.id,
  uri: row.uri,
  name: row.name,
  url: row.url,
  handle: handleOf(row.uri, orUndefined(row.username)),
  kind: row.kind !== null && isKind(row.kind) ? row.kind : undefined,
  address: row.own_commune === null ? toAddress(row) : toAddress(ownPlaceOf(row)),
  website: orUndefined(row.website),
  peerId: orUndefined(row.peer_id),
  lastWordAt: fromInstantText(row.last_word_at),
})

const ownPlaceOf = (row: Row): AddressColumns => ({
  street_address: row.own_street_address,
  postal_code: row.own_postal_code,
  commune: row.own_commune,
  code_insee: row.own_code_insee,
  departement: row.own_departement,
  region: row.own_region,
})
