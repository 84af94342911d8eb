import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createToken } from '../../../node/store/accounts/api-tokens.ts'
import { createHosted, saveSuspension } from '../../../node/store/structures/hosted.ts'
import { jpeg } from '../../support/uploads.ts'
import { type ApiServer, aBody, startApi } from './api-server.ts'

/** A field that a program sends is applied or refused, never ignored. */

let api: ApiServer
beforeAll(async () => {
  api = await startApi()
})
afterAll(async () => {
  expect(api.failures).toEqual([])
  await api.stop()
})

type Sent = Record<string, unknown>

const create = (changes: Sent = {}) => api.send('POST', '/api/v1/cafes', aBody(changes))
const byKey = (reference: string, body: Sent) =>
  api.send('PUT', `/api/v1/cafes/by-reference/${reference}`, body)

async function wrongFields(answer: Response): Promise<string[]> {
  expect(answer.status).toBe(422)
  const { errors } = await answer.json()
  return errors.map(({ field }: { field: string }) => field)
}

describe('an unknown field is refused by name', () => {
  test('in a café, its place, its registration and its image', async () => {
    const answer = await create({
      publication: 'draft',
      venue: { name: 'Salle', postalCode: '26150', commune: 'Die', town: 'Die' },
      registration: { mode: 'none', seats: 3 },
      image: { url: 'https://lieu.example/a.jpg', alt: 'Une tasse', title: 'Tasse' },
    })
    expect(await wrongFields(answer)).toEqual([
      'image.url',
      'publication',
      'venue.town',
      'registration.seats',
      'image.title',
    ])
    const found = await api.get('/api/v1/cafes?total=1')
    expect((await found.json()).total).toBe(0)
  })

  test('in a place, in a calendar, and in a line of a batch', async () => {
    const place = { name: 'Salle', postalCode: '26150', commune: 'Die', town: 'Die' }
    const kept = await api.send('PUT', '/api/v1/places/by-reference/salle', place)
    expect(await wrongFields(kept)).toEqual(['town'])
    const calendar = { url: 'https://lieu.example/a.ics', leftOut: [] }
    expect(await wrongFields(await api.send('POST', '/api/v1/calendars', calendar))).toEqual([
      'leftOut',
    ])
    const lines = await api.send(
      'POST',
      '/api/v1/cafes/batch',
      JSON.stringify(aBody({ endAt: 'x' })),
      { 'Content-Type': 'application/x-ndjson', Accept: 'application/json' },
    )
    const [line] = (await lines.json()).results
    expect(line).toMatchObject({ status: 422, errors: [{ field: 'endAt' }] })
  })

  test('the café that the API returns may be sent back unchanged', async () => {
    const made = await create({ reference: 'retour', uid: 'retour@lieu.example' })
    const cafe = await made.json()
    expect((await byKey('retour', cafe)).status).toBe(200)
    expect((await byKey('retour', { ...cafe, reference: null, uid: null })).status).toBe(200)
  })

  test('what those who register are asked is given back to the team alone, and may be sent back', async () => {
    const registration = {
      ...{ mode: 'local', capacity: 12, onlineCapacity: 30, wholeSeries: true },
      reminders: ['week', 'morning'],
      questions: [{ text: 'Mangez-vous sur place ?', why: 'Le repas', answers: ['Oui', 'Non'] }],
    }
    const mixed = { attendanceMode: 'mixed', onlineUrl: 'https://visio.example/a' }
    const made = await create({ ...mixed, reference: 'questions', registration })
    expect(made.status).toBe(201)
    const cafe = await made.json()
    expect(cafe.registration).toMatchObject(registration)
    const again = await (await byKey('questions', cafe)).json()
    expect(again.registration).toEqual(cafe.registration)
    const path = `/api/v1/cafes/${cafe.id.split('/').at(-1)}`
    const seen = Object.keys((await (await api.get(path)).json()).registration)
    expect(seen).toEqual(['mode', 'url', 'capacity', 'seatsLeft', 'waitlist'])
  })
})

describe('a key that is known already must not be sent with another value', () => {
  test('neither the reference of the address nor a stored UID', async () => {
    expect(await wrongFields(await byKey('un', aBody({ reference: 'deux' })))).toEqual([
      'reference',
    ])
    expect((await api.get('/api/v1/cafes/by-reference/deux')).status).toBe(401)
    expect((await byKey('un', aBody({ uid: 'un@lieu.example' }))).status).toBe(201)
    expect(await wrongFields(await byKey('un', aBody({ uid: 'deux@lieu.example' })))).toEqual([
      'uid',
    ])
    const place = { name: 'Salle', postalCode: '26150', commune: 'Die', reference: 'autre' }
    expect(
      await wrongFields(await api.send('PUT', '/api/v1/places/by-reference/salle', place)),
    ).toEqual(['reference'])
  })

  test('a line that cancels or deletes must name its café', async () => {
    const answer = await api.send('POST', '/api/v1/cafes/batch', '{"action":"cancel"}', {
      'Content-Type': 'application/x-ndjson',
      Accept: 'application/json',
    })
    const [line] = (await answer.json()).results
    expect(line).toMatchObject({ status: 422, errors: [{ field: 'reference' }] })
  })
})

test('an edit does not move a café that moved online back: its place and its mode stay', async () => {
  const made = await create({ reference: 'ligne', onlineUrl: 'https://visio.example/a' })
  const { venue } = await made.json()
  await api.send('POST', '/api/v1/cafes/by-reference/ligne/move-online', {})
  for (const attendanceMode of ['offline', 'mixed'])
    expect(await wrongFields(await byKey('ligne', aBody({ attendanceMode })))).toEqual([
      'attendanceMode',
    ])
  const kept = await byKey('ligne', aBody({ attendanceMode: 'online' }))
  expect(await kept.json()).toMatchObject({
    status: 'moved-online',
    attendanceMode: 'online',
    venue,
  })
})

describe('what contradicts itself is refused', () => {
  test('an end beside a duration, and more seats left than there are', async () => {
    const both = aBody({ endsAt: '2026-12-09T20:00:00', durationMinutes: 90 })
    expect(await wrongFields(await create(both))).toEqual(['endsAt'])
    const seats = { registration: { mode: 'none', capacity: 10, seatsLeft: 11 } }
    expect(await wrongFields(await create(seats))).toEqual(['registration.seatsLeft'])
  })
})

describe('the structure for which a café is announced', () => {
  const forAmicale = { announcedFor: 'Amicale laïque', descriptionMarkdown: 'Venez.' }

  test('is a directory’s to name', async () => {
    expect(await wrongFields(await create(forAmicale))).toEqual(['announcedFor'])
  })

  test('stays through each way to write, and its name stays before the text', async () => {
    api.context.isDirectory = true
    try {
      const made = await create({ ...forAmicale, reference: 'amicale' })
      expect(made.status).toBe(201)
      const cafe = await made.json()
      expect(cafe.announcedFor).toBe('Amicale laïque')
      expect(cafe.descriptionMarkdown).toMatch(/^Organisé par \*\*Amicale laïque\*\*.*Venez\.$/s)
      const same = await (await byKey('amicale', cafe)).json()
      expect(same.descriptionMarkdown).toBe(cafe.descriptionMarkdown)
      const shorter = await (await byKey('amicale', aBody({ descriptionMarkdown: 'Non.' }))).json()
      expect(shorter.announcedFor).toBe('Amicale laïque')
      expect(shorter.descriptionMarkdown).toMatch(/Amicale laïque.*Non\.$/s)
      const renamed = await (
        await byKey('amicale', { ...cafe, announcedFor: 'Foyer rural' })
      ).json()
      expect(renamed.descriptionMarkdown).toMatch(/^Organisé par \*\*Foyer rural\*\*/)
      expect(renamed.descriptionMarkdown).not.toContain('Amicale')
      const { items } = await (await api.get('/api/v1/cafes?q=foyer%20rural')).json()
      expect(items).toMatchObject([{ announcedFor: 'Foyer rural' }])
    } finally {
      api.context.isDirectory = false
    }
  })
})

describe('a picture at an address', () => {
  const address = 'https://ailleurs.example/tasse.jpg'
  const withPicture = (url: string) => ({ image: { url, alt: 'Une tasse' } })
  let asked = 0
  beforeAll(async () => {
    const bytes = await jpeg(900, 600)
    api.context.remote.fetchPicture = async (url) => {
      asked += 1
      if (url.endsWith('.txt')) return Buffer.from('no picture')
      return url === address ? bytes : undefined
    }
  })

  test('is neither fetched nor kept in a dry run', async () => {
    const body = JSON.stringify(aBody(withPicture(address)))
    const headers = { 'Content-Type': 'application/x-ndjson', Accept: 'application/json' }
    const one = await api.send('POST', '/api/v1/cafes?dryRun=1', aBody(withPicture(address)))
    expect(one.status).toBe(200)
    expect((await one.json()).image).toEqual({ url: address, alt: 'Une tasse' })
    const some = await api.send('POST', '/api/v1/cafes/batch?dryRun=1', body, headers)
    expect((await some.json()).results).toMatchObject([{ status: 201 }])
    expect(asked).toBe(0)
    expect(await api.context.db.selectFrom('media').select('id').execute()).toEqual([])
  })

  test('is kept here, once, and given from here', async () => {
    const made = await byKey('tasse', aBody(withPicture(address)))
    expect(made.status).toBe(201)
    const { image } = await made.json()
    expect(image).toEqual({
      url: expect.stringContaining(`${api.origin}/media/`),
      alt: 'Une tasse',
    })
    for (const url of [address, image.url]) {
      const again = await byKey('tasse', aBody(withPicture(url)))
      expect((await again.json()).image).toEqual(image)
    }
    const lines = await api.send(
      'POST',
      '/api/v1/cafes/batch',
      [aBody(withPicture(address)), aBody(withPicture('https://ailleurs.example/rien.jpg'))]
        .map((body) => JSON.stringify(body))
        .join('\n'),
      { 'Content-Type': 'application/x-ndjson', Accept: 'application/json' },
    )
    const { results } = await lines.json()
    expect(results.map(({ status }: { status: number }) => status)).toEqual([201, 422])
    expect(asked).toBe(2)
    const rows = await api.context.db.selectFrom('cafe').select('media_id').execute()
    expect(rows.filter((row) => row.media_id !== null)).toHaveLength(2)
  })

  test.each(['https://ailleurs.example/rien.jpg', 'https://ailleurs.example/texte.txt'])(
    'is refused where there is none: %s',
    async (url) => {
      expect(await wrongFields(await create(withPicture(url)))).toEqual(['image.url'])
    },
  )

  const writeLines = async (lines: readonly string[]) => {
    const headers = { 'Content-Type': 'application/x-ndjson', Accept: 'application/json' }
    const answer = await api.send('POST', '/api/v1/cafes/batch', lines.join('\n'), headers)
    return (await answer.json()).results
  }

  test('is fetched in a line of a batch that spells the field with escapes', async () => {
    const line = JSON.stringify(aBody(withPicture('https://ailleurs.example/rien.jpg')))
    expect(await writeLines([line.replace('"image"', '"\\u0069mage"')])).toMatchObject([
      { status: 422, errors: [{ field: 'image.url' }] },
    ])
  })

  test('is fetched beside few others of its structure', async () => {
    const { fetchPicture } = api.context.remote
    let going = 0
    let most = 0
    api.context.remote.fetchPicture = async () => {
      going += 1
      most = Math.max(most, going)
      await new Promise((resolve) => setTimeout(resolve, 5))
      going -= 1
      return undefined
    }
    try {
      const addresses = Array.from({ length: 20 }, (_, at) => `https://ailleurs.example/${at}.jpg`)
      const results = await writeLines(
        addresses.map((url) => JSON.stringify(aBody(withPicture(url)))),
      )
      expect(results).toHaveLength(20)
      expect(most).toBeLessThanOrEqual(8)
    } finally {
      api.context.remote.fetchPicture = fetchPicture
    }
  })
})

describe('what is told of a café after it took place', () => {
  const REPORT = { participants: 23, firstTimers: 8, questions: ['Qui décide ?'] }
  const TEXTS = { next: 'En janvier.', text: 'Une belle\nsoirée.' }
  let path: string
  beforeAll(async () => {
    const cafe = await (await create({ startsAt: '2026-11-25T12:00:00' })).json()
    path = `/api/v1/cafes/${cafe.id.split('/').at(-1)}/report`
  })
  const put = (body: Sent, headers = {}) => api.send('PUT', path, body, headers)
  const statusOf = async (answer: Promise<Response>) => (await answer).status

  test('is refused before it begins, and for who has no token', async () => {
    const early = await put(REPORT)
    expect([early.status, (await early.json()).detail]).toEqual([
      409,
      expect.stringContaining('pas encore commencé'),
    ])
    api.advance({ hours: 5 })
    expect(await statusOf(api.send('PUT', path, REPORT, { Authorization: '' }))).toBe(401)
    expect(await statusOf(api.get(path))).toBe(404)
  })

  test('is refused by name where it is wrong or unknown', async () => {
    const wrong = { participants: -1, questions: ['Qui ?', 'Écrire à a@b.example'] }
    expect(await wrongFields(await put(wrong))).toEqual(['participants', 'questions.1'])
    expect(await wrongFields(await put({ ...REPORT, firstTimers: 24 }))).toEqual(['firstTimers'])
    expect(await wrongFields(await put({ ...REPORT, persons: 2 }))).toEqual(['persons'])
    const dry = await api.send('PUT', `${path}?dryRun=1`, REPORT)
    expect(await dry.json()).toMatchObject({ participants: 23, dryRun: true })
    expect(await statusOf(api.get(path))).toBe(404)
  })

  test('is read by everybody as far as it is public, and may be sent back as it is', async () => {
    const told = await put({ ...REPORT, ...TEXTS })
    expect(told.status).toBe(200)
    const own = await told.json()
    expect(own).toMatchObject({ ...TEXTS, counted: true, publish: [], held: true })
    const seen = await (await api.get(path)).json()
    expect(seen).toMatchObject({ participants: 23, firstTimers: 8, text: null, next: null })
    expect(seen.questions).toEqual([{ text: 'Qui décide ?', theme: null }])
    expect(Object.keys(seen)).not.toContain('publish')
    expect(await (await put(own)).json()).toEqual(own)
    await put({ ...REPORT, ...TEXTS, publish: ['text'] })
    expect(await (await api.get(path)).json()).toMatchObject(TEXTS)
  })

  test('an unusual number is neither shown nor counted before it is confirmed', async () => {
    expect(await (await put({ participants: 2000 })).json()).toMatchObject({ counted: false })
    expect(await statusOf(api.get(path))).toBe(404)
    const confirmed = await put({ participants: 2000, confirmed: true })
    expect(await confirmed.json()).toMatchObject({ counted: true })
    expect(await statusOf(api.get(path))).toBe(200)
  })

  test('changes and goes in the revision that was read, and is corrected for 30 days', async () => {
    const first = (await api.send('GET', path)).headers.get('ETag') ?? ''
    api.advance({ seconds: 5 })
    expect(await statusOf(put(REPORT, { 'If-Match': first }))).toBe(200)
    const stale = { 'If-Match': first }
    expect(await statusOf(put(REPORT, stale))).toBe(412)
    expect(await statusOf(api.send('DELETE', path, undefined, stale))).toBe(412)
    api.advance({ hours: 31 * 24 })
    expect(await statusOf(put(REPORT))).toBe(409)
    expect(await statusOf(api.send('DELETE', path))).toBe(204)
    expect(await statusOf(api.send('DELETE', path))).toBe(404)
    expect(await statusOf(api.get(path))).toBe(404)
    expect(await statusOf(api.get('/api/v1/cafes/inconnu/report'))).toBe(404)
  })
})

describe('the structure for which one writes', () => {
  const ids: string[] = []
  let hostedToken = ''
  beforeAll(async () => {
    const { db, now } = api.context
    api.advance({ minutes: 1 })
    for (const slug of ['le-fournil', 'la-source']) {
      const made = await createHosted(db, { slug, name: slug, by: 'test' }, now())
      ids.push('structure' in made ? made.structure.id : '')
    }
    const asked = { organizationId: ids[0] ?? '', label: 'test' }
    hostedToken = (await createToken(db, asked, now())).token
  })
  const later = { draft: true, startsAt: '2028-03-09T18:30:00' }
  const asHosted = () => ({ Authorization: `Bearer ${hostedToken}` })
  const lines = (rows: unknown[]) =>
    api.send('POST', '/api/v1/cafes/batch', rows.map((row) => JSON.stringify(row)).join('\n'), {
      'Content-Type': 'application/x-ndjson',
      Accept: 'application/json',
    })

  test('is named by a token of the site, in a café, a line and a series, and then in each call', async () => {
    const body = aBody({ ...later, structure: 'le-fournil' })
    const made = await (await create(body)).json()
    expect(made).toMatchObject({ organizer: { name: 'le-fournil' } })
    const path = `/api/v1/cafes/${made.id.split('/').at(-1)}`
    expect((await api.send('GET', path)).status).toBe(404)
    expect((await api.send('GET', `${path}?structure=le-fournil`)).status).toBe(200)
    expect((await api.send('GET', path, undefined, asHosted())).status).toBe(200)
    expect((await api.send('PUT', path, aBody(later))).status).toBe(404)
    expect((await api.send('PUT', path, { ...body, structure: 'la-source' })).status).toBe(404)
    expect((await api.send('PUT', path, { ...body, title: 'Pain et IA' })).status).toBe(200)
    const { results } = await (
      await lines([
        { ...body, reference: 'a' },
        { ...body, structure: null, reference: 'a' },
        { ...body, structure: 'ailleurs', reference: 'a' },
        { action: 'delete', structure: 'le-fournil', reference: 'a' },
      ])
    ).json()
    expect(results.map(({ status }: { status: number }) => status)).toEqual([201, 201, 422, 204])
    const series = await api.send('POST', '/api/v1/series', {
      ...body,
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=2' },
    })
    expect([series.status, (await series.json()).organizer]).toMatchObject([
      201,
      { name: 'le-fournil' },
    ])
    const mine = await api.send('GET', '/api/v1/cafes?mine=1&structure=le-fournil')
    const titles = (await mine.json()).items.map(({ title }: { title: string }) => title)
    expect(titles).toEqual(['Pain et IA'])
    expect((await api.send('DELETE', path)).status).toBe(404)
    expect((await api.send('DELETE', `${path}?structure=le-fournil`)).status).toBe(204)
  })

  test('is named in each write of a series, whole or from a day on', async () => {
    const { draft: _, ...season } = later
    const today = api.context.now().toZonedDateTimeISO('Europe/Paris').toPlainDate()
    const inDays = (days: number) => today.add({ days }).toString()
    const plain = aBody({
      ...{ ...season, startsAt: `${inDays(10)}T18:30` },
      recurrence: { rrule: 'FREQ=WEEKLY;COUNT=4' },
    })
    const body = { ...plain, structure: 'le-fournil' }
    const made = await (await api.send('POST', '/api/v1/series', body)).json()
    const path = `/api/v1/series/${made.id.split('/').at(-1)}`
    const named = `${path}?structure=le-fournil`
    const put = async (at: string, sent: object, headers = {}) => {
      const answer = await api.send('PUT', at, sent, headers)
      const { title, dates, organizer } = await answer.json()
      return [answer.status, title, dates?.length, organizer?.name]
    }
    // Another structure's series is answered as if it did not exist.
    for (const [at, sent] of [
      [path, plain],
      [path, { ...body, structure: 'cafes' }],
      [path, { ...body, structure: 'la-source' }],
      [`${path}?structure=la-source`, plain],
    ] as const)
      expect((await put(at, sent))[0]).toBe(404)
    const both = await api.send('PUT', named, { ...plain, structure: 'la-source' })
    expect(await wrongFields(both)).toEqual(['structure'])
    expect(await put(path, { ...body, title: 'Pain et IA' })).toEqual([
      ...[200, 'Pain et IA', 4, 'le-fournil'],
    ])
    // What was read may be sent back, and its revision with it.
    const read = await api.send('GET', named)
    const tag = { 'If-Match': read.headers.get('ETag') ?? '' }
    api.advance({ seconds: 5 })
    const again = { ...(await read.json()), title: 'Levain et IA' }
    expect(await put(named, again, tag)).toEqual([200, 'Levain et IA', 4, 'le-fournil'])
    expect((await put(named, again, tag))[0]).toBe(412)
    await put(`${named}&from=${inDays(20)}`, { ...plain, title: 'Noël' })
    const { dates } = await (await api.send('GET', named)).json()
    const titles = []
    for (const { id } of dates as { id: string }[]) {
      const cafe = await (await api.get(`/api/v1/cafes/${id.split('/').at(-1)}`)).json()
      titles.push([cafe.title, cafe.organizer.name])
    }
    expect(titles).toEqual([
      ...[...Array(2).fill('Levain et IA'), ...Array(2).fill('Noël')].map((title) => [
        ...[title, 'le-fournil'],
      ]),
    ])
    expect((await put(named, plain, asHosted()))[0]).toBe(200)
    const others = createToken(
      api.context.db,
      { organizationId: ids[1] ?? '', label: 'test' },
      api.context.now(),
    )
    const asOther = { Authorization: `Bearer ${(await others).token}` }
    expect((await put(path, plain, asOther))[0]).toBe(404)
    expect(await wrongFields(await api.send('PUT', named, plain, asOther))).toEqual(['structure'])
    for (const at of [path, `${path}?structure=la-source`]) {
      expect((await api.send('POST', `${at.replace(path, `${path}/cancel`)}`, {})).status).toBe(404)
      expect((await api.send('DELETE', at)).status).toBe(404)
    }
    const cancel = `${path}/cancel?structure=le-fournil`
    expect((await api.send('POST', cancel, { from: inDays(27) })).status).toBe(200)
    expect((await api.send('DELETE', named)).status).toBe(204)
    expect((await api.get(path)).status).toBe(410)
  })

  test('is no other one with the token of a structure, nor a suspended one, nor in other bodies', async () => {
    const { db, now } = api.context
    for (const structure of ['cafes', 'la-source', 'nulle-part', 3]) {
      const sent = aBody({ structure })
      const answer = await api.send('POST', '/api/v1/cafes', sent, asHosted())
      expect([structure, await wrongFields(answer)]).toEqual([structure, ['structure']])
    }
    for (const path of ['cafes?mine=1&', 'places?', 'calendars?'])
      expect(
        await wrongFields(
          await api.send('GET', `/api/v1/${path}structure=la-source`, undefined, asHosted()),
        ),
      ).toEqual(['structure'])
    const own = aBody({ ...later, structure: 'le-fournil' })
    expect((await api.send('POST', '/api/v1/cafes', own, asHosted())).status).toBe(201)
    await saveSuspension(db, { id: ids[1] ?? '', reason: 'payant', by: 'test' }, now())
    expect(await wrongFields(await create({ structure: 'la-source' }))).toEqual(['structure'])
    const place = { name: 'Salle', postalCode: '26150', commune: 'Die', structure: 'le-fournil' }
    const path = '/api/v1/places/by-reference/fournil'
    expect(await wrongFields(await api.send('PUT', path, place))).toEqual(['structure'])
    const { structure: _, ...kept } = place
    expect((await api.send('PUT', `${path}?structure=le-fournil`, kept)).status).toBe(201)
    expect((await api.send('GET', path)).status).toBe(404)
    expect((await api.send('GET', path, undefined, asHosted())).status).toBe(200)
  })
})
