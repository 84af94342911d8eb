import type { Json } from '../../federation/wire/json.ts'
import { isFollower } from '../../node/store/feeds/followers.ts'
import {
  declareSoftware,
  isFirstHand,
  refusesWhatIsTooLong,
  timelineOf,
  wordsOf,
} from '../support/measured-peers.ts'
import { type Site, until } from '../support/network.ts'
import {
  type RemoteActorFixture,
  type RemotePeer,
  startRemotePeer,
} from '../support/remote-peer.ts'

/** A reader on a server of another program, with the display that was observed of this program. */
export type Reader = {
  peer: RemotePeer
  follow(): Promise<void>
  unfollow(): Promise<void>
  /** Returns all words that the person sees now about a café; empty when there are none. */
  wordsOn(cafeUri: string): Promise<string>
}

/** Returns the text that a program shows about a café, from the messages that its server has received. */
type Show = (peer: RemotePeer, follows: string) => (cafeUri: string) => Promise<string>

const fetchJson = async (uri: string): Promise<Json> => {
  const answer = await fetch(uri, { headers: { accept: 'application/activity+json' } })
  return answer.ok ? ((await answer.json()) as Json) : {}
}

/** Mastodon and GoToSocial: an event is a post, which is read once, when somebody shares it. */
const showPosts =
  (readsUpdates: boolean): Show =>
  (peer, follows) => {
    const fetched = new Map<string, Promise<Json>>()
    const read = (uri: string) => fetched.get(uri) ?? fetchJson(uri)
    peer.answer.to = ({ type, object }) => {
      if (type === 'Announce') fetched.set(String(object), read(String(object)))
      return undefined
    }
    return async (uri) => {
      const posts = await timelineOf(peer, [follows], read, { readsUpdates })
      const about = posts.filter(({ id, content }) => id === uri || content.includes(uri))
      return about.map(({ content }) => content).join(' ')
    }
  }

/** Returns the objects of the followed actor's messages, each in its latest revision. */
function listSaid(peer: RemotePeer, follows: string): Json[] {
  const said = new Map<string, Json>()
  for (const { json } of peer.activities) {
    const object = json.object as Json
    if (json.actor !== follows) continue
    if (json.type === 'Delete') said.delete(String(object.id))
    if (json.type === 'Create' || json.type === 'Update') said.set(String(object.id), object)
  }
  return [...said.values()]
}

const CHANGES: ReadonlySet<string> = new Set(['Create', 'Update', 'Delete'])

/** Gancio shows events of the followed actor; it never answers a Note, and answers an Announce with 404. */
const showOwnEvents: Show = (peer, follows) => {
  peer.answer.to = ({ type, object }) => {
    if (type === 'Announce') return 404
    return (object as Json).type === 'Note' ? 'hang' : undefined
  }
  return async (uri) =>
    listSaid(peer, follows)
      .filter(({ id, type }) => id === uri && type === 'Event')
      .map(wordsOf)
      .join()
}

/** NodeBB shows notes of the followed actor; it accepts events and drops them. */
const showTopics: Show = (peer, follows) => async (uri) =>
  listSaid(peer, follows)
    .filter(({ type, url, content }) => type === 'Note' && `${url} ${content}`.includes(uri))
    .map(wordsOf)
    .join()

/**
 * Mobilizon shows events of the followed actor, and those that it shares, which are fetched at each Announce, until its
 * Undo. It refuses forwarded activities.
 */
const showEvents: Show = (peer, follows) => {
  const events = new Map<string, Json>()
  refusesWhatIsTooLong(peer)
  const refusesEvent = peer.answer.to
  peer.answer.to = (json, activity) => {
    const { type, actor, object } = json
    const id = typeof object === 'string' ? object : String((object as Json).id)
    if (!isFirstHand(activity)) return 403
    if (type === 'Announce') void fetchJson(id).then((event) => events.set(id, event))
    if (type === 'Undo') events.delete(String((object as Json).object))
    if (!CHANGES.has(String(type))) return undefined
    if (type === 'Delete') events.delete(id)
    const refused = refusesEvent?.(json, activity)
    const isKnown = actor === follows || events.has(id)
    if (refused === undefined && isKnown && (object as Json).type === 'Event')
      events.set(id, object as Json)
    return refused
  }
  return async (uri) => {
    const event = events.get(uri)
    return event ? wordsOf(event) : ''
  }
}

/** What is followed: an account, or the whole site of a place or of a directory. */
export type Way = (typeof WAYS)[number]
export const WAYS = ['place', 'territory', 'person', 'site', 'directory'] as const
export const isSite = (way: Way): boolean => way === 'site' || way === 'directory'

type Program = {
  name: string
  version: string
  show: Show
  /** The ways in which the program shows cafés of a followed actor, as the page « Suivre » states. */
  ways: readonly Way[]
}

const EVERY_ACCOUNT: readonly Way[] = ['place', 'territory', 'person']

export const PROGRAMS: readonly Program[] = [
  { name: 'mastodon', version: '4.4.8', show: showPosts(false), ways: EVERY_ACCOUNT },
  { name: 'mastodon', version: '4.5.1', show: showPosts(true), ways: EVERY_ACCOUNT },
  { name: 'gotosocial', version: '0.19.0', show: showPosts(true), ways: EVERY_ACCOUNT },
  { name: 'gancio', version: '1.21.0', show: showOwnEvents, ways: ['place'] },
  { name: 'nodebb', version: '4.15.0', show: showTopics, ways: ['place', 'territory'] },
  { name: 'mobilizon', version: '5.1.3', show: showEvents, ways: WAYS },
]

/** @param index - The index of a key pair that no other reader of the test has. */
export async function startReader(
  { name, version, show }: Program,
  index: number,
  { site, actor }: { site: Site; actor: string },
): Promise<Reader> {
  const peer = await startRemotePeer(index)
  declareSoftware(peer, name, version)
  const account: RemoteActorFixture = peer.addActor('camille', { type: 'Person' })
  // Gancio gives each Follow of one account by another the same id.
  const follow = {
    id: `${peer.origin}/follows/1`,
    type: 'Follow',
    actor: account.uri,
    object: actor,
  }
  const send = async (activity: object) => {
    const context = { '@context': 'https://www.w3.org/ns/activitystreams' }
    const { status } = await peer.send(account, `${site.origin}/inbox`, { ...context, ...activity })
    if (status !== 202) throw new Error(`${name}: ${status}`)
  }
  const isFollowing = () => isFollower(site.context.db, actor.split('/').at(-1) ?? '', account.uri)
  const host = new URL(peer.origin).host
  return {
    peer,
    follow: async () => {
      const before = peer.activitiesOf('Accept').length
      await send(follow)
      await until(() => peer.activitiesOf('Accept').length > before, { what: 'the Accept' })
      await until(
        () =>
          site.context.db
            .selectFrom('host')
            .select('name')
            .where('software', '=', name)
            .where('name', '=', host)
            .executeTakeFirst(),
        { what: `the software of ${name}` },
      )
    },
    unfollow: async () => {
      await send({ ...follow, id: `${follow.id}/undo`, type: 'Undo', object: follow })
      await until(async () => !(await isFollowing()), { what: 'the end' })
    },
    wordsOn: show(peer, actor),
  }
}
