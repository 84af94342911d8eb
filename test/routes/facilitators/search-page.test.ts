import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Facilitator } from '../../../node/domain/facilitators/facilitator.ts'
import { findFacilitatorByUri } from '../../../node/store/facilitators/facilitators.ts'
import {
  publishTestFacilitator,
  withdrawFacilitatorPage,
} from '../../support/facilitator-profiles.ts'
import { setLedBy } from '../../support/led-cafes.ts'
import { type Site, startPair, until } from '../../support/network.ts'
import { readable } from '../../support/readable.ts'

/**
 * The people of a directory, in the search of a structure. Each was entered at a place and received over the network.
 */
let hub: Site
let node: Site
let people: Record<'rennes' | 'departement' | 'far' | 'hidden' | 'shy', Facilitator>
beforeAll(async () => {
  ;({ hub, node } = await startPair())
  people = {
    rennes: await publishTestFacilitator(node, {
      name: 'Anaïs de Rennes',
      territory: 'c-35238',
      radiusKm: 20,
      themes: ['Emploi et formation'],
      formats: ['Débat mouvant'],
      languages: ['fr', 'br'],
      contact: 'relay',
      shownContact: undefined,
    }),
    departement: await publishTestFacilitator(node, {
      name: 'Boris du département',
      territory: '35',
      radiusKm: 0,
      training: 'enrolled',
      trainedOn: undefined,
    }),
    far: await publishTestFacilitator(node, {
      name: 'Chloé de Die',
      territory: 'c-26113',
      radiusKm: 10,
    }),
    hidden: await publishTestFacilitator(node, {
      name: 'Denis Caché',
      territory: 'c-35238',
      themes: ['sujet-secret'],
      fieldLevels: { territory: 'network', themes: 'network' },
    }),
    shy: await publishTestFacilitator(node, {
      name: 'Elsa Réservée',
      territory: 'c-35238',
      level: 'network',
    }),
  }
  for (const { uri } of Object.values(people))
    await until(() => findFacilitatorByUri(hub.context.db, uri), { what: uri })
}, 40_000)
afterAll(() => Promise.all([hub.close(), node.close()]))

const page = async (path: string) => {
  const response = await fetch(`${hub.origin}${path}`)
  return { status: response.status, html: await response.text() }
}
const namesOn = (html: string) =>
  Object.values(people)
    .filter(({ name }) => html.includes(name))
    .map(({ name }) => name.split(' ')[0])
const pageOf = ({ handle }: Facilitator) => `/animation/${handle}@${node.host}`
const hubId = async ({ uri }: Facilitator) => (await findFacilitatorByUri(hub.context.db, uri))?.id

describe('the search for people', () => {
  test('shows everybody who agreed to be seen by all, by name', async () => {
    const { html, status } = await page('/animation')
    expect(status).toBe(200)
    expect(namesOn(html)).toEqual(['Anaïs', 'Boris', 'Chloé', 'Denis'])
  })

  test.each([
    ['?ou=35000&rayon=30', ['Anaïs', 'Boris']],
    ['?ou=35000&rayon=30&theme=emploi', ['Anaïs', 'Boris']],
    ['?ou=35000&rayon=30&theme=formation', ['Anaïs']],
    ['?ou=Die&rayon=5', ['Chloé']],
    ['?ou=Drôme (26)&rayon=5', ['Chloé']],
    ['?territoire=Ille-et-Vilaine', ['Anaïs', 'Boris']],
    ['?territoire=35', ['Anaïs', 'Boris']],
    ['?territoire=r-84', ['Chloé']],
    ['?langue=br', ['Anaïs']],
    ['?formation=enrolled', ['Boris']],
    ['?format=debat+mouvant&langue=br', ['Anaïs']],
    ['?q=anais', ['Anaïs']],
    ['?theme=sujet-secret', []],
    ['?ou=35000&q=denis', []],
    ['?q=elsa', []],
  ])('finds by %s', async (query, names) => {
    const { html } = await page(`/animation${query}`)
    expect(namesOn(html)).toEqual(names)
  })

  test('says where: around a town, in a territory', async () => {
    const heading = async (query: string) =>
      readable((await page(`/animation?${query}`)).html).match(/<h2>([^<]*)</)?.[1]
    expect(await heading('ou=Rennes')).toMatch(/ autour de Rennes/)
    expect(await heading('ou=Bretagne')).toMatch(/^\d personnes? en Bretagne$/)
    expect(await heading('territoire=26')).toMatch(/^\d personnes? dans la Drôme/)
  })

  test('offers what else a name may be, says of an unknown one that it is, and what to try when nobody is found', async () => {
    const saintDenis = (await page('/animation?ou=Saint-Denis')).html
    expect(saintDenis).toContain('Saint-Denis (Seine-Saint-Denis, 93)')
    const mayenne = (await page('/animation?ou=Mayenne')).html
    expect(mayenne).toContain('href="/animation?ou=Mayenne+%2853%29"')
    const unknown = await page('/animation?ou=Xyzabc')
    expect(unknown.status).toBe(422)
    expect(unknown.html).toContain('id="ou-erreur"')
    expect(unknown.html).toContain('value="Xyzabc"')
    const { html } = await page('/animation?ou=29200&rayon=10&theme=danse')
    expect(html).toContain('Personne ne correspond')
    expect(html).toContain('rayon=20')
    expect(html).toMatch(/href="\/animation\?ou=29200&amp;rayon=10"/)
  })

  test('survives what no form sends', async () => {
    const odd = [
      '?ou=%00',
      '?rayon=-1&ou=35000',
      `?q=${'x'.repeat(5000)}`,
      '?apres=nobody',
      '?langue=<b>',
      '?ou=91,200',
    ]
    for (const query of odd)
      expect((await page(`/animation${query}`)).status, query).toBeLessThan(500)
  })
})

describe('the page of somebody at a directory', () => {
  test('shows what the person shows, and says who publishes it, to nobody’s search engine', async () => {
    const { html, status } = await page(pageOf(people.rennes))
    expect(status).toBe(200)
    expect(html).toContain('Anaïs de Rennes')
    expect(html).toContain('Débat mouvant')
    expect(html).toContain('noindex')
    expect(html).toContain(`href="${people.rennes.uri}"`)
    const hidden = await page(pageOf(people.hidden))
    expect(hidden.html).not.toContain('sujet-secret')
    expect(hidden.html).not.toContain('Rennes')
  })

  test('is not found by those who may not see it, nor is an address that never existed', async () => {
    expect((await page(pageOf(people.shy))).status).toBe(404)
    expect((await page(`/animation/personne@${node.host}`)).status).toBe(404)
    expect((await page('/animation/a@b@c')).status).toBe(404)
  })

  test('is on the page of each café that the person leads, live', async () => {
    const uri = await node.publish({ title: 'Animé' })
    await until(() => hub.find(uri))
    const cafe = await node.find(uri)
    await setLedBy(node.context, cafe?.id, [people.rennes.id, people.shy.id])
    const cafePage = `/cafes/${(await hub.find(uri))?.id}`
    await until(async () => (await page(cafePage)).html.includes('Anaïs de Rennes'))
    expect((await page(cafePage)).html).toContain(pageOf(people.rennes))
    expect((await page(cafePage)).html).not.toContain('Elsa')
    expect((await page(pageOf(people.rennes))).html).toContain('Animé')
    const { json } = await hub.call('GET', `/cafes/${encodeURIComponent(uri)}`)
    expect(JSON.stringify(json.facilitators)).toContain('Anaïs')
  })
})

describe('writing to somebody', () => {
  const write = (fields: Record<string, string>, person = people.rennes) =>
    fetch(`${hub.origin}${pageOf(person)}/message`, {
      method: 'POST',
      headers: { origin: hub.origin },
      body: new URLSearchParams({
        name: 'Léa',
        structure: 'Mairie',
        email: 'lea@mairie.example',
        message: 'Le 12 mars ?\n<b>Merci</b>',
        ...fields,
      }),
    })

  test('goes through the person’s own site, which alone knows the address; nothing of it stays on the way', async () => {
    const response = await write({})
    expect(response.status).toBe(200)
    const mail = () =>
      node.context.db
        .selectFrom('mail')
        .selectAll()
        .where('facilitator_id', '=', people.rennes.id)
        .executeTakeFirst()
    await until(mail, { what: 'the mail' })
    expect(await mail()).toMatchObject({
      recipient: 'personne@chez-elle.example',
      reply_to: 'lea@mairie.example',
    })
    expect((await mail())?.params).toContain('<b>Merci</b>')
    expect((await mail())?.params).toContain('Léa, Mairie')
    await until(async () => {
      const rows = await hub.context.db
        .selectFrom('activity')
        .select('id')
        .where('type', '=', 'private-Create')
        .execute()
      return rows.length === 0
    })
    for (const site of [hub, node])
      expect(await site.context.db.selectFrom('contact_message').selectAll().execute()).toEqual([])
    expect((await page(pageOf(people.rennes))).html).not.toContain('chez-elle')
  })

  test('keeps what was typed when something is missing', async () => {
    const response = await write({ email: 'lea@', message: 'Bonjour, gardez-moi' })
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('Bonjour, gardez-moi')
  })

  test('is only for those who want to be written to, comes from a page of this site, and has an end', async () => {
    expect((await write({}, people.departement)).status).toBe(404)
    expect((await write({}, people.shy)).status).toBe(404)
    const forged = await fetch(`${hub.origin}${pageOf(people.rennes)}/message`, {
      method: 'POST',
      headers: { origin: 'https://ailleurs.example' },
      body: new URLSearchParams({ name: 'x', email: 'x@y.example', message: 'x' }),
    })
    expect(forged.status).toBe(403)
    const statuses = []
    for (let time = 0; time < 6; time++) statuses.push((await write({})).status)
    expect(statuses.at(-1)).toBe(429)
  })
})

test('people are listed page by page; a cursor that names nobody is refused, and gives no first page again', async () => {
  const first = await hub.call('GET', '/facilitators?limit=2')
  const { items, next } = first.json as { items: { name: string }[]; next: string }
  expect(items.map(({ name }) => name)).toEqual([people.rennes.name, people.departement.name])
  const second = (await (await fetch(next)).json()) as typeof first.json
  expect(second).toMatchObject({ items: [{ name: people.far.name }, { name: people.hidden.name }] })
  // A person who is not visible to everybody is treated as an unknown one.
  for (const cursor of ['zz', crypto.randomUUID(), (await hubId(people.shy)) ?? '']) {
    const { status, json } = await hub.call('GET', `/facilitators?cursor=${cursor}`)
    expect(status).toBe(400)
    expect(json).toMatchObject({ errors: [{ field: 'cursor' }] })
  }
})

test('the API says which town or territory `near` was taken for', async () => {
  const find = async (near: string, more = '') => {
    const query = `near=${encodeURIComponent(near)}${more}`
    const { status, json } = await hub.call('GET', `/facilitators?${query}`)
    const { items, place, errors } = json as Record<string, object[]>
    const names = items?.map((one) => String((one as { name: string }).name).split(' ')[0])
    return { status, names: names?.toSorted(), place, errors }
  }
  expect(await find('Saint-Denis')).toMatchObject({
    place: {
      name: 'Saint-Denis (La Réunion, 974)',
      others: expect.arrayContaining(['Saint-Denis (93)']),
    },
  })
  expect((await find('35000')).place).toMatchObject({ name: 'Rennes (Ille-et-Vilaine, 35)' })
  expect((await find('48.11,-1.68')).place).toBeUndefined()
  const region = await find('Bretagne')
  expect(region).toMatchObject({ status: 200, place: { name: expect.stringMatching('Bretagne') } })
  expect(region.names).toEqual(expect.arrayContaining(['Anaïs', 'Boris']))
  expect(await find('Bretagne', '&territory=974')).toMatchObject({
    ...{ status: 400, errors: [{ field: 'territory' }] },
  })
  expect(await find('nulle part du tout')).toMatchObject({
    ...{ status: 400, errors: [{ field: 'near' }] },
  })
})

test('who withdraws is gone from every page at once; the address says so without a name', async () => {
  const id = await hubId(people.far)
  await withdrawFacilitatorPage(node, people.far)
  await until(async () => (await hubId(people.far)) === undefined)
  const gone = await page(pageOf(people.far))
  expect(gone.status).toBe(410)
  expect(gone.html).not.toContain('Chloé')
  expect(namesOn((await page('/animation')).html)).toEqual(['Anaïs', 'Boris', 'Denis'])
  const { json } = await hub.call('GET', '/facilitators')
  expect(JSON.stringify(json)).not.toContain('Chloé')
  expect((await hub.call('GET', `/facilitators?cursor=${id}`)).status).toBe(400)
})

describe('a structure of the network', () => {
  const find = (query: Record<string, string>) => node.context.remote.findRemoteFacilitators(query)

  test('finds by its own site’s signature those who show themselves to structures only', async () => {
    const [answer] = await find({ near: '35000', radius: '30' })
    expect(answer?.directory.name).toBe('Annuaire')
    const names = answer?.people?.map(({ name }) => name.split(' ')[0])
    expect(names?.toSorted()).toEqual(['Anaïs', 'Boris', 'Denis', 'Elsa'])
    const elsa = answer?.people?.find(({ name }) => name.startsWith('Elsa'))
    expect(elsa?.isForStructures).toBe(true)
    const [themed] = await find({ theme: 'sujet-secret' })
    expect(themed?.people?.map(({ name }) => name)).toEqual(['Denis Caché'])
  })

  test('is told so by its site alone: without a signature, or with a stranger’s, the answer is everybody’s', async () => {
    const address = `${hub.origin}/api/v1/facilitators`
    const open = await (await fetch(address)).text()
    expect(open).not.toContain('Elsa')
    const forged = await fetch(address, {
      headers: {
        date: new Date().toUTCString(),
        signature: `keyId="${node.origin}/actors/instance#main-key",algorithm="rsa-sha256",headers="(request-target) host date",signature="AAAA"`,
      },
    })
    expect(await forged.text()).not.toContain('Elsa')
    // An answer for a member is not cached for other readers.
    await find({})
    const after = await fetch(address)
    expect(await after.text()).not.toContain('Elsa')
  })
})
