import { type KeyObject, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { planVisits } from '../../../node/jobs/plan-readings.ts'
import { markPeerFailing } from '../../../node/store/directory/peers.ts'
import { matchNewCafes } from '../../../node/store/territories/alert-cafes.ts'
import { confirmAlert, requestAlert } from '../../../node/store/territories/alerts.ts'
import { openBrowser } from '../../support/browser.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { type Member, setUpcoming, startMember } from '../../support/member.ts'
import { peerOf, type Site, startSite, until, untilAtRest } from '../../support/network.ts'
import { readable } from '../../support/readable.ts'
import { type RemotePeer, startRemotePeer } from '../../support/remote-peer.ts'
import { signByFedify } from '../../support/request-signer.ts'
import { DIE } from '../../support/venues.ts'

/** A member stops answering its directory for a month, and then answers again. */

let hub: Site
let member: Member
let reader: RemotePeer
let known: Cafe
let past: Cafe
let lost: Cafe
let actor: object

beforeAll(async () => {
  hub = await startSite({ role: 'hub' })
  member = await startMember(hub)
  reader = await startRemotePeer(1)
  await follow('cafe-ia')
  const start = Temporal.Now.instant().round('second')
  const over = start.subtract({ hours: 50 })
  known = member.cafe({
    title: 'À venir',
    startsAt: start.add({ hours: 24 * 90 }),
    endsAt: start.add({ hours: 24 * 90 + 2 }),
    venue: DIE,
  })
  past = member.cafe({
    title: 'Déjà tenu',
    startsAt: over,
    endsAt: over.add({ hours: 2 }),
    venue: DIE,
  })
  lost = member.cafe({ title: 'Annoncé dans le vide', venue: DIE })
  for (const cafe of [known, past]) await member.say(member.activity('Create', cafe))
  await until(() => announces().length === 1, { what: 'the Announce' })
  setUpcoming(member, [member.event(known)])
  actor = member.pages.get('/actors/instance') as object
  // The first visit must be over before the tests, so that its results are not taken for later ones.
  await untilAtRest(hub)
})
afterAll(() => Promise.all([hub, member, reader].map((each) => each.close())))

async function follow(feed: string): Promise<void> {
  const camille = reader.addActor('camille', { type: 'Person' })
  await reader.send(camille, `${hub.origin}/inbox`, {
    '@context': 'https://www.w3.org/ns/activitystreams',
    id: `${reader.origin}/follows/${randomUUID()}`,
    type: 'Follow',
    actor: camille.uri,
    object: `${hub.origin}/actors/${feed}`,
  })
  await until(() => reader.activitiesOf('Accept').length > 0, { what: 'the Accept' })
}

const announces = ({ uri } = known) =>
  reader.activitiesOf('Announce').filter(({ json }) => json.object === uri)
const peer = () => peerOf(hub, member)

const page = async (path: string): Promise<string> => {
  const { status, text } = await openBrowser(hub.origin).get(path)
  expect(status, path).toBe(200)
  expect(await findHtmlErrors(text), path).toEqual([])
  return readable(text)
}

const cafePage = async () => `/cafes/${(await hub.find(known.uri))?.id}`

/** Moves all dates that are stored about the member so many hours back. */
async function pass(hours: number): Promise<void> {
  const before = await peer()
  const earlier = (text: string | null | undefined) =>
    text ? Temporal.Instant.from(text).subtract({ hours }).toString() : null
  await hub.context.db
    .updateTable('peer')
    .set({
      last_seen_at: earlier(before?.last_seen_at),
      failing_since: earlier(before?.failing_since),
      visited_at: earlier(before?.visited_at),
      silent_since: earlier(before?.silent_since),
    })
    .where('origin', '=', member.origin)
    .execute()
}

/** Plans visits, waits for the one that is due, and plans again. */
async function visit(): Promise<void> {
  const before = (await peer())?.visited_at
  await planVisits(hub.context)
  await until(
    async () => {
      const now = (await peer())?.visited_at
      return now && now !== before
    },
    { what: 'the visit' },
  )
  await untilAtRest(hub)
  await planVisits(hub.context)
}

const api = async (path: string) => (await hub.call('GET', path)).json
const listed = async (search = '') =>
  ((await api(`/cafes?limit=100${search}`)).items as { title: string }[]).map(({ title }) => title)

describe('a member that answers', () => {
  test('is asked for its actor once an hour, and for nothing while that is unchanged', async () => {
    member.pages.set('/actors/instance', (response, request) => {
      const isKnown = request.headers['if-none-match'] === '"un"'
      response.writeHead(isKnown ? 304 : 200, {
        'content-type': 'application/activity+json',
        etag: '"un"',
      })
      response.end(isKnown ? undefined : JSON.stringify(actor))
    })
    await pass(2)
    const before = member.requests.length
    await visit()
    await pass(2)
    await visit()
    const asked = member.requests.slice(before)
    expect(asked.map(({ url }) => url)).toEqual(['/actors/instance', '/actors/instance'])
    expect((await peer())?.failing_since).toBeNull()
    expect(await page(await cafePage())).not.toContain('répond')
    expect(await page(await cafePage())).toContain('Annoncé ou modifié par le lieu')
    expect(await page('/cafes')).not.toMatch(/à jour|confirm/iu)
  })

  test('is not marked for a failure, nor for a day of them', async () => {
    member.pages.set('/actors/instance', (response) => response.writeHead(503).end())
    await pass(2)
    await visit()
    await pass(30)
    await visit()
    expect((await peer())?.failing_since).not.toBeNull()
    expect(await page(await cafePage())).not.toContain('répond')
    expect(await api(`/cafes?id=${encodeURIComponent(known.uri)}`)).toMatchObject({
      peer: { reachable: true },
    })
  })
})

describe('a member silent for three days', () => {
  test('is marked so on its card, the page of its café, its own page, and in the API', async () => {
    await pass(43)
    await visit()
    const words = 'Le site du lieu ne répond plus depuis 3 jours : appelez avant de vous déplacer'
    const structure = `/structures/cafes@${new URL(member.origin).host}`
    for (const path of ['/', await cafePage(), structure]) expect(await page(path)).toContain(words)
    expect(await page(`${await cafePage()}?lang=en`)).toContain(
      'The place’s own site has not answered for 3 days: call before you travel',
    )
    expect(await api(`/cafes?id=${encodeURIComponent(known.uri)}`)).toMatchObject({
      peer: { reachable: false, lastSeenAt: (await peer())?.last_seen_at },
    })
    expect((await api('/peers')).items).toMatchObject([{ reachable: false }])
    expect(await listed()).toEqual(['À venir'])
  })
})

describe('a member silent for thirty days', () => {
  test('has nothing to come in any list, and keeps what is over', async () => {
    await pass(27 * 24)
    await visit()
    expect(await listed()).toEqual([])
    expect(await listed('&from=2020-01-01T00:00:00Z')).toEqual(['Déjà tenu'])
    expect(await page('/')).not.toContain('À venir</')
    expect(await page('/?ou=26150')).not.toContain(`href="${await cafePage()}"`)
    expect(await page('/territoires/26')).not.toContain(`href="${await cafePage()}"`)
    const feed = await fetch(`${hub.origin}/export/cafes.ics`)
    expect(await feed.text()).not.toContain('SUMMARY')
    const { json } = await hub.get(`${hub.origin}/actors/cafes-drome/upcoming`)
    expect(json.totalItems).toBe(0)
  })

  test('still has a page for each café, which says so', async () => {
    const text = await page(await cafePage())
    expect(text).toContain('Le site du lieu ne répond plus depuis 30 jours')
    expect(text).toContain('Ce café n’est plus dans les listes.')
    const structure = await page(`/structures/cafes@${new URL(member.origin).host}`)
    expect(structure).toContain('Ses cafés à venir ne sont plus dans les listes.')
    expect(structure).not.toContain('n’annonce pas de café')
    expect(structure).toContain('Déjà tenu')
    expect(await api(`/cafes?id=${encodeURIComponent(known.uri)}`)).toMatchObject({
      peer: { reachable: false },
    })
  })

  test('is shown again at its first activity, and nothing is sent twice', async () => {
    const { db, now } = hub.context
    // All cafés until now are matched here; without the second added, those of the last second would be matched next
    // time.
    await matchNewCafes(db, now().add({ seconds: 1 }))
    // This one was looked at before the silence.
    const knownId = (await hub.find(known.uri))?.id ?? ''
    await db.insertInto('alert_seen').values({ cafe_id: knownId, at: now().toString() }).execute()
    const alert = await db
      .transaction()
      .execute((trx) =>
        requestAlert(
          trx,
          { email: 'camille@lieu.example', area: { territory: '26' }, search: '', place: 'Drôme' },
          now(),
        ),
      )
    await confirmAlert(db, alert?.id ?? '', now())
    member.pages.set('/actors/instance', actor)
    const news = member.cafe({ title: 'Nouveau', venue: DIE })
    setUpcoming(
      member,
      [known, lost, news].map((cafe) => member.event(cafe)),
    )
    expect(await member.say(member.activity('Create', news))).toBe(202)
    expect(await listed()).toContain('À venir')
    await until(async () => (await listed()).length === 3, { what: 'what was said in the silence' })
    expect((await listed()).sort()).toEqual(['Annoncé dans le vide', 'Nouveau', 'À venir'])
    expect(await page(await cafePage())).not.toContain('répond')
    expect(await peer()).toMatchObject({
      failing_since: null,
      silent_since: null,
      hidden_since: null,
    })
    await until(() => announces(news).length === 1, { what: 'the news' })
    expect(announces()).toHaveLength(1)
    await matchNewCafes(db, now().add({ seconds: 5 }))
    const told = await db.selectFrom('alert_cafe').select('cafe_id').execute()
    expect(told.map(({ cafe_id }) => cafe_id)).not.toContain((await hub.find(known.uri))?.id)
    expect(told).toHaveLength(2)
  })

  test('is back as well when a visit finds it', async () => {
    member.pages.set('/actors/instance', (response) => response.writeHead(503).end())
    await pass(2)
    await visit()
    await pass(31 * 24)
    await visit()
    expect(await listed()).toEqual([])
    member.pages.set('/actors/instance', actor)
    await pass(30)
    await planVisits(hub.context)
    await until(async () => (await listed()).length > 1, { what: 'its return' })
  })

  test('is visited at once when its own signed request arrives, not when another signs in its name', async () => {
    const { db, now } = hub.context
    await untilAtRest(hub)
    await markPeerFailing(db, { origin: member.origin, error: 'timeout' }, now())
    const ask = async (privateKey: KeyObject) => {
      const headers = { accept: 'application/activity+json' }
      const request = new Request(`${hub.origin}/actors/instance`, { headers })
      const { keyId } = member.instance
      return (await fetch(await signByFedify(request, { privateKey, keyId }))).status
    }
    const isFailing = async () => (await peerOf(hub, member))?.failing_since !== null
    expect(await ask(reader.addActor('liar').rsa.privateKey)).toBe(200)
    await untilAtRest(hub)
    expect(await isFailing()).toBe(true)
    expect(await ask(member.instance.rsa.privateKey)).toBe(200)
    await until(async () => !(await isFailing()), { what: 'the visit' })
  })
})
