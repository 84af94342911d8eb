import { describe, expect, test } from 'vitest'
import { askAboutNamings } from '../../../node/jobs/renew-consents.ts'
import {
  findLedCafes,
  listFacilitatorIds,
} from '../../../node/store/facilitators/cafe-facilitators.ts'
import { announce, CAFE } from '../../support/admin.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { readable } from '../../support/readable.ts'
import {
  addressOf,
  admin,
  deliver,
  fill,
  invite,
  publish,
  publishAs,
  server,
  useProfileSite,
  visitor,
} from './profile-site.ts'

useProfileSite()

describe('the facilitators of a café', () => {
  test('who leads it is shown live: on its page, in the API, in its collection; in no file and no Event', async () => {
    const { link, ...person } = await publishAs('Meryem', 'meryem@mail.example')
    const { db } = server.context
    const cafe = await announce(admin, {
      title: 'Café avec Meryem',
      'facilitators.shown': '1',
      facilitators: person.id,
    })
    // Until she says yes, she is named without a link, and nothing else leads from one to the other.
    const before = await visitor.get(`/cafes/${cafe}`)
    expect(before.text).toContain('Meryem')
    expect(before.text).not.toContain('Meryem</a>')
    const machines = { accept: 'application/activity+json' }
    const none = await visitor.get(`/cafes/${cafe}/facilitators`, machines)
    expect(JSON.parse(none.text)).toMatchObject({ totalItems: 0 })
    expect(JSON.parse((await visitor.get(`/api/v1/cafes/${cafe}`)).text).facilitators).toEqual([])
    expect((await visitor.get(await addressOf('Meryem'))).text).not.toContain('Café avec Meryem')
    const answer = (said: Record<string, string>) => visitor.post(`${link}/cafes`, said)
    await answer({ cafe, answer: 'no' })
    expect((await visitor.get(`/cafes/${cafe}`)).text).not.toContain('>Meryem<')
    const refused = await admin.get(`/administration/cafes/${cafe}`)
    await admin.submit(refused, `/administration/cafes/${cafe}`, {
      ...{ 'facilitators.shown': '1', facilitators: person.id, save: 'publish' },
    })
    expect((await visitor.get(link)).text).toContain('Vous avez dit non')
    await answer({ cafe, answer: 'yes' })
    const page = await visitor.get(`/cafes/${cafe}`)
    expect(await findHtmlErrors(page.text)).toEqual([])
    expect(await findHtmlErrors((await visitor.get(link)).text)).toEqual([])
    expect(page.text).toContain(`<a href="${await addressOf('Meryem')}">Meryem</a>`)
    const json = JSON.parse((await visitor.get(`/api/v1/cafes/${cafe}`)).text)
    expect(json.facilitators).toEqual([{ id: person.uri, name: 'Meryem' }])
    const machine = { accept: 'application/activity+json' }
    const collection = await visitor.get(`/cafes/${cafe}/facilitators`, machine)
    expect(JSON.parse(collection.text)).toMatchObject({ totalItems: 1, items: [person.uri] })
    for (const file of ['json', 'ndjson', 'csv', 'jsonld'])
      expect((await visitor.get(`/export/cafes.${file}`)).text).not.toContain('/animation/')
    const own = await visitor.get(await addressOf('Meryem'))
    expect(own.text).toContain('Café avec Meryem')
    const led = (now: Temporal.Instant) => findLedCafes(db, { facilitatorId: person.id, now })
    expect(await led(server.context.now())).toBeUndefined()
    const later = server.context.now().add({ hours: 24 * 800 })
    expect(await led(later)).toMatchObject({ total: 1 })

    const form = await admin.get(`/administration/cafes/${cafe}`)
    const kept = await admin.submit(form, `/administration/cafes/${cafe}`, { save: 'publish' })
    expect(kept.status).toBe(303)
    expect((await visitor.get(`/cafes/${cafe}`)).text).toContain('Meryem</a>')
    const home = await visitor.get(link)
    await visitor.submit(home, `${link}/masquer`, {})
    expect((await visitor.get(`/cafes/${cafe}`)).text).not.toContain('Meryem</a>')
    expect((await visitor.get(await addressOf('Meryem'))).status).toBe(404)
    const after = JSON.parse((await visitor.get(`/api/v1/cafes/${cafe}`)).text)
    expect(after.facilitators).toEqual([])
  })

  test('who leads a draft stays, when its form comes back because its hour is missing', async () => {
    const { link, id } = await publishAs('Lena', 'lena@mail.example')
    const led = { 'facilitators.shown': '1', facilitators: id }
    const cafe = await announce(admin, { ...led, time: '00:00', save: 'draft' })
    const incomplete = await admin.get(`/administration/cafes/${cafe}/publier`)
    expect(incomplete.status).toBe(422)
    const action = `/administration/cafes/${cafe}`
    await admin.submit(incomplete, action, { time: '18:30', save: 'publish' })
    await visitor.post(`${link}/cafes`, { answer: 'always' })
    expect((await visitor.get(`/cafes/${cafe}`)).text).toContain('Lena</a>')
    const next = await announce(admin, { ...led, title: 'Le suivant' })
    expect((await visitor.get(`/cafes/${next}`)).text).toContain('Lena</a>')
  })

  test('who is named by many cafés in a week has one mail a day, which tells them apart', async () => {
    const { id } = await publishAs('Odile', 'odile@mail.example')
    const { db } = server.context
    let mails = 0
    for (let day = 0; day < 3; day++) {
      for (const at of ['a', 'b', 'c'])
        await announce(admin, {
          title: `Jour ${day}${at}`,
          ...{ 'facilitators.shown': '1', facilitators: id },
        })
      for (let hour = 0; hour < 8; hour++) {
        await askAboutNamings(server.context)
        server.advance({ hours: 3 })
      }
      const sent = await db
        .selectFrom('mail')
        .select('params')
        .where('template', '=', 'profile-named')
        .where('facilitator_id', '=', id)
        .execute()
      expect(sent.length - mails).toBe(1)
      mails = sent.length
      const { list } = JSON.parse(sent.at(-1)?.params ?? '{}')
      expect(list.split('\n\n')).toHaveLength(3)
      expect(readable(list)).toMatch(
        /^Jour \d[abc]\n\p{L}+ \d{1,2} \p{L}+ \d{4}, 18 h 30\n.+, \p{L}+$/mu,
      )
    }
    await deliver()
  })

  test('the API finds people by place, theme and training, and never by what they hide', async () => {
    const link = await invite('api@mail.example', 'Api')
    await fill(link, {
      name: 'Api Brest',
      ou: '29200 Brest',
      extent: 'commune',
      radiusKm: '20',
      themes: 'santé',
      'niveau.themes': 'network',
      training: 'trained',
      trainedOn: '2026-05',
    })
    await publish(link)
    const find = async (query: string) => {
      const { status, text } = await visitor.get(`/api/v1/facilitators?${query}`)
      expect(status).toBe(200)
      const { items } = JSON.parse(text) as { items: { name: string }[] }
      return items.map(({ name }) => name)
    }
    expect(await find('territory=29')).toEqual(['Api Brest'])
    expect(await find('near=29200&radius=5')).toEqual(['Api Brest'])
    expect(await find('near=29480&radius=1')).toEqual(['Api Brest'])
    expect(await find('near=29000&radius=5')).toEqual([])
    expect(await find('training=trained')).toEqual(['Api Brest'])
    expect(await find('theme=santé')).toEqual([])
    expect(await find('q=sante')).toEqual([])
    expect(await find('theme=emploi')).not.toContain('Api Brest')
    expect((await visitor.get('/api/v1/facilitators?territory=zz')).status).toBe(400)
    const { text } = await visitor.get('/api/v1/facilitators?territory=29')
    expect(text).not.toContain('api@mail.example')
    expect(text).not.toContain('santé')
  })
})

test('the facilitators of a café are those of its form, also where that changes a whole series', async () => {
  const { id: facilitators } = await publishAs('Sacha', 'sacha@mail.example')
  const { db } = server.context
  const form = '/administration/cafes/nouveau'
  const dates = { dates: 'several', repeats: 'weekly', ends: 'count', count: '2' }
  const seen = await admin.submit(await admin.get(form), form, {
    ...{ ...CAFE, ...dates, save: 'publish' },
  })
  expect((await admin.submit(seen, form, { save: 'publish' })).status).toBe(303)
  const series = db.selectFrom('cafe').select('id').where('series', 'is not', null)
  const { id } = await series.executeTakeFirstOrThrow()
  const path = `/administration/cafes/${id}`
  const asked = await admin.submit(await admin.get(path), path, {
    ...{ title: 'Café avec Sacha', 'facilitators.shown': '1', facilitators, save: 'publish' },
  })
  expect((await admin.submit(asked, path, { scope: 'all' })).status).toBe(303)
  expect(await listFacilitatorIds(db, id)).toEqual([facilitators])
})
