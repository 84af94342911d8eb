import { type Insertable, sql } from 'kysely'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { isWholeServer, type Peer } from '../../domain/federation/peer.ts'
import { structureIdOf } from '../../domain/structures/structure.ts'
import type { Address } from '../../domain/structures/structure-profile.ts'
import type { Kind } from '../../domain/values/structure-kinds.ts'
import { placeVenue } from '../../geo/venue.ts'
import { orNull, toAddressColumns, toInstantText } from '../database/columns.ts'
import { askOnce, type Database } from '../database/database.ts'
import { prepare } from '../database/prepared.ts'
import type { Schema } from '../schema.ts'
import { foldWords } from '../search-index/fold-words.ts'
import { reindexCafesOf } from '../search-index/write-cafes.ts'

/** Saves the structure that announces a café, in the transaction that saves the café. The latest revision counts. */
export async function saveOrganizer(
  trx: Database,
  cafe: Pick<Cafe, 'organizer' | 'peerId' | 'organizationId' | 'venue' | 'updatedAt'>,
): Promise<void> {
  const { organizer, venue } = cafe
  if (!URL.canParse(organizer.uri) || organizer.name.trim() === '') return
  const place = {
    postal_code: orNull(venue?.postalCode),
    commune: orNull(venue?.commune || undefined),
    code_insee: orNull(venue?.codeInsee),
    departement: orNull(venue?.departement),
    region: orNull(venue?.region),
  }
  const [confirm, upsert] = venue?.commune ? WITH_PLACE : WITHOUT_PLACE
  const row = {
    uri: organizer.uri,
    id: structureIdOf(organizer.uri),
    peer_id: orNull(cafe.peerId),
    organization_id: orNull(cafe.organizationId),
    ...nameColumns(organizer.name),
    url: organizer.url,
    last_word_at: toInstantText(cafe.updatedAt),
    ...place,
  }
  const save = async () => {
    // Most say of themselves what they said before; then the indexes of their names are left as they are.
    if ((await confirm(trx, row)).numAffectedRows !== 1n) await upsert(trx, row)
  }
  // What a structure of ours says several times in one transaction is its word of that moment.
  const { last_word_at: _, ...said } = row
  return cafe.organizationId ? askOnce(trx, `organizer ${JSON.stringify(said)}`, save) : save()
}

const PLACE = ['postal_code', 'commune', 'code_insee', 'departement', 'region'] as const

type OrganizerRow = Pick<
  Insertable<Schema['structure']>,
  | ('uri' | 'id' | 'peer_id' | 'organization_id' | 'name' | 'search_text' | 'url' | 'last_word_at')
  | (typeof PLACE)[number]
>

/** Returns the place of the structure as the café gives it, until the structure gives it itself. */
const placeUntilDescribed = (row: OrganizerRow) =>
  Object.fromEntries(
    PLACE.map((column) => [
      column,
      sql`case when structure.described_at is null then ${row[column]} else ${sql.ref(`structure.${column}`)} end`,
    ]),
  )

/**
 * Prepares the upsert.
 * @param hasPlace - Whether the café says where the structure is, until the structure itself does.
 */
const upsertOrganizer = (hasPlace: boolean) =>
  prepare((trx, row: OrganizerRow) => {
    const { name, search_text, url, last_word_at } = row
    return trx
      .insertInto('structure')
      .values({
        ...row,
        username: null,
        kind: null,
        street_address: null,
        website: null,
        described_at: null,
        read_at: null,
      })
      .onConflict((oc) =>
        oc
          .column('uri')
          .doUpdateSet({
            ...{ name, search_text, url, last_word_at },
            ...(hasPlace && placeUntilDescribed(row)),
          })
          .where('structure.last_word_at', '<=', last_word_at),
      )
  })
/** Prepares the update of the date and the place, for a structure of which everything else is as it was. */
const confirmOrganizer = (hasPlace: boolean) =>
  prepare((trx, row: OrganizerRow) =>
    trx
      .updateTable('structure')
      .set({ last_word_at: row.last_word_at, ...(hasPlace && placeUntilDescribed(row)) })
      .where('uri', '=', row.uri)
      .where('last_word_at', '<=', row.last_word_at)
      .where('name', '=', row.name)
      .where('search_text', '=', row.search_text)
      .where('url', '=', row.url),
  )

const WITH_PLACE = [confirmOrganizer(true), upsertOrganizer(true)] as const
const WITHOUT_PLACE = [confirmOrganizer(false), upsertOrganizer(false)] as const

const nameColumns = (name: string) => ({ name, search_text: foldWords(name) })

/** What an actor's own document says of the structure. */
export type StructureDescription = {
  uri: string
  username: string | undefined
  kind: Kind | undefined
  address: Address | undefined
  website: string | undefined
}

/** Returns an address as it was written, with the town looked up; undefined when no town is found. */
export function placeAddress(said: {
  streetAddress: string | undefined
  postalCode: string | undefined
  commune: string | undefined
  codeInsee: string | undefined
}): Address | undefined {
  const answer = placeVenue({ ...said, name: '-' })
  if (!('venue' in answer)) return undefined
  const { streetAddress, postalCode, commune, codeInsee, departement, region } = answer.venue
  return { streetAddress, postalCode, commune, codeInsee, departement, region }
}

/** Saves a description. A structure that is not known yet gets a row, since a member may have no upcoming café. */
export async function saveDescription(
  trx: Database,
  about: StructureDescription & {
    /** The name of its server. */
    name: string
    url: string
    peerId: string
    /** Whether this is its name, that of its server or of its own account, and not what its cafés say. */
    isNamed: boolean
  },
  now: Temporal.Instant,
): Promise<void> {
  const { address } = about
  const said = {
    username: orNull(about.username),
    kind: orNull(about.kind),
    website: orNull(about.website),
    described_at: address ? toInstantText(now) : null,
    read_at: toInstantText(now),
    ...(address && toAddressColumns(address)),
  }
  const before = await trx
    .selectFrom('structure')
    .select('kind')
    .where('uri', '=', about.uri)
    .executeTakeFirst()
  await trx
    .insertInto('structure')
    .values({
      uri: about.uri,
      id: structureIdOf(about.uri),
      peer_id: about.peerId,
      organization_id: null,
      url: about.url,
      ...nameColumns(about.name),
      last_word_at: toInstantText(now),
      ...toAddressColumns(undefined),
      ...said,
    })
    .onConflict((oc) =>
      oc
        .column('uri')
        .doUpdateSet({ ...said, ...(about.isNamed && nameColumns(about.name)) })
        .where('structure.peer_id', '=', about.peerId),
    )
    .execute()
  if ((before?.kind ?? null) !== said.kind) await reindexCafesOf(trx, 'organizer_uri', about.uri)
}

/** Notes that a structure was read and says nothing new, so that others come first at the next visit. */
export async function markStructureRead(
  trx: Database,
  uri: string,
  now: Temporal.Instant,
): Promise<void> {
  await trx
    .updateTable('structure')
    .set({ read_at: toInstantText(now) })
    .where('uri', '=', uri)
    .execute()
}

/** Assigns to a peer the structures for which it answers and that were received through other servers. */
export async function moveStructures(
  trx: Database,
  { from, to }: { from: readonly string[]; to: Pick<Peer, 'id' | 'actorUri' | 'origin' | 'name'> },
): Promise<void> {
  await trx
    .updateTable('structure')
    .set({ peer_id: to.id, ...nameColumns(to.name) })
    .where('peer_id', 'in', from)
    .where((eb) =>
      isWholeServer(to)
        ? sql<boolean>`substr(uri, 1, ${to.origin.length + 1}) = ${`${to.origin}/`}`
        : eb('uri', '=', to.actorUri),
    )
    .execute()
}

/** Lists the actors of a peer whose cafés we know, those that were read longest ago first. */
export async function listStructureUris(
  db: Database,
  { peerId, limit }: { peerId: string; limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('structure')
    .select('uri')
    .where('peer_id', '=', peerId)
    .orderBy('read_at', (order) => order.asc().nullsFirst())
    .orderBy('uri')
    .limit(limit)
    .execute()
  return rows.map(({ uri }) => uri)
}
