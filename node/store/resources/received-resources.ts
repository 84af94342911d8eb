import { randomUUID } from 'node:crypto'
import type { Resource, ResourceContent } from '../../domain/resources/resource.ts'
import type { Database } from '../database/database.ts'
import { RESOURCE } from '../schema/resources/resources.ts'
import { findFreeSlug } from './resources.ts'

/** Finds a resource of another server by its address, also one that is not shown. */
export async function findReceivedResource(
  trx: Database,
  uri: string,
): Promise<Resource | undefined> {
  const row = await trx
    .selectFrom('resource')
    .selectAll()
    .where('uri', '=', uri)
    .where('peer_id', 'is not', null)
    .executeTakeFirst()
  return row && RESOURCE.fromRow(row)
}

export type ReceivedResource = ResourceContent & {
  uri: string
  ownerUri: string
  peer: { id: string; name: string }
  publishedAt: Temporal.Instant
  updatedAt: Temporal.Instant
  /** The resource as it is stored; undefined for a new one. */
  known: Resource | undefined
}

/** Stores a resource of another server, unless a later revision is stored. Whether it is shown stays as it was. */
export async function receiveResource(
  trx: Database,
  { ownerUri, peer, publishedAt, known, ...said }: ReceivedResource,
  { origin }: { origin: string },
): Promise<void> {
  if (known && Temporal.Instant.compare(said.updatedAt, known.updatedAt) <= 0) return
  const wanted = said.uri.split('/').at(-1) ?? ''
  const row = RESOURCE.toRow({
    ...{ id: randomUUID(), organizationId: undefined, createdAt: publishedAt },
    ...said,
    ...{
      peerId: peer.id,
      owner: { uri: ownerUri, name: await findOwnerName(trx, ownerUri, peer) },
    },
    ...(known
      ? { id: known.id, slug: known.slug, createdAt: known.createdAt }
      : { slug: await findFreeSlug(trx, { wanted, origin }) }),
  })
  if (known) await trx.updateTable('resource').set(row).where('id', '=', known.id).execute()
  else await trx.insertInto('resource').values(row).execute()
}

/** Deletes a resource of another server. */
export const deleteReceivedResource = async (trx: Database, uri: string): Promise<void> => {
  await trx.deleteFrom('resource').where('uri', '=', uri).where('peer_id', 'is not', null).execute()
}

/** Finds the name of who signs it: of the structure, where it is known here, else of its server. */
async function findOwnerName(
  trx: Database,
  ownerUri: string,
  peer: { name: string },
): Promise<string> {
  const structure = await trx
    .selectFrom('structure')
    .select('name')
    .where('uri', '=', ownerUri)
    .executeTakeFirst()
  return structure?.name || peer.name
}
