import { afterAll, beforeAll, expect, test } from 'vitest'
import { listAudit } from '../../../node/store/accounts/acts.ts'
import { createToken } from '../../../node/store/accounts/api-tokens.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { type ApiServer, aBody, startApi } from './api-server.ts'

let api: ApiServer
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())

/** Announces a café with so many seats; returns its address, and that of its registrations. */
async function announce(capacity: number) {
  const registration = { mode: 'local', capacity, waitlist: true }
  const answer = await api.send('POST', '/api/v1/cafes', aBody({ registration }))
  const { id } = (await answer.json()) as { id: string }
  const cafe = `/api/v1/cafes/${id.split('/').at(-1)}`
  return { cafe, list: `${cafe}/registrations` }
}
const read = async (path: string, headers?: Record<string, string>) =>
  (await api.get(path, headers)).json()
const own = () => ({ authorization: `Bearer ${api.token}` })

test('a program registers people, reads who comes and cancels; all others see how many seats are left', async () => {
  const { cafe, list } = await announce(2)
  const asked = { name: 'Awa', phone: '06 39 98 00 00', seats: 2, needs: ['step-free'] }
  const first = await api.send('POST', list, asked)
  expect(first.status).toBe(201)
  const awa = (await first.json()) as { id: string; code: string }
  expect(awa).toMatchObject({
    state: 'confirmed',
    seats: 2,
    code: expect.stringMatching(/^[a-z2-9-]{17}$/),
  })
  const jo = await api.send('POST', list, { name: 'Jo', email: 'Jo@Mail.example' })
  expect(await jo.json()).toMatchObject({ state: 'waiting', seats: 1 })
  expect((await api.send('POST', list, { name: 'Jo', email: 'jo@mail.example' })).status).toBe(200)
  const all = await read(list, own())
  expect(all).toMatchObject({ confirmed: 2, waiting: 1, seatsLeft: 0 })
  expect(all.items).toMatchObject([
    { name: 'Awa', phone: '06 39 98 00 00', needs: ['step-free'], email: null },
    { name: 'Jo', email: 'jo@mail.example', state: 'waiting' },
  ])
  const shown = await read(cafe)
  expect(shown.registration).toMatchObject({ mode: 'local', seatsLeft: 0, waitlist: true })
  expect(JSON.stringify(shown)).not.toMatch(/Awa|mail\.example/)
  expect((await api.send('DELETE', `${list}/${awa.id}`)).status).toBe(204)
  expect((await read(list, own())).items).toMatchObject([
    { state: 'cancelled' },
    { state: 'offered' },
  ])
  const { context } = api
  const audit = (await listAudit(context.db, 9)).filter(({ act }) => act === 'registrations-read')
  expect(audit).toMatchObject([{ kind: 'token' }])
})

test('a program that adds and cancels one address again and again does not fill its mailbox', async () => {
  const { list } = await announce(2)
  for (let n = 0; n < 32; n++) {
    const added = await api.send('POST', list, { name: 'Ada', email: 'ada@mail.example' })
    const { id } = (await added.json()) as { id: string }
    expect((await api.send('DELETE', `${list}/${id}`)).status).toBe(204)
  }
  const mails = api.context.db.selectFrom('mail').where('recipient', '=', 'ada@mail.example')
  expect(await mails.select('id').execute()).toHaveLength(60)
})

test('a key registers once, its stored answer has no code, and a dry run registers nobody', async () => {
  const { list } = await announce(5)
  const key = { 'Idempotency-Key': 'une-fois' }
  const asked = { name: 'Lou', phone: '0639980001' }
  const dry = await api.send('POST', `${list}?dryRun=1`, asked)
  expect([dry.status, (await dry.json()).code]).toEqual([200, null])
  const both = [await api.send('POST', list, asked, key), await api.send('POST', list, asked, key)]
  const [one, other] = await Promise.all(both.map((answer) => answer.json()))
  expect([one.id, both[1]?.status]).toEqual([other.id, 201])
  expect((await read(list, own())).items).toHaveLength(1)
  const stored = JSON.stringify(
    await api.context.db.selectFrom('idempotent_answer').selectAll().execute(),
  )
  for (const secret of [one.code, other.code, 'Lou', '0639980001'])
    expect(stored).not.toContain(secret)
})

test('what is wrong is named, and nobody registers where one cannot', async () => {
  const { list } = await announce(5)
  for (const [body, field] of [
    [{ phone: '0639980000' }, 'name'],
    [{ name: 'a'.repeat(10_000), phone: '0639980000' }, 'name'],
    [{ name: 'Max' }, 'email'],
    [{ name: 'Max', email: 'max@' }, 'email'],
    [{ name: 'Max', phone: '0639980000', seats: -1 }, 'seats'],
    [{ name: 'Max', phone: '0639980000', seats: 9999 }, 'seats'],
    [{ name: 'Max', phone: '0639980000', needs: ['asthma'] }, 'needs'],
    [{ name: 'Max', phone: '0639980000', state: 'confirmed' }, 'state'],
  ] as const) {
    const answer = await api.send('POST', list, body)
    expect(answer.status, JSON.stringify(body).slice(0, 80)).toBe(422)
    expect((await answer.json()).errors[0].field).toMatch(field)
  }
  const free = await api.send('POST', '/api/v1/cafes', aBody({}))
  const id = String((await free.json()).id)
    .split('/')
    .at(-1)
  const closed = await api.send('POST', `/api/v1/cafes/${id}/registrations`, {
    ...{ name: 'Max', phone: '0639980000' },
  })
  expect(closed.status).toBe(409)
})

test('a token without the scope, or of another structure, reads and writes nothing', async () => {
  const { list } = await announce(5)
  const { db, now } = api.context
  await insertOrganization(db, { id: 'autre', slug: 'autre', name: 'Autre' }, now())
  const tokens = [
    [403, { organizationId: api.organization.id, label: 'x', scopes: ['cafes'] as const }],
    [404, { organizationId: 'autre', label: 'y' }],
  ] as const
  for (const [status, made] of tokens) {
    const { token } = await createToken(db, made, now())
    const authorization = `Bearer ${token}`
    expect((await api.get(list, { Authorization: authorization })).status).toBe(status)
    const body = { name: 'Max', phone: '0639980000' }
    expect((await api.send('POST', list, body, { Authorization: authorization })).status).toBe(
      status,
    )
  }
  expect((await api.get(list)).status).toBe(401)
})
