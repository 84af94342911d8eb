import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { countAgreements } from '../../../node/store/agreements/agreements.ts'
import { saveStatement } from '../../../node/store/agreements/statements.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { countHeldCafes, listHeldByDomain } from '../../../node/store/cafes/moderated-cafes.ts'
import { saveBlock } from '../../../node/store/directory/blocks.ts'
import { findPeer, upsertPeer } from '../../../node/store/directory/peers.ts'
import { countStamps, saveStamp } from '../../../node/store/feeds/stamps.ts'
import { removePeer, setMembership } from '../../../node/store/memberships.ts'
import { countSites, findSitePage } from '../../../node/store/structures/sites.ts'
import { signInByLink } from '../../support/admin.ts'
import type { Browser } from '../../support/browser.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { aCafe } from '../../support/some-cafes.ts'

const PATH = '/administration/reseau'
const NAMES = ['Médiathèque', 'Tiers-lieu', 'Espace numérique', 'Le Lavoir', 'École des arts']

let server: WebServer
let browser: Browser
beforeEach(async () => {
  server = await startWeb({ role: 'hub' })
  browser = await signInByLink(server)
})
afterEach(() => server.stop())

/** Stores sites in these states: 489 members of which 18 are silent, 9 requests, 3 refused, 2 left, 1 blocked. */
async function fill(): Promise<void> {
  const { db, now } = server.context
  const membershipOf = (index: number) =>
    index < 490 ? 'member' : index < 499 ? 'requested' : index < 502 ? 'refused' : 'left'
  await db.transaction().execute(async (trx) => {
    for (let index = 0; index < 504; index++) {
      const actorUri = `https://s${index}.example/actors/instance`
      const name = `${NAMES[index % NAMES.length]} ${String(index).padStart(3, '0')}`
      const { id } = await upsertPeer(trx, { actorUri, name })
      await setMembership(trx, id, membershipOf(index), now(), { reason: '' })
    }
    const silent = now().subtract({ hours: 100 }).toString()
    await trx
      .updateTable('peer')
      .set({ silent_since: silent, failing_since: silent, last_error: 'connect ECONNREFUSED' })
      .where(
        'host',
        'in',
        Array.from({ length: 18 }, (_, index) => `s${index}.example`),
      )
      .execute()
    await saveBlock(trx, { target: 's489.example', reason: '' }, now())
  })
}

/** Counts the rows of a page's list of sites. */
const rowsIn = (text: string) =>
  text.match(/<table class="cards compact">[\s\S]*?<\/table>/)?.[0].match(/<th scope="row"/g)
    ?.length ?? 0

const namesIn = (text: string) =>
  [...text.matchAll(/<th scope="row"[^>]*><a [^>]*>([^<]*)/g)].map(([, name]) => name)

/** Returns the value of the box of each site of a list. */
const boxesIn = (text: string) =>
  [...text.matchAll(/name="item" value="([^"]*)"/g)].map(([, value = '']) => value)

/** Answers a page of the list. */
const list = async (query: string) => (await browser.get(`${PATH}?${query}`)).text

describe('504 sites', () => {
  beforeEach(fill)

  test('are each in one state, and the silent ones among the members too', async () => {
    expect(await countSites(server.context.db)).toEqual({
      ...{ requested: 9, members: 489, silent: 18, left: 2, refused: 3, blocked: 1 },
    })
    const text = await list('etat=membres')
    for (const chip of ['À examiner (9)', 'Membres (489)', 'Ne répondent plus (18)', 'Bloqués (1)'])
      expect(text).toContain(chip)
    expect(text).toContain('<h1>489\u00a0sites</h1>')
  })

  test('are on pages of 25, by name whatever the accents, and a page is an address', async () => {
    const first = await list('etat=membres')
    expect(rowsIn(first)).toBe(25)
    expect(namesIn(first)[0]).toBe('École des arts 004')
    const second = namesIn(await list('etat=membres&page=2'))
    expect(second.filter((name) => namesIn(first).includes(name))).toEqual([])
    const last = (await list('etat=membres&page=999')).replace(/\u00a0/gu, ' ')
    expect(last).toContain('Page 20 sur 20')
    expect(rowsIn(last)).toBe(14)
    expect(Buffer.byteLength(first)).toBeLessThan(60_000)
  })

  test('are found by name and host, and pages keep what was looked for', async () => {
    expect(namesIn(await list('etat=membres&q=ecole+arts+204'))).toEqual(['École des arts 204'])
    expect(namesIn(await list('etat=membres&q=s412.example'))).toEqual(['Espace numérique 412'])
    const found = await list('etat=membres&q=mediatheque')
    expect(found.replace(/\u00a0/gu, ' ')).toContain('98 sites')
    expect(found).toContain(
      'href="/administration/reseau?etat=membres&amp;q=mediatheque&amp;page=2"',
    )
    expect(await list('etat=membres&q=zzz')).toContain('Aucun site ne correspond.')
  })

  test('are found by the territory of their structure', async () => {
    const { db, now } = server.context
    const { id: peerId } = await db
      .selectFrom('peer')
      .select('id')
      .where('host', '=', 's7.example')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('structure')
      .values({
        ...{ uri: 'https://s7.example/actors/lieu', id: 'lieu', peer_id: peerId },
        ...{ organization_id: null, name: 'Espace', url: 'https://s7.example/', username: null },
        ...{ kind: null, website: null, search_text: ' espace ', described_at: null },
        ...{ last_word_at: now().toString(), read_at: null, street_address: null },
        ...{ postal_code: '26150', commune: 'Die', code_insee: '26113', departement: '26' },
        region: '84',
      })
      .execute()
    for (const q of ['Drôme', 'Die', '26'])
      expect([q, namesIn(await list(`etat=membres&q=${q}`))]).toEqual([
        q,
        expect.arrayContaining(['Espace numérique 007']),
      ])
    expect(await list('etat=membres&q=Drôme')).toContain('Die, 26')
  })

  test('have each the next thing to do: to examine, to try again, to open', async () => {
    const requests = await list('')
    expect(requests).toContain('Examiner')
    const silent = await list('etat=ne-repondent-plus')
    expect(silent.match(/\/reessayer"/g)).toHaveLength(18)
    expect(silent.replace(/[\u00a0\u202f]/gu, ' ')).toContain('depuis 4 jours')
    const [refused] = namesIn(await list('etat=refuses'))
    expect(refused).toMatch(/ (?:499|500|501)$/)
    expect(await list('etat=bloques')).toContain('href="/administration/reseau/blocages"')
  })

  test('several are tried again at once, or let go with one reason; one that is no member any more stops none', async () => {
    const shown = await browser.get(`${PATH}?etat=ne-repondent-plus`)
    const [one = '', two = '', three = ''] = boxesIn(shown.text)
    const many = `${PATH}/plusieurs`
    const tried = await browser.submit(shown, many, { act: 'reessayer', item: [one, two] })
    expect(tried.text).toMatch(/C’est fait pour 2.lignes\./)
    const asked = await browser.submit(shown, many, { act: 'arreter', item: [one, two, three] })
    expect(asked.text).toMatch(/Retirer 3.sites de l’annuaire/)
    expect((await browser.submit(asked, many)).status).toBe(422)
    const { db, now } = server.context
    const idOf = (item: string) => item.split(' ')[0] ?? ''
    await removePeer(db, { peerId: idOf(two), reason: 'Déjà vu.' }, now())
    const done = await browser.submit(asked, many, { reason: 'Plus personne.' })
    expect(done.text.replaceAll(/\s/gu, ' ')).toContain('C’est fait pour 2 lignes, pas pour 1.')
    for (const [item, reason] of [
      [one, 'Plus personne.'],
      [two, 'Déjà vu.'],
      [three, 'Plus personne.'],
    ] as const)
      expect(await findPeer(db, idOf(item))).toMatchObject({ membership: 'left', reason })
    const { host = '' } = (await findPeer(db, idOf(one))) ?? {}
    expect((await browser.get('/administration/equipe/journal')).text).toContain(host)
  })

  test('requests are refused several at once, and never accepted from a list', async () => {
    const shown = await browser.get(`${PATH}?etat=a-examiner`)
    expect(shown.text).not.toContain('accepter')
    const item = boxesIn(shown.text).filter((value) => !value.includes(':'))
    expect(item).toHaveLength(9)
    const many = `${PATH}/plusieurs`
    const forged = await browser.submit(shown, many, { act: 'accepter', item })
    expect(forged.location).toBe(`${PATH}?fait=noneChosen`)
    const asked = await browser.submit(shown, many, { act: 'refuser', item: item.slice(0, 4) })
    await browser.submit(asked, many, { reason: 'Ce ne sont pas des cafés IA.' })
    const counts = await countSites(server.context.db)
    expect(counts).toMatchObject({ requested: 5, refused: 7, members: 489 })
  })

  test('all strangers of one hosting service, or of one day, are refused at once; one that is known is not', async () => {
    const { db, now } = server.context
    const ask = async (host: string) => {
      const { id } = await upsertPeer(db, { actorUri: `https://${host}/actors/a`, name: host })
      await setMembership(db, id, 'requested', now(), { reason: '' })
      return id
    }
    for (let i = 0; i < 12; i++) await ask(`libre${i}.github.io`)
    await ask('connu.github.io')
    await db
      .updateTable('peer')
      .set({ admitted_at: now().toString() })
      .where('host', '=', 'connu.github.io')
      .execute()
    const honest = await ask('honnete.example')
    const shown = await browser.get(`${PATH}?etat=a-examiner`)
    expect(readable(shown.text)).toContain('de github.io (12)')
    const many = `${PATH}/plusieurs`
    const chosen = { act: 'refuser', item: 'source:github.io' }
    const asked = await browser.submit(shown, many, chosen)
    expect(asked.text).toMatch(/Refuser 12.demandes/)
    await browser.submit(asked, many, { reason: 'Ce ne sont pas des cafés IA.' })
    const stateOf = async (id: string) => (await findPeer(db, id))?.membership
    expect(await countSites(db)).toMatchObject({ requested: 9 + 2, refused: 3 + 12 })
    const [day = ''] = boxesIn(shown.text).filter((item) => item.startsWith('day:'))
    const ofDay = await browser.submit(shown, many, { act: 'refuser', item: day })
    const rest = boxesIn(ofDay.text)
    expect(rest.map((item) => item.split(' ')[0])).toContain(honest)
    const unticked = rest.filter((item) => !item.startsWith(honest))
    await browser.submit(ofDay, many, { item: unticked, reason: 'Ce ne sont pas des cafés IA.' })
    expect(await stateOf(honest)).toBe('requested')
    expect(await countSites(db)).toMatchObject({ requested: 2, refused: 3 + 12 + 9 })
  })

  test('a page of them reads no other', async () => {
    const { db, now } = server.context
    const asked = { state: 'members', words: '', territory: undefined } as const
    const page = await findSitePage(db, { ...asked, page: 3, size: 10, now: now() })
    expect(page.rows).toHaveLength(10)
    expect(page).toMatchObject({ total: 489, page: 3, pages: 49 })
  })
})

/** Hosts of one hosting service, of which one is known here. */
const FREE = ['libre1', 'libre2', 'libre3', 'connu'].map((name) => `${name}.github.io`)

/** Stores the four sites, which are no members; the last one was. */
async function makeHosts(): Promise<string[]> {
  const { db, now } = server.context
  const ids: string[] = []
  for (const host of FREE) {
    const { id } = await upsertPeer(db, { actorUri: `https://${host}/actors/a`, name: host })
    ids.push(id)
  }
  const admitted_at = now().toString()
  await db.updateTable('peer').set({ admitted_at }).where('host', '=', 'connu.github.io').execute()
  return ids
}

/** Refuses all of the hosting service at once, from the list at this address. */
async function refuseSource(path: string, many: string, typed: Record<string, string>) {
  const shown = await browser.get(path)
  expect(readable(shown.text)).toContain('de github.io (3)')
  const asked = await browser.submit(shown, many, { ...typed, item: 'source:github.io' })
  const { reason } = typed
  return browser.submit(asked, many, reason === undefined ? {} : { reason })
}

describe('of all that waits, what comes from one hosting service is refused at once, but of who is known', () => {
  test('requests to list a person', async () => {
    const { db, now } = server.context
    await makeHosts()
    for (const host of FREE)
      await saveStamp(db, {
        ...{ kind: 'feature', giver: 'cafes', targetUri: `${server.origin}/actors/abcdefghij` },
        ...{ instrumentUri: `https://${host}/lists/1`, requesterUri: `https://${host}/users/a` },
        ...{ inbox: `https://${host}/inbox`, requestUri: `https://${host}/requests/1` },
        ...{ state: 'asked', at: now() },
      })
    const path = '/administration/reseau/accords'
    const done = await refuseSource(path, `${path}/plusieurs`, { act: 'refuser' })
    expect(readable(done.text)).toContain('C’est fait pour 3 lignes.')
    expect(await countStamps(db)).toEqual({ asked: 1, given: 0, refused: 3 })
  })

  test('structures that ask to be members of a network', async () => {
    const { db, now } = server.context
    await makeHosts()
    const organization = await db.selectFrom('organization').select('id').executeTakeFirstOrThrow()
    const uri = `${server.origin}/reseaux/la-ligue`
    await db
      .insertInto('network')
      .values({
        ...{ id: crypto.randomUUID(), uri, actor_uri: `${server.origin}/actors/instance` },
        ...{ slug: 'la-ligue', organization_id: organization.id, name: 'La Ligue' },
        ...{ presentation: '', website: null, created_at: now().toString() },
        updated_at: now().toString(),
      })
      .execute()
    for (const host of FREE)
      await saveStatement(
        db,
        {
          ...{ kind: 'member-of', subjectUri: `https://${host}/actors/cafes`, objectUri: uri },
          ...{ side: 'subject', isYes: true, subjectName: host, at: now() },
        },
        now(),
      )
    const path = '/administration/tetes-de-reseau/reseaux/la-ligue'
    await refuseSource(path, `${path}/plusieurs`, { act: 'refuser' })
    const party = { kind: 'member-of', objectUri: uri } as const
    expect(await countAgreements(db, party, 'asked')).toBe(1)
    expect(await countAgreements(db, party, 'ended')).toBe(3)
  })

  test('cafés that were held when they came', async () => {
    const { db, now } = server.context
    const peers = await makeHosts()
    const startsAt = now().add({ hours: 48 })
    for (const [index, host] of FREE.entries())
      await saveCafe(
        db,
        aCafe({
          ...{ peerId: peers[index], organizationId: undefined, hiddenReason: 'price', startsAt },
          ...{ uri: `https://${host}/cafes/1`, title: `Café ${host}` },
          organizer: { uri: `https://${host}/actors/cafes`, name: host, url: `https://${host}/` },
        }),
      )
    const many = `${PATH}/cafes/plusieurs`
    const done = await refuseSource(PATH, many, { act: 'ecarter', reason: 'Ils sont payants.' })
    expect(readable(done.text)).toContain('C’est fait pour 3 lignes.')
    expect(await countHeldCafes(db, now())).toBe(1)
    const [left] = (await listHeldByDomain(db, { now: now(), page: 1 })).groups
    expect(left?.items.map(({ title }) => title)).toEqual(['Café connu.github.io'])
  })
})
