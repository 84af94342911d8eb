import type { ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  ACTIVITY,
  activity,
  anEvent,
  create,
  eventually,
  follow,
  openStage,
  type Stage,
} from '../support/hostile-stage.ts'
import { documentOf } from '../support/remote-peer.ts'

/**
 * Hostile cases S01 to S12: what a stranger can make the server fetch; S04 is in `promptness.test.ts`. The sink is a
 * service of this machine that only its own programs should reach.
 */

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterEach(() => stage.checkHealth())
afterAll(() => stage?.close())

/** Posts a Follow by an actor at `origin`, signed by A with a key id at that origin. */
const claim = (origin: string, by = stage.nextAttacker().cafes) => {
  const actor = `${origin}/a`
  const said = { ...follow(stage, by), id: `${origin}/1`, actor }
  return stage.post(said, { by, keyId: `${origin}/k` })
}

it('S01 a key on a loopback service that is not allowed is not fetched', async () => {
  const { origin, port } = stage.sink
  for (const at of [origin, `https://127.0.0.1:${port}`, `http://localhost:${port}`])
    await stage.expectRefused([400, 401], () => claim(at))
  const by = stage.nextAttacker().cafes
  await stage.expectRefused(401, () => stage.post(follow(stage, by), { by, keyId: `${origin}/k` }))
})

it.each([
  'https://[::1]',
  'https://[::]',
  'https://[::ffff:7f00:1]',
  'https://[::ffff:127.0.0.1]',
  'https://[64:ff9b::7f00:1]',
  'https://[2002:7f00:1::1]',
  'https://[fe80::1]',
  'https://[fd00::1]',
])('S02 a key at the IPv6 address %s is not fetched', async (origin) => {
  await stage.expectRefused(401, () => claim(origin))
})

it.each([
  'https://0.0.0.0',
  'https://0',
  'https://2130706433',
  'https://0x7f.1',
  'https://127.1',
  'https://0177.0.0.1',
  'https://127.0.0.1.',
  'https://①②⑦.⓪.⓪.①',
])('S03 a key at %s, this machine in other words, is not fetched', async (origin) => {
  await stage.expectRefused([400, 401], () => claim(origin))
})

it('names that only a local network can resolve are not looked up', async () => {
  for (const name of ['localhost', 'intranet', 'router.local', 'metadata.google.internal'])
    await stage.expectRefused(401, () => claim(`https://${name}`))
})

it('S08 a redirect from A to the sink is not followed, however long the way there', async () => {
  const attacker = stage.nextAttacker()
  const { cafes: a, pages } = attacker
  const redirect = (path: string, location: string) =>
    pages.set(path, (response) => response.writeHead(302, { location }).end())
  redirect('/actors/cafes', `${stage.sink.origin}/k`)
  await stage.expectRefused(401, () => stage.post(follow(stage, a), { by: a }))
  const other = stage.nextAttacker()
  other.pages.set('/actors/cafes', (response) => response.writeHead(307, { location: '/1' }).end())
  for (const hop of [1, 2, 3, 4, 5])
    other.pages.set(`/${hop}`, (response) =>
      response.writeHead(302, { location: `/${hop + 1}` }).end(),
    )
  other.pages.set('/6', documentOf(other.cafes, other.origin))
  await stage.expectRefused(401, () => stage.post(follow(stage, other.cafes), { by: other.cafes }))
  expect(other.requests.length).toBeLessThanOrEqual(4)
})

it('S10 a page that points to a page that points to a key is not read on', async () => {
  const attacker = stage.nextAttacker()
  const { cafes: a } = attacker
  for (const [path, next] of [
    ['/actors/cafes', '/k2'],
    ['/k2', '/k3'],
    ['/k3', '/k2'],
  ] as const)
    attacker.pages.set(path, (response) =>
      response
        .writeHead(200, {
          'content-type': 'text/html',
          link: `<${next}>; rel="alternate"; type="${ACTIVITY}"`,
        })
        .end(`<link rel="alternate" type="${ACTIVITY}" href="${next}">`),
    )
  await stage.expectRefused(401, () => stage.post(follow(stage, a), { by: a }))
  await stage.expectRefused(401, () => stage.post(follow(stage, a), { by: a }))
  expect(attacker.requests.length).toBeLessThanOrEqual(2)
})

it.each([
  'file:///etc/passwd',
  'data:application/activity+json,{}',
  'gopher://127.0.0.1/',
  'https://127.0.0.1/',
  'ftp://v.example/',
  '//',
])('S11 a redirect to %s is not followed', async (location) => {
  const attacker = stage.nextAttacker()
  const { cafes: a } = attacker
  attacker.pages.set('/actors/cafes', (response) => response.writeHead(302, { location }).end())
  await stage.expectRefused(401, () => stage.post(follow(stage, a), { by: a }))
})

it.each([
  ['too large', ACTIVITY, ' '.repeat(300 * 1024)],
  ['no JSON', ACTIVITY, '<script>'],
  ['of no ActivityPub type', 'application/json', undefined],
  ['a visitor’s upload', 'text/plain', undefined],
])('an actor’s document that is %s gives no key', async (_, type, body) => {
  const attacker = stage.nextAttacker()
  const { cafes: a } = attacker
  const document = JSON.stringify(documentOf(a, attacker.origin))
  attacker.pages.set('/actors/cafes', (response) =>
    response.writeHead(200, { 'content-type': type }).end((body ?? '') + document),
  )
  await stage.expectRefused(401, () => stage.post(follow(stage, a), { by: a }))
})

it('S12 nothing is delivered to an inbox at the sink, given at once or later', async () => {
  for (const inbox of [`${stage.sink.origin}/admin`, 'https://10.0.0.1/inbox', 'file:///inbox']) {
    const attacker = stage.nextAttacker()
    const b = attacker.addActor('b', { inbox })
    await stage.expectRefused([400, 403], () => stage.post(follow(stage, b), { by: b }))
  }
  const later = stage.nextAttacker()
  const { cafes: a } = later
  expect((await stage.post(follow(stage, a), { by: a })).status).toBe(202)
  const moved = { ...a, keyId: `${a.uri}#new-key` }
  const document = { ...documentOf(moved, later.origin), inbox: `${stage.sink.origin}/admin` }
  later.pages.set('/actors/cafes', document)
  await stage.expectRefused(403, () => stage.post(follow(stage, a), { by: moved }))

  const shared = stage.nextAttacker()
  const c = shared.addActor('c', { endpoints: { sharedInbox: `${stage.sink.origin}/admin` } })
  expect((await stage.post(follow(stage, c), { by: c })).status).toBe(202)
  const redirecting = stage.nextAttacker()
  const d = redirecting.cafes
  expect((await stage.post(follow(stage, d), { by: d })).status).toBe(202)
  await stage.settle()
  redirecting.answer.status = 308
  redirecting.answer.location = `${stage.sink.origin}/admin`

  await stage.publishOwn()
  await stage.settle()
  expect(
    shared.activitiesOf('Announce').length + shared.activitiesOf('Create').length,
  ).toBeGreaterThan(0)
  expect(shared.activities.every(({ path }) => path === '/actors/c/inbox')).toBe(true)

  // A redirect of a delivery is neither followed nor tried again.
  expect(redirecting.activities.length).toBeGreaterThan(0)
  await eventually('nothing waits for it', async () => {
    const waiting = 'select id from delivery where inbox like ? and parked_at is null'
    return stage.server.query(waiting, `${redirecting.origin}/%`).length === 0
  })
  const asked = redirecting.activities.length
  await stage.settle()
  expect(redirecting.activities.length).toBe(asked)
})

it('an Announce of what lies inside is not fetched, nor what A sends us on to', async () => {
  const liar = await stage.admitLiar()
  const m = liar.cafes
  const other = stage.nextAttacker()
  other.pages.set('/away', (response) =>
    response.writeHead(302, { location: `${stage.sink.origin}/x` }).end(),
  )
  other.pages.set('/posing', { ...anEvent(stage.v.cafes), name: 'Café pirate' })
  other.pages.set('/upload', (response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(JSON.stringify({ ...anEvent(other.cafes), id: `${other.origin}/upload` })),
  )
  for (const object of [
    `${stage.sink.origin}/cafes/1`,
    'https://10.0.0.1/cafes/1',
    'https://[::1]/cafes/1',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'https://user:pass@127.0.0.1/',
    `${stage.server.origin}/cafes/1`,
    `${other.origin}/away`,
    `${other.origin}/posing`,
    `${other.origin}/upload`,
  ]) {
    const cafes = stage.server.fingerprint(['cafe', 'cafe_document', 'deletion'])
    expect((await stage.post(activity(m, 'Announce', { object }), { by: m })).status).toBe(202)
    await stage.settle()
    expect(stage.server.fingerprint(['cafe', 'cafe_document', 'deletion'])).toEqual(cafes)
  }
})

it('an Announce by somebody unknown makes us fetch nothing but their key', async () => {
  const { cafes: a, origin, requests } = stage.nextAttacker()
  const object = `${origin}/cafes/1`
  expect((await stage.post(activity(a, 'Announce', { object }), { by: a })).status).toBe(202)
  await stage.settle()
  expect(requests.map(({ url }) => url)).toEqual(['/actors/cafes'])
})

it('lists, NodeInfo and pages of lists of a member that lead to the sink are not read there', async () => {
  const { sink } = stage
  const away = stage.nextAttacker()
  const nodeInfo = {
    links: [{ rel: 'http://nodeinfo.diaspora.software/ns/schema/2.1', href: `${sink.origin}/n` }],
  }
  away.pages.set('/.well-known/nodeinfo', jsonPage(nodeInfo))
  away.addActor('instance', {
    type: 'Application',
    preferredUsername: 'instance',
    upcomingEvents: `${sink.origin}/upcoming`,
    outbox: `${sink.origin}/outbox`,
  })
  const redirecting = stage.nextAttacker()
  for (const path of ['/upcoming', '/outbox', '/.well-known/nodeinfo'])
    redirecting.pages.set(path, (response) =>
      response.writeHead(302, { location: `${sink.origin}${path}` }).end(),
    )
  const paging = stage.nextAttacker()
  const { origin } = paging
  paging.pages.set('/upcoming', {
    id: `${origin}/upcoming`,
    type: 'OrderedCollection',
    first: { type: 'OrderedCollectionPage', orderedItems: [], next: `${sink.origin}/2` },
  })
  paging.pages.set('/outbox', {
    id: `${origin}/outbox`,
    type: 'OrderedCollection',
    first: `${sink.origin}/1`,
  })
  for (const peer of [away, redirecting, paging]) await stage.admit(peer)
  expect(sink.connections.total).toBe(0)
})

it('S17 pictures, pages and links of a café that lie inside are not fetched', async () => {
  const inside = `${stage.sink.origin}/x.png`
  for (const url of [
    inside,
    'https://10.0.0.1/x.png',
    'file:///etc/passwd',
    'data:image/svg+xml,<svg/>',
    `${stage.v.origin}/x.svg`,
  ]) {
    const image = { type: 'Image', mediaType: 'image/svg+xml', url, name: 'x' }
    const said = create(stage.v.cafes, {
      image,
      icon: image,
      attachment: [image, { type: 'Document', mediaType: 'image/png', url }],
      url: [{ type: 'Link', href: url, mediaType: 'text/html' }],
      replies: inside,
      inReplyTo: inside,
      facilitators: inside,
      tag: [{ type: 'Mention', href: inside }],
    })
    expect((await stage.post(said, { by: stage.v.cafes })).status).toBe(202)
    await stage.settle()
    expect(stage.findCafe(said.object.id)).toMatchObject({ image_url: null })
  }
  // A picture of the café's own origin may be fetched, but an SVG is not copied.
  expect(stage.v.hits('/x.svg')).toBeLessThanOrEqual(1)
  expect(stage.server.query('select 1 from cafe_picture where small is not null')).toEqual([])
})

const jsonPage = (document: object) => (response: ServerResponse) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document))
