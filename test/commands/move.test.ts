import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isObject, toList } from '../../federation/wire/json.ts'
import { fromMultibase } from '../../federation/wire/multikey.ts'
import { verificationMethodOf, verifyProof } from '../../federation/wire/proof.ts'
import { planMove } from '../../node/commands/moves/move.ts'
import { insertHidden, isHiddenHere } from '../../node/store/directory/hidden-objects.ts'
import { upsertPeer } from '../../node/store/directory/peers.ts'
import { setMembership } from '../../node/store/memberships.ts'
import { copyHidden, findPlannedMove } from '../../node/store/moves/moves.ts'
import { startMember } from '../support/member.ts'
import {
  peerOf,
  type Site,
  startSite,
  until,
  untilAtRest,
  untilJoined,
} from '../support/network.ts'
import { type RemotePeer, startRemotePeer } from '../support/remote-peer.ts'

/**
 * A site moves to another address while its directory is off: whoever follows hears of it, old addresses lead on, and
 * the directory lists the site at its new one.
 */

let hub: Site
let node: Site
let reader: RemotePeer
let to: string
let cafe: string
beforeAll(async () => {
  ;[hub, reader] = await Promise.all([startSite({ role: 'hub' }), startRemotePeer(1)])
  const invitation = await hub.invite()
  node = await startSite({ hub: { site: hub, invitation }, isEverywhere: true })
  to = node.origin.replace('127.0.0.1', '127.0.0.2')
  await untilJoined(hub, node)
  cafe = await node.publish({ title: 'Café qui déménage' })
  await until(async () => (await hub.find(cafe)) !== undefined, { what: 'the café' })
}, 60_000)
afterAll(() => Promise.allSettled([hub.close(), node.close(), reader.close()]))

const PLAIN = { confirm: false, cancel: false }
const page = (url: string) => fetch(url, { headers: { accept: 'text/html' }, redirect: 'manual' })

async function follow(target: string): Promise<void> {
  const before = reader.activitiesOf('Accept').length
  const actor = reader.addActor('sacha', { preferredUsername: 'sacha' })
  await reader.send(actor, `${new URL(target).origin}/inbox`, {
    ...{ '@context': 'https://www.w3.org/ns/activitystreams', type: 'Follow' },
    ...{ id: `${reader.origin}/follows/${randomUUID()}`, actor: actor.uri, object: target },
  })
  await until(() => reader.activitiesOf('Accept').length > before, { what: 'the Accept' })
}

test.each([
  [undefined, /donnez la nouvelle adresse/],
  ['pas une adresse', /donnez la nouvelle adresse/],
  ['https://cafes.example/chemin', /donnez la nouvelle adresse seule/],
  ['ftp://cafes.example', /donnez la nouvelle adresse seule/],
])('the address %s is refused', async (address, why) => {
  await expect(planMove(node.context, address, PLAIN)).rejects.toThrow(why)
})

test('an address that does not lead to this site is refused, and so is a directory', async () => {
  await expect(planMove(node.context, node.origin, PLAIN)).rejects.toThrow(/déjà à/)
  await expect(planMove(node.context, hub.origin, PLAIN)).rejects.toThrow(/d’un autre site/)
  await expect(planMove(node.context, reader.origin, PLAIN)).rejects.toThrow(/ne mène pas/)
  await expect(planMove(hub.context, to, PLAIN)).rejects.toThrow(/un annuaire ne change pas/)
  expect(await findPlannedMove(node.context.db)).toBeUndefined()
})

test('a move is shown first, planned once, and undone until the site starts at its new address', async () => {
  expect(await planMove(node.context, to, PLAIN)).toMatch(/1\scafé publié[\s\S]*Rien n’est changé/)
  expect(await findPlannedMove(node.context.db)).toBeUndefined()
  await planMove(node.context, to, { confirm: true, cancel: false })
  const other = to.replace('127.0.0.2', '127.0.0.3')
  await expect(planMove(node.context, other, PLAIN)).rejects.toThrow(/déjà prévu/)
  expect(await planMove(node.context, undefined, { confirm: false, cancel: true })).toMatch(
    /annulé/,
  )
  await node.stop()
  await expect(node.start(to)).rejects.toThrow(/remettez cette adresse/)
  await node.start()
})

test('a site moves while its directory is off: all old addresses lead on, and everybody hears of it', async () => {
  const { origin } = node
  await follow(`${origin}/actors/cafes`)
  await planMove(node.context, to, { confirm: true, cancel: false })
  await untilAtRest(node)
  await Promise.all([hub.stop(), node.stop()])
  await node.start(to)

  const moved = cafe.replace(origin, to)
  const led = await page(`${cafe}?lang=en`)
  expect([led.status, led.headers.get('location')]).toEqual([301, `${moved}?lang=en`])
  expect((await page(moved)).status).toBe(200)
  expect((await page(`${origin}/c/abcdef`)).headers.get('location')).toBe(`${to}/c/abcdef`)
  expect(await (await page(moved)).text()).not.toContain(origin)

  const before = await node.get(`${origin}/actors/cafes`)
  expect(before.json).toMatchObject({ id: `${origin}/actors/cafes`, movedTo: `${to}/actors/cafes` })
  expect((await node.get(`${to}/actors/cafes`)).json).toMatchObject({
    ...{ id: `${to}/actors/cafes`, alsoKnownAs: [`${origin}/actors/cafes`] },
  })
  expect((await node.get(moved)).json).toMatchObject({ id: moved, attributedTo: expect.anything() })
  const account = `acct:cafes@${new URL(origin).host}`
  const finger = await fetch(`${origin}/.well-known/webfinger?resource=${account}`)
  expect(await finger.json()).toMatchObject({ subject: account })

  await until(() => reader.activitiesOf('Move').length > 0, { what: 'the Move' })
  const [move] = reader.activitiesOf('Move')
  expect(move?.json).toMatchObject({
    ...{ actor: `${origin}/actors/cafes`, object: `${origin}/actors/cafes` },
    target: `${to}/actors/cafes`,
  })
  expect(String(move?.headers.signature)).toContain(`${origin}/actors/cafes#main-key`)
  await follow(`${to}/actors/cafes`)

  await hub.start()
  await until(async () => (await hub.find(moved)) !== undefined, { what: 'the moved café' })
  const peers = await hub.context.db
    .selectFrom('peer')
    .select(['origin', 'membership'])
    .orderBy('origin')
    .execute()
  expect(peers).toEqual([
    { origin, membership: 'left' },
    { origin: to, membership: 'member' },
  ])
  await until(async () => (await hub.titles()).length === 1, { what: 'one café' })
  const { db } = node.context
  const joined = () => db.selectFrom('following').select(['state', 'is_join']).execute()
  await until(async () => (await joined()).every(({ state }) => state === 'accepted'))
  expect(await joined()).toEqual([{ state: 'accepted', is_join: 1 }])
  const { json } = await node.get(moved)
  expect(JSON.stringify(json)).not.toContain(origin)
  const method = verificationMethodOf(json)
  const actor = (await node.get(method?.split('#')[0] ?? '')).json
  const key = toList(actor.assertionMethod).find((each) => isObject(each) && each.id === method)
  const publicKey = isObject(key) ? fromMultibase(String(key.publicKeyMultibase)) : undefined
  expect(publicKey && verifyProof(json, publicKey)).toBe(true)
}, 90_000)

type Staying = { known?: 'refused' | 'left' | 'requested'; hasMovedOn?: boolean }

test.each<[string, Staying | undefined]>([
  ['does not name it', undefined],
  ['was refused by the team', { known: 'refused' }],
  ['was removed by the team', { known: 'left' }],
  ['was removed, and has asked to join again', { known: 'requested' }],
  ['has moved on itself', { hasMovedOn: true }],
])('a member that says to be at an address that %s stays where it is', async (_case, staying) => {
  const { known, hasMovedOn } = staying ?? {}
  const member = await startMember(hub)
  const other = await startRemotePeer(2)
  try {
    const { instance } = member
    const uri = `${other.origin}/actors/instance`
    other.addActor('instance', {
      type: 'Application',
      ...(staying && { alsoKnownAs: [instance.uri] }),
      ...(hasMovedOn && { movedTo: instance.uri }),
    })
    const { db, now } = hub.context
    if (known) {
      const { id } = await upsertPeer(db, { actorUri: uri, name: 'Connu' })
      await setMembership(db, id, known, now())
    }
    const document = member.pages.get('/actors/instance')
    member.pages.set('/actors/instance', { ...(document as object), movedTo: uri })
    const before = member.hits('/actors/instance')
    await member.send(instance, `${hub.origin}/inbox`, {
      '@context': 'https://www.w3.org/ns/activitystreams',
      ...{ id: `${member.origin}/activities/${randomUUID()}`, type: 'Move' },
      ...{ actor: instance.uri, object: instance.uri, target: uri },
    })
    await until(() => member.hits('/actors/instance') > before, { what: 'the visit' })
    await untilAtRest(hub)
    expect((await peerOf(hub, member))?.membership).toBe('member')
    expect((await peerOf(hub, other))?.membership).toBe(known)
  } finally {
    await Promise.all([member.close(), other.close()])
  }
})

test('what is hidden at the former address is hidden at both, whatever is hidden there already', async () => {
  const { db, now } = hub.context
  const [from, there] = ['https://avant.example', 'https://apres.example']
  const hide = (uri: string) =>
    insertHidden(db, { kind: 'cafe', uri, reason: 'Payant.', territory: undefined }, now())
  for (const uri of [`${from}/cafes/1`, `${from}/cafes/2`, `${there}/cafes/1`]) await hide(uri)
  await copyHidden(db, from, there)
  for (const origin of [from, there])
    for (const id of [1, 2])
      expect(await isHiddenHere(db, `${origin}/cafes/${id}`), `${origin} ${id}`).toBe(true)
})
