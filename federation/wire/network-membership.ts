import type { Context } from '../../node/context.ts'
import type { NetworkWord } from '../../node/domain/federation/change.ts'
import type { Network } from '../../node/domain/structures/network.ts'
import { listJoinedDirectories } from '../../node/store/facilitators/recipients.ts'
import type { Membership } from '../../node/store/networks/members.ts'
import { listLastWords, type Spoken } from '../../node/store/networks/membership-history.ts'
import { findKnownNetwork } from '../../node/store/networks/networks.ts'
import { findFirstOrganization } from '../../node/store/structures/organizations.ts'
import { collectionOf, PAGE, pageOf } from '../actors/collection-text.ts'
import { MEMBER_OF, NETWORK_CONTEXT, PUBLIC } from './context.ts'
import type { Json } from './json.ts'
import { toOrganization } from './network.ts'
import { actorUri, CAFES, INSTANCE } from './uris.ts'

/** Words of memberships: as they are told, and listed for whoever may have missed one. */

const TYPES = { offer: 'Offer', accept: 'Accept', reject: 'Reject', undo: 'Undo' } as const

export type MembershipWord = {
  word: Pick<NetworkWord, 'side' | 'structureUri' | 'word' | 'at'>
  network: Network
  membership: Pick<Membership, 'offerId' | 'structureName'>
  /** How our structure is called. */
  ownName: string | undefined
}

/** Our structure speaks as `cafes`, our networks as `instance`. */
export const speakerOf = ({ side }: Pick<NetworkWord, 'side'>): string =>
  side === 'structure' ? CAFES : INSTANCE

/** @param id - Of an activity that is sent; what is listed only has none. */
export function wordJson(
  origin: string,
  { word, network, membership, ownName }: MembershipWord,
  id?: string,
): Json & { type: string } {
  const name = word.side === 'structure' ? ownName : membership.structureName || undefined
  const relationship = {
    type: 'Relationship',
    subject: { id: word.structureUri, type: 'Group', ...(name && { name }) },
    relationship: MEMBER_OF,
    object: word.side === 'network' ? toOrganization(network) : network.uri,
  }
  return {
    '@context': NETWORK_CONTEXT,
    ...(id !== undefined && { id }),
    type: TYPES[word.word],
    actor: actorUri(origin, speakerOf(word)),
    to: [word.side === 'structure' ? network.actorUri : word.structureUri],
    cc: [PUBLIC],
    published: word.at,
    object:
      word.word === 'offer'
        ? relationship
        : {
            ...(membership.offerId && { id: membership.offerId }),
            type: 'Offer',
            object: relationship,
          },
  }
}

/**
 * The last yes and the last no of each membership that one of our two speakers has said, as far as they are the asker's
 * business: a directory that we joined may read all, another server what is between it and us.
 *
 * @param asker - The actor that signed the question.
 */
export async function membershipWords(
  { db, config }: Context,
  { identifier, asker, cursor }: { identifier: string; asker: string; cursor: string | undefined },
): Promise<string> {
  const id = `${actorUri(config.origin, identifier)}/memberships`
  const directories = await listJoinedDirectories(db)
  const spoken: Spoken = {
    ...(identifier === CAFES && { structureUri: actorUri(config.origin, CAFES) }),
    ...(!directories.some(({ uri }) => uri === asker) && { with: new URL(asker).origin }),
  }
  const { words, total, next } = await listLastWords(db, {
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
      items.push(JSON.stringify(wordJson(config.origin, { word, network, membership, ownName })))
  }
  return pageOf(id, { cursor, items, next: next && JSON.stringify(next) })
}

function fromCursor(cursor: string | undefined): [string, string] | undefined {
  try {
    const [networkUri, structureUri] = JSON.parse(cursor ?? '')
    return [String(networkUri), String(structureUri)]
  } catch {
    return undefined
  }
}
