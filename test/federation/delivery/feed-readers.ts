import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Json } from '../../../federation/wire/json.ts'
import type { Cafe, CafeContent } from '../../../node/domain/cafes/cafe.ts'
import type { Venue } from '../../../node/domain/cafes/venue.ts'
import { type Site, until } from '../../support/network.ts'
import type { ReceivedActivity, RemotePeer } from '../../support/remote-peer.ts'

/**
 * Shared set-up of the tests of territory feeds: a directory, a member whose messages each test chooses, and followers
 * on other servers.
 */

export const venueIn = (commune: string, postalCode: string): Venue => ({
  id: undefined,
  name: 'Bibliothèque',
  streetAddress: '1 place de la Mairie',
  postalCode,
  commune,
  codeInsee: undefined,
  departement: undefined,
  region: undefined,
  latitude: undefined,
  longitude: undefined,
})

export const RENNES = venueIn('Rennes', '35000')
export const NANTES = venueIn('Nantes', '44000')
export const LYON = venueIn('Lyon', '69003')
export const objectOf = ({ json }: ReceivedActivity) => json.object as Json
export const quiet = () => new Promise((resolve) => setTimeout(resolve, 400))

/** Lets a person of another server follow one of the directory's feeds, and waits for the Accept. */
export async function follow(
  peer: RemotePeer,
  hub: Site,
  feed: string,
  name = 'camille',
): Promise<void> {
  const actor = peer.addActor(name, { preferredUsername: name, type: 'Person' })
  const before = peer.activitiesOf('Accept').length
  const { status } = await peer.send(actor, `${hub.origin}/inbox`, {
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${peer.origin}/follows/${randomUUID()}`,
    type: 'Follow',
    actor: actor.uri,
    object: `${hub.origin}/actors/${feed}`,
  })
  expect(status).toBe(202)
  await until(() => peer.activitiesOf('Accept').length > before, { what: 'the Accept' })
}

export const announcesOf = (peer: RemotePeer, uri: string) =>
  peer.activitiesOf('Announce').filter(({ json }) => json.object === uri)

export const isDigest = (activity: ReceivedActivity) =>
  /aujourd’hui|Cette semaine/.test(String(objectOf(activity).content))

/**
 * Returns the posts of feeds about a change of this café. They are no replies, since their readers do not follow its
 * author.
 */
export const notesOn = (peer: RemotePeer, uri: string) =>
  peer.activitiesOf('Create').filter((activity) => {
    const { content, inReplyTo } = objectOf(activity)
    return String(content).includes(`"${uri}"`) && inReplyTo === undefined && !isDigest(activity)
  })

/** Returns the member's next revision of a café: the former one with these changes, a minute later. */
export const later = (cafe: Cafe, content: Partial<CafeContent>, minutes = 1): Cafe => ({
  ...cafe,
  ...content,
  updatedAt: cafe.updatedAt.add({ minutes }),
})
