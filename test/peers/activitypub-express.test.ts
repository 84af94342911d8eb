import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  type Held,
  type HeldObject,
  type IndependentPeer,
  startIndependentPeer,
} from './rig/activitypub-express.ts'
import { whyNotHere } from './rig/availability.ts'
import { startCaddy } from './rig/caddy.ts'
import { type CafeIaServer, startCafeIa } from './rig/cafe-ia.ts'
import { type Namespace, openNamespace } from './rig/namespace.ts'
import { eventually, visit } from './rig/visit.ts'

vi.setConfig({ testTimeout: 100_000, hookTimeout: 200_000 })

const NODE = { host: 'node-a.test', port: 8201 }
const HUB = { host: 'hub.test', port: 8200 }
const PEER = { host: 'peer.test', port: 8102 }
/** The same server under a name that resolves to the machine itself. */
const INSIDE = { host: 'inside.test', port: PEER.port }

const CAFE = {
  title: 'Café IA des lève-tôt',
  descriptionMarkdown: 'Croissants et algorithmes.',
  startsAt: '2030-12-03T08:30:00',
  endsAt: '2030-12-03T10:00:00',
  venue: {
    name: 'La Boulange',
    streetAddress: '2 rue du Four',
    postalCode: '26150',
    commune: 'Die',
  },
}

describe.skipIf(whyNotHere('activitypub-express'))('a server on activitypub-express', () => {
  const rig = new AsyncDisposableStack()
  afterAll(() => rig.disposeAsync())

  let network: Namespace
  let node: CafeIaServer
  let hub: CafeIaServer
  let peer: IndependentPeer
  beforeAll(async () => {
    network = rig.use(await openNamespace([NODE.host, HUB.host, PEER.host, `${INSIDE.host}=::1`]))
    rig.use(
      await startCaddy(network, {
        [NODE.host]: NODE.port,
        [HUB.host]: HUB.port,
        [PEER.host]: PEER.port,
        [INSIDE.host]: INSIDE.port,
      }),
    )
    node = rig.use(await startCafeIa(network, { role: 'node', ...NODE }))
    hub = rig.use(await startCafeIa(network, { role: 'hub', ...HUB }))
    peer = rig.use(await startIndependentPeer(network, PEER))
  })

  const waitForHeld = <T>(what: string, find: (held: Held) => T | undefined | false) =>
    eventually(network, what, async () => find(await peer.readHeld()))

  describe('that follows a node', () => {
    let cafes: string
    let uri: string
    const readFollowers = async () =>
      (await node.readActivityStreams(`${cafes}/followers`)).json.totalItems
    const waitForActivity = (type: string) =>
      waitForHeld(`the peer has received ${type}`, ({ inbox }) =>
        inbox.find(
          (activity) =>
            activity.type === type && String(activity.actor) === cafes && uriOf(activity) === uri,
        ),
      )

    test('finds its cafés by WebFinger, follows them and is accepted', async () => {
      const url = `${node.origin}/.well-known/webfinger?resource=acct:cafes@node-a.test`
      const { links } = JSON.parse((await visit(network, { url })).body)
      cafes = links.find((link: { rel: string }) => link.rel === 'self').href
      await peer.post({ type: 'Follow', object: cafes, to: [cafes] })
      await waitForHeld('the node accepts', ({ following }) => following.includes(cafes))
      expect(await readFollowers()).toBe(1)
    })

    test('receives a café with its title, time and place', async () => {
      const { id } = (await node.call('POST', '/cafes', CAFE)) as { id: string }
      uri = id
      await waitForActivity('Create')
      const event = (await peer.readHeld()).objects.find((object) => object.id === uri)
      expect(event).toMatchObject({
        type: 'Event',
        name: [CAFE.title],
        startTime: ['2030-12-03T08:30:00+01:00'],
        endTime: ['2030-12-03T10:00:00+01:00'],
        timezone: ['Europe/Paris'],
        attributedTo: [cafes],
        location: [
          {
            type: 'Place',
            name: ['La Boulange, Die'],
            address: [
              {
                type: 'PostalAddress',
                streetAddress: ['2 rue du Four'],
                postalCode: ['26150'],
                addressLocality: ['Die'],
              },
            ],
          },
        ],
      })
    })

    test('receives its edit, signed with new keys', async () => {
      await node.command('keys', 'rotate')
      const title = `${CAFE.title}, avec thé`
      await node.call('PUT', pathOf(uri), { ...CAFE, title })
      expect(await waitForActivity('Update')).toMatchObject({ object: [{ name: [title] }] })
    })

    test('receives its deletion, after the keys have leaked, and finds it gone at its address', async () => {
      await node.command('keys', 'rotate', '--now')
      await node.call('DELETE', pathOf(uri))
      expect(await waitForActivity('Delete')).toMatchObject({ object: [{ type: 'Tombstone' }] })
      const { status, json } = await node.readActivityStreams(uri)
      expect({ status, type: json.type }).toEqual({ status: 410, type: 'Tombstone' })
    })

    test('is no longer a follower after leaving', async () => {
      await peer.post({ type: 'Undo', object: cafes, to: [cafes] })
      await eventually(
        network,
        'the node has no follower',
        async () => (await readFollowers()) === 0,
      )
    })
  })

  describe('that a hub follows', () => {
    const audience = { to: ['as:Public', 'https://peer.test/agenda/followers'] }
    const EVENT = {
      type: 'Event',
      attributedTo: 'https://peer.test/agenda',
      name: 'Assemblée des curieux',
      content: '<p>Ouverte à qui veut.</p>',
      startTime: '2030-06-21T20:30:00+02:00',
      endTime: '2030-06-21T22:00:00+02:00',
      timezone: 'Europe/Paris',
      location: { type: 'Place', name: 'Salle des fêtes' },
    }
    let uri: string

    const listForeign = () =>
      hub.query(
        `select uri, title, starts_at, hidden_reason from cafe where uri like 'https://peer.test/%'`,
      ) as { uri: string; title: string; starts_at: string; hidden_reason: string | null }[]

    test('is not even asked under a name that leads inside the hub’s own machine', async () => {
      await hub.command('follow', `https://${INSIDE.host}/agenda`)
      const asked = await eventually(network, 'the hub has given up', async () =>
        hub.query(`select state, error from following where address like '%inside.test%'`).at(0),
      )
      expect(asked).toEqual({
        state: 'failed',
        error: JSON.stringify('remote.blocked_address'),
      })
      expect((await peer.readHeld()).followers).toEqual([])
    })

    test('is followed by its address and accepts', async () => {
      await hub.command('follow', peer.handle)
      await waitForHeld('the hub is a follower', ({ followers }) =>
        followers.includes(`${hub.origin}/actors/instance`),
      )
      await eventually(network, 'the hub knows that it is accepted', async () =>
        hub.query(`select 1 from following where state = 'accepted'`).at(0),
      )
    })

    test('sends an Event, which the hub keeps aside until its team admits it', async () => {
      await peer.post({ type: 'Create', ...audience, object: EVENT })
      const cafe = await eventually(network, 'the hub has the Event', async () => listForeign()[0])
      uri = cafe.uri
      expect(cafe).toMatchObject({ title: EVENT.name, starts_at: '2030-06-21T18:30:00Z' })
      expect(cafe.hidden_reason).toBeTruthy()
      expect(await hub.call('GET', '/cafes')).toMatchObject({ items: [] })
    })

    test('sends an edit, which the hub takes over', async () => {
      const updated = Temporal.Now.instant().add({ seconds: 1 }).toString()
      const object = { ...EVENT, id: uri, name: 'Assemblée reportée', updated }
      await peer.post({ type: 'Update', ...audience, object })
      await eventually(network, 'the hub has the new title', async () =>
        listForeign().some(({ title }) => title === 'Assemblée reportée'),
      )
    })

    test('deletes it, and the hub forgets it for ever', async () => {
      await peer.post({ type: 'Delete', ...audience, object: uri })
      await eventually(network, 'the hub has no such event', async () => listForeign().length === 0)
    })
  })
})

/** Returns the id of the object of an activity that the peer received, embedded or as a reference. */
function uriOf({ object }: HeldObject): unknown {
  const first: unknown = [object].flat()[0]
  return typeof first === 'object' && first !== null && 'id' in first ? first.id : first
}

/** Returns the path of a café in the API of its own server. */
const pathOf = (uri: string): string => `/cafes/${uri.split('/').at(-1)}`
