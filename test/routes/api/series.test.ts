import { describe, expect, test } from 'vitest'
import { aBody } from './api-server.ts'
import { api, changes, useApi } from './written-cafes.ts'

useApi()

const RECURRENCE = { rrule: 'FREQ=WEEKLY;BYDAY=TH;COUNT=10', exclude: ['2027-01-07'], include: [] }
const aSeason = (changes: object = {}) =>
  aBody({ startsAt: '2026-12-10T18:30', recurrence: RECURRENCE, ...changes })

const create = async (changes?: object) => {
  const answer = await api.send('POST', '/api/v1/series', aSeason(changes))
  expect(answer.status).toBe(201)
  return answer.json()
}
const pathOf = ({ id }: { id: string }) => `/api/v1/series/${id.split('/').at(-1)}`
const read = async (series: { id: string }) => (await api.get(pathOf(series))).json()
const startsOf = ({ dates }: { dates: { startsAt: string }[] }) =>
  dates.map(({ startsAt }) => startsAt.slice(5, 16))
const errorsOf = async (answer: Response) => [answer.status, (await answer.json()).errors]

describe('a series', () => {
  test('is announced with a café for each of its dates', async () => {
    const answer = await api.send('POST', '/api/v1/series', aSeason())
    expect(answer.status).toBe(201)
    const series = await answer.json()
    expect(answer.headers.get('Location')).toBe(`${api.origin}${pathOf(series)}`)
    expect(series).toMatchObject({
      url: series.id,
      words: 'tous les jeudis à 18 h 30, dix fois',
      rrule: RECURRENCE.rrule,
      recurrence: RECURRENCE,
      startsAt: '2026-12-10T18:30:00+01:00',
    })
    expect(series.dates).toHaveLength(9)
    const cafe = await (
      await api.get(`/api/v1/cafes/${series.dates[8].id.split('/').at(-1)}`)
    ).json()
    expect(cafe).toMatchObject({ title: series.title, startsAt: '2027-02-11T18:30:00+01:00' })
    expect(cafe.series).toEqual({ id: series.id, words: series.words, url: series.url })
    const types = (await changes()).map(({ body }) => JSON.parse(body).type)
    expect(types).toEqual([...Array(9).fill('cafe-published'), 'series-saved'])
  })

  test('is read by anybody, and its draft by its program alone', async () => {
    const series = await create()
    expect(await read(series)).toMatchObject({ id: series.id, dates: series.dates })
    expect(await read(series)).not.toHaveProperty('descriptionMarkdown')
    const draft = await create({ draft: true })
    expect(draft.dates).toEqual([])
    expect((await api.get(pathOf(draft))).status).toBe(404)
    const own = await api.get(pathOf(draft), { Authorization: `Bearer ${api.token}` })
    expect(await own.json()).toMatchObject({ draft: true, words: series.words })
    const published = await api.send('PUT', pathOf(draft), aSeason())
    expect((await published.json()).dates).toHaveLength(9)
  })

  test('is changed whole, or from a day on; what was read may be sent back', async () => {
    const series = await create()
    const own = await (
      await api.get(pathOf(series), { Authorization: `Bearer ${api.token}` })
    ).json()
    const same = await api.send('PUT', pathOf(series), own)
    expect(await same.json()).toEqual(series)
    const later = await api.send('PUT', `${pathOf(series)}?from=2027-01-21`, {
      ...own,
      startsAt: '2026-12-10T18:00',
      endsAt: '2026-12-10T19:30',
    })
    expect(startsOf(await later.json())).toEqual([
      ...['12-10T18:30', '12-17T18:30', '12-24T18:30', '12-31T18:30', '01-14T18:30'],
      ...['01-21T18:00', '01-28T18:00', '02-04T18:00', '02-11T18:00'],
    ])
    const { recurrence, ...text } = own
    const titled = await api.send('PUT', pathOf(series), { ...text, title: 'Une autre table' })
    expect(startsOf(await titled.json())[8]).toBe('02-11T18:30')
    for (const { id } of (await read(series)).dates)
      expect((await (await api.get(`/api/v1/cafes/${encodeURIComponent(id)}`)).json()).title).toBe(
        'Une autre table',
      )
  })

  test('keeps what was changed on one date alone', async () => {
    const series = await create()
    const [, second] = series.dates
    const path = `/api/v1/cafes/${second.id.split('/').at(-1)}`
    const read = await (await api.get(path)).json()
    const hours = { startsAt: '2026-12-17T14:00', endsAt: '2026-12-17T15:30' }
    const edited = await api.send('PUT', path, { ...read, ...hours, title: 'À la ferme' })
    expect((await edited.json()).series).toEqual(read.series)
    const other = await api.send('POST', '/api/v1/cafes', aBody({ series: series.id }))
    expect(await errorsOf(other)).toMatchObject([422, [{ field: 'series' }]])
    const answer = await api.send('PUT', pathOf(series), aSeason({ title: 'Une autre table' }))
    expect(startsOf(await answer.json())[1]).toBe('12-17T14:00')
    expect((await (await api.get(path)).json()).title).toBe('À la ferme')
  })

  test('is cancelled, from a day on or whole, and deleted', async () => {
    const series = await create()
    const cancel = (body: object) => api.send('POST', `${pathOf(series)}/cancel`, body)
    const half = await (await cancel({ reason: 'Travaux', from: '2027-02-01' })).json()
    expect(half.words).toMatch(/^tous les jeudis à 18\sh\s30, jusqu’au 3 février$/)
    expect(half.dates.map(({ status }: { status: string }) => status)).toEqual([
      ...Array(7).fill('scheduled'),
      ...['cancelled', 'cancelled'],
    ])
    const all = await (await cancel({})).json()
    expect(all.dates.every(({ status }: { status: string }) => status === 'cancelled')).toBe(true)
    expect((await api.send('DELETE', pathOf(series))).status).toBe(204)
    expect((await api.get(pathOf(series))).status).toBe(410)
    expect(await api.context.db.selectFrom('cafe').select('id').execute()).toEqual([])
  })

  test('loses the dates that are deleted from a day on', async () => {
    const series = await create()
    const answer = await api.send('DELETE', `${pathOf(series)}?from=2026-12-25`)
    expect(answer.status).toBe(204)
    expect(startsOf(await read(series))).toEqual(['12-10T18:30', '12-17T18:30', '12-24T18:30'])
  })

  test('that is only tried is not there', async () => {
    const tried = await api.send('POST', '/api/v1/series?dryRun=1', aSeason())
    const json = await tried.json()
    expect(json).toMatchObject({ id: null, dryRun: true })
    expect(json.dates).toHaveLength(9)
    expect(json.dates[0].id).toBeNull()
    expect(await api.context.db.selectFrom('series').select('id').execute()).toEqual([])
    const series = await create()
    await api.send('PUT', `${pathOf(series)}?dryRun=1`, aSeason({ title: 'Une autre table' }))
    expect((await read(series)).title).toBe(series.title)
  })

  test('is made once for a key, and changed in the version that was read', async () => {
    const key = { 'Idempotency-Key': 'saison-1' }
    const one = await api.send('POST', '/api/v1/series', aSeason(), key)
    const two = await api.send('POST', '/api/v1/series', aSeason(), key)
    const series = await one.json()
    expect(await two.json()).toEqual(series)
    const tag = { 'If-Match': one.headers.get('ETag') ?? '' }
    api.advance({ minutes: 1 })
    const edit = aSeason({ title: 'Une autre table' })
    expect((await api.send('PUT', pathOf(series), edit, tag)).status).toBe(200)
    expect((await api.send('PUT', pathOf(series), edit, tag)).status).toBe(412)
    expect((await api.send('DELETE', pathOf(series), undefined, tag)).status).toBe(412)
  })
})

test.each([
  ['no recurrence', { recurrence: undefined }, 'recurrence'],
  ['ten thousand dates', { recurrence: { rrule: 'FREQ=DAILY;COUNT=10000' } }, 'recurrence.rrule'],
  [
    'a rule that never has a date',
    { recurrence: { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' } },
    'recurrence.rrule',
  ],
  [
    'a day left out that it has not',
    { recurrence: { rrule: 'FREQ=WEEKLY', exclude: ['2026-12-11'] } },
    'recurrence.exclude',
  ],
  ['a past beginning', { startsAt: '2026-11-05T18:30' }, 'startsAt'],
  ['a key of one café', { reference: 'jeudi' }, 'reference'],
  ['a field that does not exist', { repeat: 'weekly' }, 'repeat'],
])(
  'a series with %s is refused beside the field, and nothing is stored',
  async (_, change, field) => {
    const [status, errors] = await errorsOf(
      await api.send('POST', '/api/v1/series', aSeason(change)),
    )
    expect([status, errors[0].field]).toEqual([422, field])
    expect(await api.context.db.selectFrom('cafe').select('id').execute()).toEqual([])
  },
)

test('a day from which a series is changed is a day, and within a year', async () => {
  const series = await create()
  const put = (from: string) => api.send('PUT', `${pathOf(series)}?from=${from}`, aSeason())
  expect(await errorsOf(await put('jeudi'))).toMatchObject([422, [{ field: 'from' }]])
  expect(await errorsOf(await put('2031-01-01'))).toMatchObject([422, [{ field: 'from' }]])
})

test('a date in the hour that the clocks leave out is the hour after it, and the others keep theirs', async () => {
  const series = await create({
    startsAt: '2027-03-28T02:30',
    recurrence: { rrule: 'FREQ=DAILY;COUNT=2' },
  })
  expect(startsOf(series)).toEqual(['03-28T03:30', '03-29T02:30'])
})
