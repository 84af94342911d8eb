import type { Context } from '../../node/context.ts'
import { listJoinedDirectories } from '../../node/store/facilitators/recipients.ts'
import {
  listLastStatements,
  type StatementQuery,
} from '../../node/store/networks/membership-history.ts'
import { findKnownNetwork } from '../../node/store/networks/networks.ts'
import { findFirstOrganization } from '../../node/store/structures/organizations.ts'
import { statementJson } from '../wire/network-membership.ts'
import { actorUri, CAFES } from '../wire/uris.ts'
import { collectionOf, collectionPageOf, PAGE } from './collection-text.ts'

/**
 * Returns the last yes and the last no that an actor of ours has said about each membership of a network, as far as
 * they concern the asker: a directory that we joined may read all, another server those between it and us.
 *
 * @param asker - The actor that signed the request.
 */
export async function membershipStatements(
  { db, config }: Context,
  { identifier, asker, cursor }: { identifier: string; asker: string; cursor: string | undefined },
): Promise<string> {
  const id = `${actorUri(config.origin, identifier)}/memberships`
  const directories = await listJoinedDirectories(db)
  const spoken: StatementQuery = {
    ...(identifier === CAFES && { structureUri: actorUri(config.origin, CAFES) }),
    ...(!directories.some(({ uri }) => uri === asker) && { with: new URL(asker).origin }),
  }
  const { words, total, next } = await listLastStatements(db, {
    spoken,
    after: fromCursor(cursor),
    limit: PAGE,
  })
  if (cursor === undefined)
    return collectionOf(id, { totalItems: total, first: `${id}?page=first` })
  const ownName = (await findFirstOrganization(db))?.name
  const items: string[] = []
  for (const { word, membership } of words) {
    const network = await findKnownNetwork(db, membership.networkUri)
    if (network)
      items.push(
        JSON.stringify(statementJson(config.origin, { word, network, membership, ownName })),
      )
  }
  return collectionPageOf(id, { cursor, items, next: next && JSON.stringify(next) })
}

function fromCursor(cursor: string | undefined): [string, string] | undefined {
  try {
    const [networkUri, structureUri] = JSON.parse(cursor ?? '')
    return [String(networkUri), String(structureUri)]
  } catch {
    return undefined
  }
}
