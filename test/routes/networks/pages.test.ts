import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findAgreement } from '../../../node/store/agreements/agreements.ts'
import { signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { MEASURED } from '../../support/measured.ts'
import { type Site, startSite, until, untilJoined } from '../../support/network.ts'
import { readable } from '../../support/readable.ts'

/**
 * A place with a network, a place with a structure, people who use both administrations, and visitors of the directory.
 */

let hub: Site
let head: Site
let place: Site
let headAdmin: Browser
let placeAdmin: Browser
let visitor: Browser

const slug = 'federation-des-mediatheques'
const admin = '/administration/tetes-de-reseau'
const own = `${admin}/reseaux/${slug}`

beforeAll(async () => {
  hub = await startSite({ role: 'hub', name: 'Annuaire' })
  head = await startSite({ name: 'Tête', hub: { site: hub, invitation: await hub.invite() } })
  place = await startSite({ name: 'Lieu', hub: { site: hub, invitation: await hub.invite() } })
  await Promise.all([untilJoined(hub, head), untilJoined(hub, place)])
  headAdmin = await signInByLink(head)
  placeAdmin = await signInByLink(place)
  visitor = openBrowser(hub.origin)
  await place.publish({ title: 'Premier café' })
  await until(async () => (await hub.titles()).length === 1)
})
afterAll(() => Promise.all([hub, head, place].map((site) => site.close())))

/** Returns the targets of the numbers on the map, and expects each of them in the page. */
function numbersOf(text: string, kind: 'cafe' | 'structure'): string[] {
  const [map = ''] = /<figure class="drawn-map results-map".*?<\/figure>/su.exec(text) ?? []
  const ids = [...map.matchAll(/href="#([a-z]+-\d+)"/g)].map(([, id = '']) => id)
  for (const id of ids) expect(text).toContain(`<li id="${id}">`)
  for (const id of ids) expect(id).toMatch(new RegExp(`^${kind}-`))
  return ids
}

const pair = () =>
  ({
    kind: 'member-of',
    objectUri: `${head.origin}/reseaux/${slug}`,
    subjectUri: `${place.origin}/actors/cafes`,
  }) as const
const untilState = (site: Site, state: string) =>
  until(async () => (await findAgreement(site.context.db, pair()))?.state === state, {
    what: `${state} at ${site.origin}`,
    within: 10_000,
  })

/** Opens a confirmation page and submits its form. */
async function confirm(browser: Browser, question: string): Promise<void> {
  const page = await browser.get(question)
  expect(page.status).toBe(200)
  const action = new URL(question, 'http://x').pathname
  const { status } = await browser.submit(page, action)
  expect(status).toBe(303)
}

describe('a network', () => {
  test('is declared with a name, which is asked for when it is missing', async () => {
    const form = await headAdmin.get(admin)
    const refused = await headAdmin.submit(form, `${admin}/nouveau`, {
      name: '',
      presentation: 'Toutes les médiathèques.',
      website: 'pas une adresse',
    })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Toutes les médiathèques.')
    expect(readable(refused.text)).toContain('Ce champ est nécessaire.')
    expect(refused.text).toContain('value="pas une adresse"')
    const done = await headAdmin.submit(refused, `${admin}/nouveau`, {
      name: 'Fédération des médiathèques',
      website: '',
    })
    expect(done.location).toMatch(new RegExp(`^${own}`))
    await until(async () => (await visitor.get(`/reseaux/${slug}`)).status === 200)
    expect((await visitor.get('/reseaux')).text).toContain('Fédération des médiathèques')
  })

  test('is asked by its address, after what everybody will see is said; nothing is sent before', async () => {
    const wrong = await placeAdmin.get(`${admin}/demander?adresse=${head.origin}/cafes`)
    expect(wrong.status).toBe(422)
    expect(readable(wrong.text)).toContain('Il n’y a pas de réseau à cette adresse.')
    expect(wrong.text).toContain(`value="${head.origin}/cafes"`)

    const gone = `${admin}/demander?adresse=http://127.0.0.1:9/reseaux/x&lang=en`
    expect((await placeAdmin.get(gone)).text).toContain('The site does not answer.')

    // The address of the directory's page about the network is accepted, and resolves to the network itself.
    const question = `${admin}/demander?adresse=${encodeURIComponent(`${hub.origin}/reseaux/${slug}`)}`
    const page = await placeAdmin.get(question)
    expect(readable(page.text)).toContain('Demander à rejoindre Fédération des médiathèques ?')
    expect(readable(page.text)).toContain('votre structure est nommée sur la page du réseau')
    expect(await findAgreement(head.context.db, pair())).toBeUndefined()
    expect((await placeAdmin.submit(page, `${admin}/demander`)).status).toBe(303)
    await untilState(head, 'asked')
    expect(readable((await placeAdmin.get(admin)).text)).toContain('demande envoyée')
    expect((await visitor.get(`/reseaux/${slug}`)).text).not.toContain('Premier café')
  })

  test('welcomes the structure, and both name each other', async () => {
    expect((await headAdmin.get(own)).text).toContain('Lieu')
    await confirm(
      headAdmin,
      `${own}/structures/accueillir?structure=${encodeURIComponent(pair().subjectUri)}`,
    )
    await untilState(hub, 'in-force')
    await until(async () => (await visitor.get(`/reseaux/${slug}`)).text.includes('Premier café'))
    const { text } = await visitor.get(`/reseaux/${slug}`)
    expect(readable(text)).toContain('1 structure, 1 café à venir.')
    expect(text).toContain(`@reseau-${slug}@${hub.host}`)
    expect(text).toMatch(/<circle /)
    const structure = `/structures/cafes@${place.host}`
    expect((await visitor.get(structure)).text).toContain(`href="/reseaux/${slug}"`)
    await untilState(place, 'in-force')
    const { text: home } = await openBrowser(place.origin).get('/')
    expect(home).toContain(`href="${pair().objectUri}"`)
    const { text: page } = await openBrowser(head.origin).get(`/reseaux/${slug}`)
    // A place does not show cafés that it has not received.
    expect(readable(page)).toContain('1 structure.')
    expect(page).toContain(`${hub.origin}/reseaux`)
    expect(page).toContain(`<a href="${place.origin}/">Lieu</a>`)
  })

  test('gives its cafés in every format, on the page and by the API, and nobody else’s', async () => {
    await head.publish({ title: 'Hors réseau' })
    await until(async () => (await hub.titles()).length === 2)
    for (const file of [
      'cafes.ics',
      'cafes.csv',
      'cafes.geojson',
      'cafes.json',
      'cafes.jsonld',
      'cafes.atom',
      'cafes.ndjson',
    ]) {
      const { status, text } = await visitor.get(`/export/${file}?network=${slug}`)
      expect([file, status]).toEqual([file, 200])
      expect(text).toContain('Premier caf')
      expect(text).not.toContain('Hors r')
    }
    const french = await visitor.get(`/export/cafes.json?reseau=${slug}`)
    expect(french.text).not.toContain('Hors réseau')
    const { json } = await hub.call('GET', `/cafes?network=${slug}`)
    expect((json.items as { title: string }[]).map(({ title }) => title)).toEqual(['Premier café'])
    const page = await visitor.get(`/?reseau=${slug}`)
    expect(page.text).toContain('Premier café')
    expect(page.text).not.toContain('Hors réseau')
    expect(readable(page.text)).toContain('Réseau Fédération des médiathèques')
    expect((await hub.call('GET', '/cafes?network=inconnu')).json.items).toEqual([])
    expect((await visitor.get(`/suivre?compte=reseau-${slug}`)).text).toContain(
      'Fédération des médiathèques',
    )
    const listed = (await hub.call('GET', '/networks')).json.items as unknown[]
    const { status, json: one } = await hub.call('GET', `/networks/${slug}`)
    expect([status, listed]).toEqual([200, [one]])
    expect(one).toEqual({
      id: pair().objectUri,
      ...{ slug, name: 'Fédération des médiathèques', presentation: 'Toutes les médiathèques.' },
      website: null,
      url: `${hub.origin}/reseaux/${slug}`,
      ...{ members: 1, cafes: 1, account: `@reseau-${slug}@${hub.host}` },
    })
    expect((await head.call('GET', `/networks/${slug}`)).json).toMatchObject({
      ...{ members: 1, account: null, url: pair().objectUri },
    })
    expect((await hub.call('GET', '/networks/inconnu')).status).toBe(404)
    const csv = await visitor.get(`/reseaux/${slug}/chiffres.csv`)
    expect(csv.text.trim().split('\r\n')).toHaveLength(2)
  })

  test('shows where its cafés and structures are, by their numbers and as a list', async () => {
    const { text } = await visitor.get(`/reseaux/${slug}`)
    expect(numbersOf(text, 'cafe')).toEqual(['cafe-1'])
    const list = /<details>.*?<\/details>/su.exec(text)?.[0] ?? ''
    expect(readable(list)).toContain('Drôme (26)</a> : 1 structure, 1 café à venir')
    const structures = await visitor.get('/structures')
    const [number = ''] = numbersOf(structures.text, 'structure')
    expect(number).toMatch(/^structure-\d$/)
    const [, card = ''] = structures.text.split(`<li id="${number}">`)
    expect(card.split('</li>')[0]).toContain('Die (26)')
    // An empty result has no map.
    expect(numbersOf((await visitor.get('/structures?q=personne')).text, 'structure')).toEqual([])
    const [, page] =
      /href="(\/structures\/cafes%40[^"]+|\/structures\/cafes@[^"]+)"/.exec(card) ?? []
    expect(numbersOf((await visitor.get(page ?? '')).text, 'cafe')).toEqual(['cafe-1'])
  })

  test('is left by the structure, after what follows is said', async () => {
    await confirm(
      placeAdmin,
      `${admin}/appartenance/quitter?reseau=${encodeURIComponent(pair().objectUri)}`,
    )
    for (const site of [head, place, hub]) await untilState(site, 'ended')
    expect((await visitor.get(`/reseaux/${slug}`)).text).not.toContain('Premier café')
    // A confirmation page that was opened before has no effect any more.
    const late = await placeAdmin.get(
      `${admin}/appartenance/quitter?reseau=${encodeURIComponent(pair().objectUri)}`,
    )
    expect(late.status).toBe(404)
  })

  test('invites a structure by the address of its site, which refuses', async () => {
    for (const nobody of ['', '?lang=en', '?adresse=', '?adresse=nulle+part'])
      expect([nobody, (await headAdmin.get(`${own}/inviter${nobody}`)).status]).toEqual([
        nobody,
        422,
      ])
    const question = `${own}/inviter?adresse=${encodeURIComponent(place.origin)}`
    const page = await headAdmin.get(question)
    expect(readable(page.text)).toContain('Rien n’est public avant sa réponse.')
    await headAdmin.submit(page, `${own}/inviter`)
    await untilState(place, 'invited')
    expect(readable((await placeAdmin.get(admin)).text)).toContain('vous invite')
    await confirm(
      placeAdmin,
      `${admin}/appartenance/refuser?reseau=${encodeURIComponent(pair().objectUri)}`,
    )
    await untilState(head, 'ended')
  })

  test('of another structure is nobody’s to change', async () => {
    const page = await placeAdmin.get(admin)
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    expect((await placeAdmin.get(own)).status).toBe(404)
    expect((await placeAdmin.post(`${own}/fermer`, { csrf })).status).toBe(404)
  })
})

/** Returns the path of a link for a first password, as the page shows it. */
const firstLinkIn = (text: string): string =>
  /\/administration\/premier-acces\/[\w-]+/.exec(text)?.[0] ?? ''

const PASSWORDS = { password: 'un mot de passe à soi', passwordAgain: 'un mot de passe à soi' }

describe('a manager of a network', () => {
  let manager: Browser
  const dashboard = `/administration/tableau-de-bord/${slug}`

  beforeAll(async () => {
    const page = await headAdmin.get(own)
    const wrong = await headAdmin.submit(page, `${own}/responsables`, { email: 'personne' })
    expect(wrong.status).toBe(422)
    const given = await headAdmin.submit(page, `${own}/responsables`, {
      email: 'responsable@tete.example',
    })
    const link = firstLinkIn(given.text)
    manager = openBrowser(head.origin)
    const signedIn = await manager.submit(await manager.get(link), link, PASSWORDS)
    expect(signedIn.location).toBe('/administration/tableau-de-bord')
  })

  test('comes in by a link and sees the dashboard, with its files', async () => {
    const first = await manager.get('/administration')
    expect(first.location).toBe('/administration/tableau-de-bord')
    expect((await manager.get('/administration/tableau-de-bord')).location).toBe(dashboard)
    const page = await manager.get(dashboard)
    expect(page.status).toBe(200)
    expect(readable(page.text)).toContain('Vous ne pouvez rien changer ici')
    expect(page.text).not.toMatch(/<form(?![^>]*deconnexion)/)
    const csv = await manager.get(`${dashboard}/structures.csv`)
    expect(csv.text).toContain('structure;type;adresse')
  })

  test('can change nothing, whatever is sent', async () => {
    const page = await manager.get(dashboard)
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    expect(csrf).not.toBe('')
    const before = await head.context.db.selectFrom('change').select('id').execute()
    const structure = pair().subjectUri
    for (const [path, fields] of [
      [own, { name: 'Pris' }],
      [`${own}/fermer`, {}],
      [`${own}/inviter`, { structure }],
      [`${own}/structures/accueillir`, { structure }],
      [`${own}/responsables`, { email: 'autre@tete.example' }],
      [`${admin}/nouveau`, { name: 'Un autre' }],
      ['/administration/cafes/nouveau', { title: 'Un café' }],
      ['/administration/reglages', {}],
      [dashboard, { name: 'Pris' }],
    ] as const)
      expect([path, (await manager.post(path, { csrf, ...fields })).status]).toEqual([path, 403])
    for (const path of [own, admin, '/administration/equipe', '/administration/cafes/nouveau'])
      expect((await manager.get(path)).location).toBe('/administration/tableau-de-bord')
    expect(await head.context.db.selectFrom('change').select('id').execute()).toEqual(before)
  })

  test('sees nothing of another network, nor anything once access is taken away', async () => {
    expect((await manager.get('/administration/tableau-de-bord/la-poste')).status).toBe(404)
    const { text } = await headAdmin.get(own)
    const question = /\/administration\/[\w/-]+\/responsables\/[0-9a-f-]{36}\/retirer/.exec(
      text,
    )?.[0]
    await confirm(headAdmin, question ?? '')
    expect((await manager.get(dashboard)).location).toContain('/administration/connexion')
  })

  test('sees all of its cafés where the directory’s team lets them in, and their files', async () => {
    await confirm(headAdmin, `${own}/inviter?adresse=${encodeURIComponent(place.origin)}`)
    await untilState(place, 'invited')
    await confirm(
      placeAdmin,
      `${admin}/appartenance/accepter?reseau=${encodeURIComponent(pair().objectUri)}`,
    )
    await until(async () => (await visitor.get(`/reseaux/${slug}`)).text.includes('Premier café'))
    const team = await signInByLink(hub)
    const page = await team.get(own)
    expect(page.text).not.toContain(`${own}/fermer`)
    const given = await team.submit(page, `${own}/responsables`, { email: 'autre@tete.example' })
    const link = firstLinkIn(given.text)
    const there = openBrowser(hub.origin)
    await there.submit(await there.get(link), link, PASSWORDS)
    const shown = await there.get(dashboard)
    expect(shown.text).toContain('Premier café')
    expect(shown.text).toContain(`/export/cafes.csv?network=${slug}`)
    const { text } = await there.get(`${dashboard}/structures.csv`)
    expect(text).toMatch(/\r\nLieu;/)
    const csrf = /name="csrf" value="([^"]+)"/.exec(shown.text)?.[1] ?? ''
    expect((await there.post(`${own}/responsables`, { csrf, email: 'x@x.example' })).status).toBe(
      403,
    )
    // The directory's team cannot close a network of another site either.
    expect((await team.submit(page, `${own}/responsables`, { email: '' })).status).toBe(422)
    expect((await team.get(`${own}/fermer`)).status).toBe(404)
  })

  test('has no access without a session', async () => {
    const stranger = openBrowser(head.origin)
    expect((await stranger.get(dashboard)).location).toContain('/administration/connexion')
    expect((await stranger.get(`${dashboard}/structures.csv`)).status).toBe(404)
  })
})

describe('a network that is closed', () => {
  test('is gone for its structures, its readers and its managers, whose accounts are deleted too', async () => {
    await headAdmin.submit(await headAdmin.get(own), `${own}/responsables`, {
      email: 'dernier@tete.example',
    })
    const accounts = (site: Site) =>
      site.context.db
        .selectFrom('account')
        .select('email')
        .where('email', 'like', '%@tete.example')
        .execute()
    expect(await accounts(head)).toHaveLength(1)
    expect(await accounts(hub)).toHaveLength(1)
    const old = await headAdmin.get(`${own}/fermer`)
    await headAdmin.submit(await headAdmin.get(own), own, { presentation: 'Avec les ludothèques.' })
    const late = await headAdmin.submit(old, `${own}/fermer`)
    expect([late.status, readable(late.text)]).toEqual([
      409,
      expect.stringContaining('Présentation'),
    ])
    const history = readable((await headAdmin.get(`${own}/historique`)).text)
    expect(history).toContain('Création')
    expect(history).toContain('Toutes les médiathèques.')
    await confirm(headAdmin, `${own}/fermer`)
    const closed = await head.context.db.selectFrom('act').selectAll().where('act', '=', 'deleted')
    expect(await closed.execute()).toMatchObject([{ about: 'Fédération des médiathèques' }])
    await untilState(place, 'ended')
    await until(async () => (await visitor.get(`/reseaux/${slug}`)).status === 410)
    expect(readable((await visitor.get(`/reseaux/${slug}`)).text)).toContain('Ce réseau est fermé')
    expect((await visitor.get('/reseaux/jamais-vu')).status).toBe(404)
    expect((await hub.call('GET', `/networks/${slug}`)).status).toBe(410)
    await until(async () => (await accounts(head)).length + (await accounts(hub)).length === 0)
    expect((await visitor.get('/reseaux')).text).not.toContain('Fédération des médiathèques')
    expect(await hub.titles()).toContain('Premier café')
  })
})

describe('two thousand networks', () => {
  const TOTAL = 2000

  async function declare(from: number, to: number): Promise<void> {
    const { db, now } = hub.context
    const at = now().toString({ smallestUnit: 'second' })
    for (let start = from; start < to; start += 100)
      await db
        .insertInto('network')
        .values(
          Array.from({ length: Math.min(100, to - start) }, (_, index) => {
            const name = `r${String(start + index).padStart(4, '0')}`
            const uri = `${hub.origin}/reseaux/${name}`
            const words = { name: `Réseau ${name}`, presentation: '', organization_id: null }
            const dates = { created_at: at, updated_at: at }
            return { id: uri, uri, slug: name, actor_uri: uri, peer_id: null, ...words, ...dates }
          }),
        )
        // Where a measure is repeated they are there already.
        .onConflict((oc) => oc.doNothing())
        .execute()
  }

  /** Returns the least processor time of four requests in milliseconds, and the number of networks in the answer. */
  async function measure(path: string): Promise<{ cpu: number; rows: number }> {
    let cpu = Number.POSITIVE_INFINITY
    let rows = 0
    for (let times = 0; times < 4; times++) {
      const before = process.cpuUsage()
      // Where a part is asked for, no kept page is served.
      const answer = await fetch(`${hub.origin}${path}`, { headers: { range: 'bytes=0-' } })
      rows = new Set((await answer.text()).match(/\/reseaux\/r\d{4}/g)).size
      const { user, system } = process.cpuUsage(before)
      cpu = Math.min(cpu, (user + system) / 1000)
    }
    return { cpu, rows }
  }

  test('are shown a page at a time, whose cost is that of its rows', MEASURED, async () => {
    await declare(0, 110)
    const few = [await measure('/reseaux?page=1'), await measure('/api/v1/networks?page=1')]
    await declare(110, TOTAL)
    const [page = few[0], answer = few[1]] = few
    for (const [path, first] of [
      ['/reseaux', page],
      ['/api/v1/networks', answer],
    ] as const) {
      const perPage = first?.rows ?? 0
      expect(perPage, path).toBeGreaterThan(10)
      const last = TOTAL / perPage
      for (const number of [1, last / 2, last]) {
        const { cpu, rows } = await measure(`${path}?page=${number}`)
        expect([path, number, rows]).toEqual([path, number, perPage])
        expect(cpu, `${path}?page=${number}`).toBeLessThan(3 * (first?.cpu ?? 0))
      }
      expect((await measure(`${path}?page=${last + 1}`)).rows).toBe(0)
    }
  })
})
