import { request } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { apiParts } from '../../../node/routes/addresses.ts'
import { apiRoutes } from '../../../node/routes/api/api.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { saveBlock } from '../../../node/store/directory/blocks.ts'
import { insertTombstone } from '../../../node/store/directory/deletions.ts'
import { markPeerFailing, markPeerSeen, upsertPeer } from '../../../node/store/directory/peers.ts'
import { saveVisit, updateReachability } from '../../../node/store/directory/unreachable-peers.ts'
import { setFollowing, setMembership } from '../../../node/store/memberships.ts'
import { deleteCafes } from '../../../node/store/search-index/write-cafes.ts'
import { isOnPostgres } from '../../support/database.ts'
import { aCafe } from '../../support/some-cafes.ts'
import { DIE } from '../../support/venues.ts'
import { type ApiServer, aBody, NOW, startApi } from './api-server.ts'

let api: ApiServer

beforeEach(async () => {
  api = await startApi()
})
afterEach(async () => {
  expect(api.failures).toEqual([])
  await api.stop()
})

type Item = { id: string; title: string; distanceKm?: number }

const read = async (path: string) => {
  const answer = await api.get(path)
  expect(answer.status, path).toBe(200)
  return answer.json()
}
const titles = async (search: string): Promise<string[]> =>
  (await read(`/api/v1/cafes?${search}`)).items.map(({ title }: Item) => title)
const announce = async (changes: Record<string, unknown> = {}) => {
  const answer = await api.send('POST', '/api/v1/cafes', aBody(changes))
  expect(answer.status).toBe(201)
  return answer.json()
}

/** Adds a member of this directory with one café at Die. */
async function aMember() {
  const { db } = api.context
  const origin = 'https://tiers-lieu.example'
  const peer = await upsertPeer(db, { actorUri: `${origin}/actors/instance`, name: 'Tiers-lieu' })
  await setMembership(db, peer.id, 'member', NOW)
  await markPeerSeen(db, origin, NOW)
  const uri = `${origin}/cafes/0197a1c2-1111-7000-8000-000000000000`
  const cafe = aCafe({ peerId: peer.id, uri, url: uri, venue: DIE, title: 'Café de Die' })
  await saveCafe(db, cafe)
  return { peer, cafe, origin }
}

const KEYS =
  'id uid reference url title summary descriptionHtml startsAt endsAt timezone status statusNote previousStartsAt confirmedAt attendanceMode isFree openTo intentions languages speakers support phone venue organizer facilitators format themes audiences accessibility registration image series updatedAt peer'

test('how one comes in is said with the place, as the café’s own site says it', async () => {
  const { db } = api.context
  const { cafe } = await aMember()
  const acceslibreUrl = 'https://acceslibre.example/die'
  const { venue } = cafe
  if (!venue) throw new Error('a café without a place')
  await saveCafe(db, { ...cafe, venue: { ...venue, access: 'Par la cour', acceslibreUrl } })
  const { items } = await read('/api/v1/cafes')
  expect(items[0].venue).toMatchObject({ access: 'Par la cour', acceslibreUrl })
})

test('a café has every key, with null for what is not known, and no price', async () => {
  await announce()
  const { items, next } = await read('/api/v1/cafes')
  expect(next).toBeNull()
  expect(Object.keys(items[0])).toEqual(expect.arrayContaining(KEYS.split(' ')))
  expect(items[0]).toMatchObject({ isFree: true, facilitators: [], phone: null, series: null })
  expect(items[0]).not.toHaveProperty('distanceKm')
  expect(items[0]).not.toHaveProperty('descriptionMarkdown')
  expect(items[0].updatedAt).toBe('2026-11-25T09:00:00Z')
})

test('a café of a member is shown with its server and the way to it', async () => {
  const { cafe, origin } = await aMember()
  const { items } = await read('/api/v1/cafes')
  expect(items[0]).toMatchObject({
    id: cafe.uri,
    url: cafe.url,
    startsAt: '2026-12-09T18:30:00+01:00',
    peer: { host: 'tiers-lieu.example', lastSeenAt: '2026-11-25T09:00:00Z', reachable: true },
  })
  await markPeerFailing(api.context.db, { origin, error: 'timeout' }, NOW.add({ hours: 1 }))
  expect((await read('/api/v1/cafes')).items[0].peer.reachable).toBe(true)
  await saveVisit(api.context.db, origin, NOW.add({ hours: 73 }))
  await updateReachability(api.context.db, NOW.add({ hours: 73 }))
  const [unreachable] = (await read('/api/v1/cafes')).items
  expect(unreachable.peer).toMatchObject({ reachable: false, lastSeenAt: '2026-11-25T09:00:00Z' })
})

test('one café by its id here, by its whole address, and by the parameter id', async () => {
  const { cafe } = await aMember()
  const whole = encodeURIComponent(cafe.uri)
  for (const path of [`/cafes/${cafe.id}`, `/cafes/${whole}`])
    expect((await read(`/api/v1${path}`)).id, path).toBe(cafe.uri)
  const there = await fetch(`${api.origin}/api/v1/cafes?id=${whole}`)
  expect([there.redirected, (await there.json()).id]).toEqual([true, cafe.uri])
  expect((await api.get('/api/v1/cafes/0197a1c2-2222-7000-8000-000000000000')).status).toBe(404)
  expect((await api.get(`/api/v1/cafes?id=${whole}x`)).status).toBe(404)
  const gone = 'https://tiers-lieu.example/cafes/gone'
  await insertTombstone(api.context.db, { uri: gone, ours: false, deletedAt: NOW })
  expect((await api.get(`/api/v1/cafes/${encodeURIComponent(gone)}`)).status).toBe(410)
})

test('a place is a postcode, a town or a point, and the distance is said', async () => {
  await announce()
  await aMember()
  expect(await titles('near=35000')).toEqual(['L’IA au quotidien'])
  expect(await titles('near=rennes&radius=5')).toEqual(['L’IA au quotidien'])
  expect(await titles('near=44.75,5.37&radius=10')).toEqual(['Café de Die'])
  expect(await titles('near=44.75,5.37&radius=0.1')).toEqual([])
  const { items } = await read('/api/v1/cafes?near=47,2&radius=500&order=distance')
  expect(items.map(({ title }: Item) => title)).toEqual(['L’IA au quotidien', 'Café de Die'])
  expect(items[0].distanceKm).toBeCloseTo(302.1, 0)
})

test('a postcode that several towns share is understood', async () => {
  await announce({ venue: { name: 'Salle', codeInsee: '26113' } })
  expect(await titles('near=26150')).toHaveLength(1)
  expect((await api.get('/api/v1/cafes?near=nulle-part-sur-rien')).status).toBe(400)
})

test('a département or a région is a place too, and is offered where a town bears its name', async () => {
  await announce({ title: 'À Die', venue: { name: 'Salle', codeInsee: '26113' } })
  const reunion = { name: 'Poste', postalCode: '97400', commune: 'Saint-Denis' }
  await announce({ title: 'À Saint-Denis', venue: reunion })
  for (const name of ['near', 'ou']) {
    expect(await titles(`${name}=Drôme (26)`)).toEqual(['À Die'])
    expect(await titles(`${name}=Auvergne-Rhône-Alpes`)).toEqual(['À Die'])
    expect(await titles(`${name}=26`)).toEqual(['À Die'])
    expect(await titles(`${name}=La Réunion`)).toEqual(['À Saint-Denis'])
    expect(await titles(`${name}=97499 Saint-Denis Cedex`)).toEqual(['À Saint-Denis'])
    const alone = await api.get(`/api/v1/cafes?${name}=97499`)
    expect(alone.status).toBe(400)
    expect((await alone.json()).errors[0].message).toContain('Cedex')
    expect(await titles(`${name}=France`)).toEqual(
      expect.arrayContaining(['À Die', 'À Saint-Denis']),
    )
    expect(await titles(`${name}=La Réunion (974)`)).toEqual(['À Saint-Denis'])
    expect(await titles(`${name}=La Réunion (département)`)).toEqual(['À Saint-Denis'])
    expect(await titles(`${name}=La Réunion (47)`)).toEqual([])
  }
  // Of several towns with one name, the most populous is taken.
  expect(await titles('near=Saint-Denis')).toEqual(['À Saint-Denis'])
  const { place } = await read('/api/v1/cafes?near=Saint-Denis')
  expect(place.name).toBe('Saint-Denis (La Réunion, 974)')
  expect(place.others[0]).toBe('Saint-Denis (93)')
  expect((await read(`/api/v1/cafes?near=${place.others[0]}`)).place.name).toMatch(/93/)
  for (const without of ['near=44.75,5.37', ''])
    expect(await read(`/api/v1/cafes?${without}`)).not.toHaveProperty('place')
  expect(await titles('near=Mayenne')).toEqual([])
})

test('both of `near` and `territory` count; of the words of the pages the place alone', async () => {
  await announce({ title: 'À Die', venue: { name: 'Salle', codeInsee: '26113' } })
  expect(await titles('near=Die&territory=r-53')).toEqual([])
  expect(await titles('ou=Die&territoire=r-53')).toEqual(['À Die'])
  expect(await titles('ou=Drôme (26)&territoire=r-53')).toEqual(['À Die'])
  expect(await titles('near=Auvergne-Rhône-Alpes&territory=26')).toEqual(['À Die'])
  expect(await titles('near=Drôme (26)&territory=r-84')).toEqual(['À Die'])
  const answer = await api.get('/api/v1/cafes?near=Drôme (26)&territory=35')
  expect(answer.status).toBe(400)
  expect((await answer.json()).errors[0].field).toBe('territory')
})

test('what is wrong is called as it was sent, and a distance needs a place', async () => {
  const fields = async (search: string) => {
    const answer = await api.get(`/api/v1/cafes?${search}`)
    expect(answer.status, search).toBe(400)
    return (await answer.json()).errors.map(({ field }: { field: string }) => field)
  }
  for (const name of ['type', 'acces', 'intention', 'kind', 'accessibility'])
    expect(await fields(`${name}=zz,yy`)).toEqual([name])
  expect(await fields('order=distance')).toEqual(['order'])
  expect(await fields('order=distance&near=Drôme (26)')).toEqual(['order'])
  expect(await fields('order=distance&near=zzzzz')).toEqual(['near'])
})

test('dates are days at the place, or instants', async () => {
  await announce({ title: 'Le soir du 9' })
  const reunion = { name: 'Poste', postalCode: '97400', commune: 'Saint-Denis' }
  // In Paris it is still 9 December.
  await announce({ title: 'La nuit du 10', startsAt: '2026-12-10T00:30', venue: reunion })
  expect(await titles('from=2026-12-09&until=2026-12-09')).toEqual(['Le soir du 9'])
  expect(await titles('from=2026-12-10&until=2026-12-10')).toEqual(['La nuit du 10'])
  expect(
    await titles('from=2026-12-09T19:00:00%2B01:00&until=2026-12-09T23:00:00%2B01:00'),
  ).toEqual(['Le soir du 9', 'La nuit du 10'])
  expect(await titles('from=2026-12-09T20:30:00Z')).toEqual(['La nuit du 10'])
})

test('a café that is over is found only when the past is asked for', async () => {
  await announce()
  api.advance({ hours: 24 * 20 })
  expect(await titles('')).toEqual([])
  expect(await titles('from=2026-12-01')).toHaveLength(1)
})

test('words, territory, mode, format, audience and accessibility narrow the search', async () => {
  await announce({
    title: 'Débat sur l’école',
    format: 'Débat mouvant',
    audiences: ['Séniors'],
    accessibility: ['hi', 'mi'],
    intentions: ['debate'],
  })
  await announce({
    title: 'En ligne',
    attendanceMode: 'online',
    venue: null,
    onlineUrl: 'https://visio.example',
  })
  const found = ['Débat sur l’école']
  expect(await titles('q=ECOLES')).toEqual(found)
  expect(await titles('q=ecole+rennes')).toEqual(found)
  expect(await titles('q=ecole+nantes')).toEqual([])
  for (const code of ['r-53', '35', 'e-243500139', 'c-35238'])
    expect(await titles(`territory=${code}`), code).toEqual(found)
  expect(await titles('territory=29')).toEqual([])
  expect(await titles('mode=online')).toEqual(['En ligne'])
  expect(await titles('mode=online,mixed')).toEqual(['En ligne'])
  expect(await titles('bbox=-1.9,48,-1.5,48.3')).toEqual(found)
  expect(await titles('bbox=-1.5,48,2,48.3')).toEqual([])
  expect(await titles('format=debat+mouvant')).toEqual(found)
  expect(await titles('format=atelier&format=debat+mouvant')).toEqual(found)
  expect(await titles('audience=senior')).toEqual(found)
  expect(await titles('accessibility=hi&accessibility=mi')).toEqual(found)
  expect(await titles('accessibility=hi,vi')).toEqual([])
  expect(await titles('intention=debate,learn')).toEqual(found)
  expect(
    await titles(`organizer=${encodeURIComponent(`${api.origin}/actors/cafes`)}`),
  ).toHaveLength(2)
  // The instant is compared with the real clock, not with that of the test.
  const clock = Temporal.Now.instant()
  expect(await titles(`updatedSince=${clock.add({ hours: 24 })}`)).toEqual([])
  expect(await titles(`updatedSince=${clock.subtract({ hours: 24 })}`)).toHaveLength(2)
})

test('the pages follow one another to the end, each café once', async () => {
  for (let day = 1; day <= 7; day++)
    await announce({ title: `Jour ${day}`, startsAt: `2026-12-0${day}T18:00` })
  const seen: string[] = []
  let path: string | undefined = '/api/v1/cafes?limit=3'
  while (path) {
    const { items, next }: { items: Item[]; next: string | null } = await read(path)
    expect(items.length).toBeLessThanOrEqual(3)
    seen.push(...items.map(({ title }) => title))
    expect(next === null || next.startsWith(`${api.origin}/api/v1/cafes?`)).toBe(true)
    path = next?.slice(api.origin.length)
  }
  expect(seen).toEqual(Array.from({ length: 7 }, (_, index) => `Jour ${index + 1}`))
})

test.each([
  ['radius', 'near=35000&radius=501'],
  ['radius', 'near=35000&radius=abc'],
  ['limit', 'limit=101'],
  ['limit', 'limit=0'],
  ['limit', 'limit=1.5'],
  ['near', 'near=91,0'],
  ['near', 'near=0,181'],
  ['from', 'from=2026-13-45'],
  ['from', 'from=hier'],
  ['until', 'from=2026-12-09&until=2026-12-08'],
  ['updatedSince', 'updatedSince=%2B275760-09-13'],
  ['territory', 'territory=r-999'],
  ['mode', 'mode=somewhere'],
  ['mode', 'mode=online,somewhere'],
  ['bbox', 'bbox=1,2,3'],
  ['bbox', 'bbox=1,49,2,48'],
  ['bbox', 'bbox=1,48,2,91'],
  ['bbox', 'bbox=1,48,2,1e1'],
  ['fields', 'fields=id,secret'],
  ['accessibility', 'accessibility=hi,xx'],
  ['cursor', 'cursor=Zm9yZ2Vk'],
  ['openTo', 'openTo=nobody'],
  ['q', 'q=a&q=b'],
])('a wrong %s is said beside its name: %s', async (field, search) => {
  const answer = await api.get(`/api/v1/cafes?${search}`, { 'Accept-Language': 'en' })
  expect(answer.status).toBe(400)
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
  const { errors } = await answer.json()
  expect(errors.map((error: { field: string }) => error.field)).toEqual([field])
  expect(errors[0].message).toMatch(/^[A-Z][^éà]+$/)
})

test('of each café only the chosen fields are answered', async () => {
  const { id, title } = await announce()
  expect((await read('/api/v1/cafes?fields=title,id')).items).toEqual([{ id, title }])
  expect((await read('/api/v1/cafes?fields=')).items[0]).toHaveProperty('startsAt')
})

test('cafés of a search are counted by territory, month and more; cancelled ones are not', async () => {
  await announce({ format: 'Atelier', startsAt: '2027-01-31T18:30:00', endsAt: null })
  await announce({ format: 'ateliers', audiences: ['Séniors', 'Ados'] })
  const off = await announce({ title: 'Annulé' })
  await api.send('POST', `/api/v1/cafes/${off.id.split('/').at(-1)}/cancel`, { reason: 'Grève' })
  const counted = await read('/api/v1/facets?by=departement,format,audience,month&territory=r-53')
  expect(counted).toMatchObject({ total: 2, isCapped: false })
  expect(counted.facets.departement).toEqual([{ value: '35', name: 'Ille-et-Vilaine', cafes: 2 }])
  expect(counted.facets.format).toEqual([{ value: expect.any(String), cafes: 2 }])
  expect(counted.facets.audience.map(({ value }: { value: string }) => value)).toEqual([
    'Ados',
    'Séniors',
  ])
  expect(counted.facets.month).toHaveLength(2)
  expect(Object.keys((await read('/api/v1/facets')).facets)).toHaveLength(10)
  const wrong = await api.get('/api/v1/facets?by=colour&territory=r-999')
  expect(wrong.status).toBe(400)
  expect((await wrong.json()).errors.map(({ field }: { field: string }) => field)).toEqual([
    'by',
    'territory',
  ])
})

test('who asks again for what did not change gets 304', async () => {
  await announce()
  const first = await api.get('/api/v1/cafes')
  const etag = first.headers.get('ETag') ?? ''
  expect(etag).toMatch(/^"[\w-]+"$/)
  expect(first.headers.get('Cache-Control')).toContain('must-revalidate')
  const again = await api.get('/api/v1/cafes', { 'If-None-Match': `"other", W/${etag}` })
  expect(again.status).toBe(304)
  expect(await again.text()).toBe('')
  await announce({ title: 'Un autre' })
  expect((await api.get('/api/v1/cafes', { 'If-None-Match': etag })).status).toBe(200)
})

test('pages of any site may read, none may write', async () => {
  const answer = await api.get('/api/v1/cafes', { Origin: 'https://ville.example' })
  expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*')
  expect(answer.headers.get('Access-Control-Allow-Credentials')).toBeNull()
  const wrong = await api.get('/api/v1/cafes/none')
  expect(wrong.headers.get('Access-Control-Allow-Origin')).toBe('*')
  const preflight = await fetch(`${api.origin}/api/v1/cafes`, { method: 'OPTIONS' })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('Access-Control-Allow-Methods')).toBe('GET, HEAD')
  const written = await api.send('POST', '/api/v1/cafes', aBody())
  expect(written.headers.get('Access-Control-Allow-Origin')).toBeNull()
})

test('how many there are is said to who asks, the cancelled ones apart', async () => {
  const { id } = await announce()
  for (const title of ['Deux', 'Trois']) await announce({ title })
  await api.send('POST', `/api/v1/cafes/${encodeURIComponent(id)}/cancel`, {})
  const read = async (search: string) => (await api.get(`/api/v1/cafes?${search}`)).json()
  expect(await read('total=1&limit=1')).toMatchObject({ total: 2, cancelled: 1 })
  const { next, total } = await read('limit=1&total=0')
  expect(total).toBeUndefined()
  const second = await (await fetch(`${next.replace('total=0', 'total=1')}&q=Deux`)).json()
  expect(second).toMatchObject({ total: 1, cancelled: 0 })
})

test('a method that an address does not take is said with those that it takes', async () => {
  const answer = await api.send('PATCH', '/api/v1/cafes', {})
  expect(answer.status).toBe(405)
  expect(answer.headers.get('Allow')?.split(', ').sort()).toEqual([
    'GET',
    'HEAD',
    'OPTIONS',
    'POST',
  ])
  expect((await api.send('DELETE', '/api/v1/peers')).status).toBe(405)
  expect((await api.get('/api/v1/cafes/x/cancel')).status).toBe(405)
  expect((await api.get('/api/v1/nothing')).status).toBe(404)
  expect((await api.get('/api/v1/nothing')).headers.get('Content-Type')).toBe(
    'application/problem+json',
  )
  const head = await fetch(`${api.origin}/api/v1/cafes`, { method: 'HEAD' })
  expect(head.status).toBe(200)
})

test('peers are those whose cafés are shown, without what is private', async () => {
  const { db } = api.context
  await aMember()
  const foreign = await upsertPeer(db, {
    actorUri: 'https://mobilizon.example/@x',
    name: 'Mobilizon',
  })
  await setFollowing(db, foreign.id, 'accepted', NOW)
  const asking = await upsertPeer(db, {
    actorUri: 'https://asking.example/actors/instance',
    name: 'Asking',
  })
  await setMembership(db, asking.id, 'requested', NOW, { invitation: 'a private word' })
  const blocked = await upsertPeer(db, {
    actorUri: 'https://blocked.example/actors/instance',
    name: 'B',
  })
  await setMembership(db, blocked.id, 'member', NOW)
  await saveBlock(db, { target: 'blocked.example', reason: 'spam' }, NOW)
  expect(await read('/api/v1/peers')).toEqual({
    items: [
      {
        host: 'mobilizon.example',
        origin: 'https://mobilizon.example',
        name: 'Mobilizon',
        state: 'followed',
        lastSeenAt: null,
        reachable: true,
        cafes: 0,
      },
      {
        host: 'tiers-lieu.example',
        origin: 'https://tiers-lieu.example',
        name: 'Tiers-lieu',
        state: 'member',
        lastSeenAt: '2026-11-25T09:00:00Z',
        reachable: true,
        cafes: 1,
      },
    ],
  })
})

test('the removed are listed page by page', async () => {
  const { db } = api.context
  const uris = Array.from({ length: 502 }, (_, index) => `https://a.example/cafes/${1000 + index}`)
  const { peer } = await aMember()
  await db.transaction().execute(async (trx) => {
    const cafes = uris.map((uri) => aCafe({ peerId: peer.id, uri, url: uri }))
    for (const cafe of cafes) await saveCafe(trx, cafe)
    await deleteCafes(
      trx,
      cafes.map(({ id }) => id),
    )
  })
  const since = Temporal.Now.instant().subtract({ hours: 1 })
  const ids: string[] = []
  let path: string | undefined = `/api/v1/removed?since=${since}`
  while (path) {
    const page: { items: Item[]; next: string | null } = await read(path)
    expect(page.items.length).toBeLessThanOrEqual(500)
    ids.push(...page.items.map(({ id }) => id))
    path = page.next?.slice(api.origin.length)
  }
  expect(ids).toEqual(uris)
  expect((await api.get('/api/v1/removed?since=yesterday')).status).toBe(400)
  expect((await api.get('/api/v1/removed?cursor=xyz')).status).toBe(400)
})

test('a territory is found by name, and says what it is in and how many cafés are to come', async () => {
  await announce()
  for (const [typed, code] of [
    ['Grenobel', 'c-38185'],
    ['Montmartre', 'c-75118'],
    ['Villefranche', 'c-69264'],
  ]) {
    const suggested = await read(`/api/v1/territories?q=${typed}`)
    expect([typed, suggested.items.map((item: { code: string }) => item.code)]).toEqual([
      typed,
      expect.arrayContaining([code]),
    ])
  }
  const { items } = await read('/api/v1/territories?q=rennes')
  expect(items).toContainEqual({ code: 'c-35238', name: 'Rennes', kind: 'commune' })
  const rennes = await read('/api/v1/territories/c-35238')
  expect(rennes).toMatchObject({ name: 'Rennes', kind: 'commune', cafes: 1 })
  expect(rennes.parents.map(({ code }: { code: string }) => code)).toEqual([
    'e-243500139',
    '35',
    'r-53',
  ])
  expect((await read('/api/v1/territories/35')).parents).toEqual([
    { code: 'r-53', name: 'Bretagne', kind: 'region' },
  ])
  expect((await read('/api/v1/territories/29')).cafes).toBe(0)
  expect((await read('/api/v1/territories')).items).toEqual([])
  expect((await api.get('/api/v1/territories/zz')).status).toBe(404)
})

test('structures and venues with cafés to come are found by the beginnings of their words', async () => {
  const venue = { name: 'Le Comptoir des ombres', postalCode: '26150', commune: 'Die' }
  await announce({ venue })
  await announce({ venue, title: 'Un second' })
  const namesOf = async (text: string) =>
    (await read(`/api/v1/names?q=${encodeURIComponent(text)}`)).items
  expect(await namesOf('comptoi omb')).toEqual([
    { text: 'Le Comptoir des ombres, Die', kind: 'venue' },
  ])
  const [structure] = await namesOf(api.organization.name)
  expect(structure).toEqual({ text: api.organization.name, kind: 'structure' })
  for (const text of ['', 'co', '26150', 'second', 'x'.repeat(5000)])
    expect(await namesOf(text)).toEqual([])
  await announce({ venue: { ...venue, name: 'Die' } })
  expect(await namesOf('die')).not.toContainEqual(expect.objectContaining({ text: 'Die' }))
})

test('an encoded slash is taken in an id or a key of a café and nowhere else', async () => {
  const status = (path: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { hostname, port } = new URL(api.origin)
      request({ hostname, port, path }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
        .on('error', reject)
        .end()
    })
  expect(await status('/api/v1/cafes/https%3A%2F%2Fa.example%2Fcafes%2F1')).toBe(404)
  expect(await status('/api/v1/territories/c%2F35238')).toBe(400)
  expect(await status('/api/v1/cafes/..%2f..%2fpeers')).toBe(404)
  const odd = await api.get('/api/v1/territories/c%2F35238', { 'Accept-Language': 'en' })
  expect(odd.headers.get('Content-Type')).toBe('application/problem+json')
  expect(await odd.json()).toMatchObject({ status: 400, title: 'This address is malformed.' })
})

test.runIf(isOnPostgres)('several processes of one site count together', async () => {
  const processes = [apiRoutes(api.context, apiParts), apiRoutes(api.context, apiParts)]
  const ask = async (many: number, path: string, method = 'GET') => {
    const statuses: number[] = []
    for (let sent = 0; sent < many; sent += 40) {
      const answers = Array.from({ length: 40 }, (_, index) =>
        processes[index % 2]?.request(path, { method }),
      )
      for (const answer of await Promise.all(answers)) statuses.push(answer?.status ?? 0)
    }
    return statuses
  }
  const written = await ask(80, '/cafes/none', 'DELETE')
  expect(written.filter((status) => status === 401)).toHaveLength(60)
  // Clients that read little have no row.
  const rows = () =>
    api.context.db
      .selectFrom('rate_limit')
      .select('key')
      .where('key', 'like', 'api: read%')
      .execute()
  await ask(40, '/territories/zz')
  expect(await rows()).toEqual([])
  const read = (await ask(800, '/territories/zz')).filter((status) => status === 404)
  expect(await rows()).toHaveLength(1)
  // Each process counts less than one step too few, and the requests that are pending while it reads the count.
  expect(read.length).toBeLessThanOrEqual(600 - 40 + 2 * (29 + 20))
  expect(read.length).toBeGreaterThanOrEqual(600 - 40)
})

test('a reader who asks too much is told how long to wait', async () => {
  const statuses: number[] = []
  for (let batch = 0; batch < 13; batch++) {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => api.get('/api/v1/cafes/none')),
    )
    statuses.push(...answers.map(({ status }) => status))
  }
  expect(statuses.filter((status) => status === 404)).toHaveLength(600)
  expect(statuses.filter((status) => status === 429)).toHaveLength(50)
})
