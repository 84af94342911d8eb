import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiServer, aBody, startApi } from './api-server.ts'

let api: ApiServer
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())

const idOf = (cafe: { id: string }): string => cafe.id.split('/').at(-1) ?? ''

const announce = async (fields = {}) => {
  const answer = await api.send('POST', '/api/v1/cafes', aBody(fields))
  return `/api/v1/cafes/${idOf(await answer.json())}`
}
const read = async (path: string) => (await api.get(path)).json()

test('a café is postponed with its reason, and takes place after all', async () => {
  const path = await announce()
  const answer = await api.send('POST', `${path}/postpone`, { note: 'Grève' })
  expect(answer.status).toBe(200)
  expect(await read(path)).toMatchObject({ status: 'postponed', statusNote: 'Grève' })
  expect((await api.send('POST', `${path}/reinstate`)).status).toBe(200)
  expect(await read(path)).toMatchObject({ status: 'scheduled', statusNote: null })
})

test('a café moves online with the address to join, or the one that it has', async () => {
  const path = await announce()
  const without = await api.send('POST', `${path}/move-online`, {})
  expect(without.status).toBe(422)
  expect((await without.json()).errors).toEqual([
    { field: 'onlineUrl', message: expect.stringContaining('lien') },
  ])
  const onlineUrl = 'https://visio.example/cafe'
  expect((await api.send('POST', `${path}/move-online`, { onlineUrl })).status).toBe(200)
  expect(await read(path)).toMatchObject({ status: 'moved-online', onlineUrl })

  const mixed = await announce({ onlineUrl, attendanceMode: 'mixed' })
  expect((await api.send('POST', `${mixed}/move-online`)).status).toBe(200)
})

test('what has moved online is still of its town, and every format says that it is online', async () => {
  const path = await announce({ title: 'Déménagé' })
  const onlineUrl = 'https://visio.example/cafe'
  expect((await api.send('POST', `${path}/move-online`, { onlineUrl })).status).toBe(200)
  const searched = async (search: string) =>
    (await read(`/api/v1/cafes?q=demenage&${search}`)).items.length
  for (const search of ['near=35000&radius=5', 'territory=c-35238', 'mode=online'])
    expect(await searched(search), search).toBe(1)
  expect(await searched('mode=offline')).toBe(0)

  const file = async (format: string) => (await api.get(`/export/${format}?q=demenage`)).text()
  expect(await read(path)).toMatchObject({ attendanceMode: 'online', venue: { commune: 'Rennes' } })
  expect(await file('cafes.csv')).toMatch(/;en ligne;https:\/\/visio/)
  const { features } = JSON.parse(await file('cafes.geojson'))
  expect(features[0].properties).toMatchObject({ mode: 'en ligne', commune: 'Rennes' })
  expect(await file('cafes.jsonld')).toContain('https://schema.org/OnlineEventAttendanceMode')
  const calendar = await file('cafes.ics')
  expect(calendar).not.toMatch(/^(?:LOCATION|GEO)/m)
  expect(calendar).toContain('X-CAFEIA-INSEE:35238')
  const { events } = JSON.parse(await file('openagenda.json'))
  expect(events[0]).toMatchObject({ attendanceMode: 2, onlineAccessLink: onlineUrl, status: 3 })
})

test('what is read of a café that has moved online can be sent back: its place stays', async () => {
  const path = await announce()
  const onlineUrl = 'https://visio.example/cafe'
  await api.send('POST', `${path}/move-online`, { onlineUrl })
  const own = await (await api.send('GET', path)).json()
  expect((await api.send('PUT', path, own)).status).toBe(200)
  expect((await api.send('PUT', path, { ...own, venue: null })).status).toBe(200)
  await api.send('POST', `${path}/reinstate`)
  expect(await read(path)).toMatchObject({
    status: 'scheduled',
    attendanceMode: 'offline',
    venue: { commune: 'Rennes' },
  })
})

test('a café that is written again as one online has moved there, and is still of its town', async () => {
  const path = await announce()
  const online = aBody({ attendanceMode: 'online', venue: null })
  expect((await (await api.send('PUT', path, online)).json()).errors).toEqual([
    { field: 'onlineUrl', message: expect.stringContaining('lien') },
  ])
  const written = await api.send('PUT', path, { ...online, onlineUrl: 'https://visio.example/c' })
  expect(await written.json()).toMatchObject({
    status: 'moved-online',
    attendanceMode: 'online',
    venue: { commune: 'Rennes' },
  })
  const inTown = await read('/api/v1/cafes?territory=c-35238&mode=online&limit=100')
  expect(inTown.items.map(idOf)).toContain(path.split('/').at(-1))
  await api.send('POST', `${path}/reinstate`)
  expect(await read(path)).toMatchObject({ status: 'scheduled', attendanceMode: 'offline' })
})

test('a café that is not public yet is written online without having moved', async () => {
  const path = await announce({ draft: true })
  const body = { attendanceMode: 'online', venue: null, onlineUrl: 'https://visio.example/c' }
  const written = await api.send('PUT', path, aBody({ ...body, draft: true }))
  expect(await written.json()).toMatchObject({ status: 'scheduled', venue: null })
})

test('a café is said to be full and free again by its number of seats left', async () => {
  const path = await announce({ registration: { capacity: 20 } })
  const seats = async (seatsLeft: number) =>
    api.send('PUT', path, aBody({ registration: { capacity: 20, seatsLeft } }))
  expect((await (await seats(0)).json()).registration.seatsLeft).toBe(0)
  expect((await (await seats(4)).json()).registration.seatsLeft).toBe(4)
  expect((await seats(21)).status).toBe(422)
  expect((await seats(-1)).status).toBe(422)
})

test('what is too long, not public yet, another’s or gone is refused', async () => {
  const path = await announce()
  expect((await api.send('POST', `${path}/postpone`, { note: 'a'.repeat(256) })).status).toBe(422)
  const draft = await announce({ draft: true })
  for (const action of ['postpone', 'move-online', 'reinstate', 'cancel']) {
    const body = action === 'move-online' ? { onlineUrl: 'https://visio.example/a' } : {}
    expect((await api.send('POST', `${draft}/${action}`, body)).status).toBe(409)
    expect((await api.send('POST', `/api/v1/cafes/x/${action}`, body)).status).toBe(404)
  }
  await api.send('DELETE', path)
  expect((await api.send('POST', `${path}/reinstate`)).status).toBe(410)
})

test('a rehearsal says what would be, and changes nothing', async () => {
  const path = await announce()
  const answer = await api.send('POST', `${path}/postpone?dryRun=1`, {})
  expect(await answer.json()).toMatchObject({ status: 'postponed', dryRun: true })
  expect(await read(path)).toMatchObject({ status: 'scheduled' })
})
