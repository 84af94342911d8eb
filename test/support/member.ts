import { randomUUID } from 'node:crypto'
import { CONTEXT, PUBLIC } from '../../federation/wire/context.ts'
import { toEvent } from '../../federation/wire/event.ts'
import type { Json } from '../../federation/wire/json.ts'
import { addProof } from '../../federation/wire/proof.ts'
import type { Cafe, CafeContent } from '../../node/domain/cafes/cafe.ts'
import { type Site, startSite, until } from './network.ts'
import { ownCafe } from './own-cafe.ts'
import { type RemoteActorFixture, type RemotePeer, startRemotePeer } from './remote-peer.ts'

/** A member of a directory that says only what the test chooses; no code of ours decides in it. */
export type Member = RemotePeer & {
  instance: RemoteActorFixture
  feed: RemoteActorFixture
  /** Makes a café of its own at a future date. */
  cafe: (content?: Partial<CafeContent>, change?: Partial<Cafe>) => Cafe
  /**
   * Makes a Create, Update or Delete of it, with both proofs, as one of our nodes writes them; `changeNote` is the id of
   * the Note about what it changes.
   */
  activity: (type: 'Create' | 'Update' | 'Delete', cafe: Cafe, changeNote?: string) => Json
  /** Makes the Event alone, with its proof. */
  event: (cafe: Cafe) => Json
  say: (activity: Json) => Promise<number>
}

const KEYS = 7

/** Returns the current time without a fraction, which dates on the wire do not have. */
export const thisSecond = (): Temporal.Instant =>
  Temporal.Now.instant().round({ smallestUnit: 'second', roundingMode: 'floor' })

/** Starts a directory, a member of it, and a server that it does not know. */
export async function startHubWithMember() {
  const hub = await startSite({ role: 'hub' })
  const [member, stranger] = [await startMember(hub), await startSpeaker(hub)]
  const close = () => Promise.all([hub.close(), member.close(), stranger.close()])
  return { hub, member, stranger, close }
}

/**
 * Starts a member, which joins the hub by invitation, from `instance` to `instance`, and accepts that it follows back.
 * `prepare` sets what it had before.
 */
export async function startMember(
  hub: Site,
  prepare: (speaker: Member) => void = () => undefined,
): Promise<Member> {
  const member = await startSpeaker(hub)
  prepare(member)
  const { origin, instance } = member
  const us = `${hub.origin}/actors/instance`
  const followId = `${origin}/activities/${randomUUID()}`
  const follow = {
    '@context': [
      'https://www.w3.org/ns/activitystreams',
      { cafeia: 'https://ns.cafe-ia.example/v1#', invitation: 'cafeia:invitation' },
    ],
    id: followId,
    type: 'Follow',
    actor: instance.uri,
    object: us,
    invitation: await hub.invite(),
  }
  const { status } = await member.send(instance, `${hub.origin}/inbox`, follow)
  if (status !== 202) throw new Error(`the Follow was answered ${status}`)
  await until(() => member.activitiesOf('Follow').length > 0)
  await member.send(instance, `${hub.origin}/inbox`, {
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${origin}/activities/${randomUUID()}`,
    type: 'Accept',
    actor: instance.uri,
    object: member.activitiesOf('Follow')[0]?.json,
  })
  await until(async () => {
    const peer = await hub.context.db
      .selectFrom('peer')
      .select('backfilled_at')
      .where('origin', '=', origin)
      .executeTakeFirst()
    return peer?.backfilled_at
  })
  return member
}

/** Starts the same server before it asked for anything. */
export async function startSpeaker(site: Pick<Site, 'origin'>): Promise<Member> {
  const peer = await startRemotePeer(KEYS)
  const instance = peer.addActor('instance', {
    type: 'Application',
    preferredUsername: 'instance',
    upcomingEvents: `${peer.origin}/actors/instance/upcoming`,
  })
  const feed = peer.addActor('cafes')
  setUpcoming(peer, [])
  const signer = { privateKey: feed.ed25519.privateKey, verificationMethod: feed.ed25519KeyId }
  const now = () => Temporal.Now.instant()

  const cafe: Member['cafe'] = (content = {}, change = {}) => {
    const id = randomUUID()
    const uri = `${peer.origin}/cafes/${id}`
    const second = thisSecond()
    const startsAt = second.add({ hours: 24 * 14 })
    return {
      ...ownCafe({ startsAt, endsAt: startsAt.add({ minutes: 90 }), ...content }),
      id,
      uri,
      uid: `${id}@${new URL(peer.origin).host}`,
      url: uri,
      organizer: { uri: feed.uri, name: 'Ailleurs', url: `${peer.origin}/` },
      publishedAt: second.subtract({ hours: 1 }),
      updatedAt: second.subtract({ hours: 1 }),
      ...change,
    }
  }
  const event = (of: Cafe, changeNote?: string) =>
    addProof(toEvent(of, peer.origin, { changeNote, ofSeries: seriesOf(of) }), signer, now())
  const activity: Member['activity'] = (type, of, changeNote) =>
    addProof(
      {
        '@context': CONTEXT,
        id: `${peer.origin}/activities/${randomUUID()}`,
        type,
        actor: feed.uri,
        to: [PUBLIC],
        object:
          type === 'Delete'
            ? { id: of.uri, type: 'Tombstone', formerType: 'Event' }
            : event(of, changeNote),
      },
      signer,
      now(),
    )
  return {
    ...peer,
    instance,
    feed,
    cafe,
    event,
    activity,
    say: async (said) => (await peer.send(feed, `${site.origin}/inbox`, said)).status,
  }
}

const seriesOf = ({ series: uri }: Cafe) =>
  uri === undefined ? undefined : { uri, recurrence: undefined, date: undefined }

/** Sets the list of its upcoming cafés. */
export function setUpcoming(peer: Pick<RemotePeer, 'pages' | 'origin'>, items: unknown[]): void {
  const id = `${peer.origin}/actors/instance/upcoming`
  peer.pages.set('/actors/instance/upcoming', {
    '@context': 'https://www.w3.org/ns/activitystreams',
    id,
    type: 'OrderedCollection',
    totalItems: items.length,
    orderedItems: items,
  })
}
