import type { MembershipStatement } from '../../node/domain/federation/change.ts'
import type { Network } from '../../node/domain/structures/network.ts'
import type { Membership } from '../../node/store/networks/members.ts'
import { MEMBER_OF, NETWORK_CONTEXT, PUBLIC } from './context.ts'
import type { Json } from './json.ts'
import { toOrganization } from './network.ts'
import { actorUri, CAFES, INSTANCE } from './uris.ts'

/** Statements about memberships, as they are sent, and as they are listed for a server that may have missed one. */

const TYPES = { offer: 'Offer', accept: 'Accept', reject: 'Reject', undo: 'Undo' } as const

export type WireStatement = {
  word: Pick<MembershipStatement, 'side' | 'structureUri' | 'word' | 'at'>
  network: Network
  membership: Pick<Membership, 'offerId' | 'structureName'>
  /** The name of our structure. */
  ownName: string | undefined
}

/** Returns the actor that sends a statement: our structure speaks as `cafes`, our networks as `instance`. */
export const senderOf = ({ side }: Pick<MembershipStatement, 'side'>): string =>
  side === 'structure' ? CAFES : INSTANCE

/**
 * Returns a statement about a membership as JSON.
 * @param id - The id of an activity that is sent; a statement that is only listed has none.
 */
export function statementJson(
  origin: string,
  { word, network, membership, ownName }: WireStatement,
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
    actor: actorUri(origin, senderOf(word)),
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
