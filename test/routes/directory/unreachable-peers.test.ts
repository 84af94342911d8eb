import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { markPeerFailing, markPeerSeen, upsertPeer } from '../../../node/store/directory/peers.ts'
import { saveVisit, updateReachability } from '../../../node/store/directory/unreachable-peers.ts'
import { setFollowing, setMembership } from '../../../node/store/memberships.ts'
import { searchCafes } from '../../../node/store/search/search.ts'
import { signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
let browser: Browser
beforeEach(async () => {
  server = await startWeb({ role: 'hub' })
  browser = await signInByLink(server)
})
afterEach(() => server.stop())

const originOf = (name: string) => `https://${name}.example`

const foreign = (peerId: string) => ({ peerId, organizationId: undefined })

/** Adds a server that was seen just now, with one café three months later. */
async function aServer(name: string, standing: 'member' | 'followed' = 'member'): Promise<void> {
  const { db, now } = server.context
  const origin = originOf(name)
  const { id } = await upsertPeer(db, { actorUri: `${origin}/actors/instance`, name })
  if (standing === 'member') await setMembership(db, id, 'member', now())
  else await setFollowing(db, id, 'accepted', now())
  await markPeerSeen(db, origin, now())
  const uri = `${origin}/cafes/1`
  const startsAt = now().add({ hours: 24 * 90 })
  const content = { title: `Café de ${name}`, startsAt, endsAt: startsAt.add({ hours: 2 }) }
  const organizer = { uri: `${origin}/actors/cafes`, name, url: `${origin}/` }
  const place = { id: `cafe-${name}`, uid: uri, uri, url: uri, organizer, ...foreign(id) }
  await saveCafe(db, { ...ownCafe(content), ...place })
}

/** Visits each of these servers, which does not answer. */
async function fail(...names: string[]): Promise<void> {
  const { db, now } = server.context
  for (const name of names) {
    await markPeerFailing(db, { origin: originOf(name), error: 'timeout' }, now())
    await saveVisit(db, originOf(name), now())
  }
  await updateReachability(db, now())
}

async function answer(...names: string[]): Promise<void> {
  const { db, now } = server.context
  for (const name of names) await markPeerSeen(db, originOf(name), now())
  await updateReachability(db, now())
}

const found = async () => {
  const { db, now } = server.context
  return (await searchCafes(db, { from: now() })).items.map(({ title }) => title).sort()
}

const admin = async (path = '') => readable((await browser.get(`/administration${path}`)).text)

const CUT_OFF = 'n’atteint plus le réseau'

describe('one server of several is silent', () => {
  test('whether it is a member or merely followed: marked, then hidden, then back', async () => {
    for (const name of ['a', 'b', 'c']) await aServer(name)
    await aServer('suivi', 'followed')
    await fail('a', 'suivi')
    server.advance({ hours: 72 })
    await fail('a', 'suivi')
    expect(await admin('/reseau')).toContain('Ne répond plus depuis 3 jours')
    expect(await admin()).not.toContain(CUT_OFF)
    const page = await openBrowser(server.origin).get('/')
    expect(page.text.match(/ne répond plus/gu)).toHaveLength(2)
    server.advance({ hours: 27 * 24 })
    await fail('a', 'suivi')
    expect(await found()).toEqual(['Café de b', 'Café de c'])
    expect(await admin('/reseau')).toContain('Ses cafés à venir sont cachés')
    await answer('a', 'suivi')
    expect(await found()).toEqual(['Café de a', 'Café de b', 'Café de c', 'Café de suivi'])
    const tasks = await server.context.db.selectFrom('task').select('kind').execute()
    expect(tasks).toEqual([{ kind: 'reconcile' }, { kind: 'reconcile' }])
  })

  test('a café that it announces while it is hidden comes with all the others', async () => {
    for (const name of ['a', 'b', 'c']) await aServer(name)
    await fail('a')
    server.advance({ hours: 30 * 24 })
    await fail('a')
    expect(await found()).toEqual(['Café de b', 'Café de c'])
    // The café belongs to another server and was passed on by the silent one, so it is hidden from the beginning.
    const { db } = server.context
    const { id } = await upsertPeer(db, { actorUri: `${originOf('a')}/actors/instance`, name: 'a' })
    const uri = 'https://ailleurs.example/cafes/2'
    const startsAt = server.context.now().add({ hours: 24 * 30 })
    const content = { title: 'Relayé', startsAt, endsAt: startsAt.add({ hours: 2 }) }
    await saveCafe(db, {
      ...ownCafe(content),
      id: 'cafe-2',
      uid: uri,
      uri,
      url: uri,
      ...foreign(id),
    })
    expect(await found()).toEqual(['Café de b', 'Café de c'])
    await answer('a')
    expect(await found()).toEqual(['Café de a', 'Café de b', 'Café de c', 'Relayé'])
  })
})

describe('most servers are silent at once', () => {
  test('nothing is marked or hidden, the administration says so, and nobody pays for it afterwards', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await aServer(name)
    await fail('a')
    server.advance({ hours: 48 })
    await fail('a', 'b', 'c', 'd')
    expect(await admin()).toContain(CUT_OFF)
    expect(await admin('/reseau')).toContain(CUT_OFF)
    server.advance({ hours: 31 * 24 })
    await fail('a', 'b', 'c', 'd')
    expect(await found()).toHaveLength(5)
    expect((await openBrowser(server.origin).get('/')).text).not.toContain('ne répond plus')
    await answer('b', 'c')
    expect(await admin()).not.toContain(CUT_OFF)
    // Server `a` had failed for two days before; `d` fails for the first time.
    await fail('a', 'd')
    expect((await openBrowser(server.origin).get('/')).text).not.toContain('ne répond plus')
    server.advance({ hours: 24 })
    await fail('a', 'd')
    expect((await openBrowser(server.origin).get('/')).text.match(/ne répond plus/gu)).toHaveLength(
      1,
    )
    server.advance({ hours: 27 * 24 })
    await fail('a', 'd')
    expect(await found()).toEqual(['Café de b', 'Café de c', 'Café de d', 'Café de e'])
  })
})
