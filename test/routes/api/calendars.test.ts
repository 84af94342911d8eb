import { describe, expect, test } from 'vitest'
import { createToken } from '../../../node/store/accounts/api-tokens.ts'
import { saveFault } from '../../../node/store/cafes/followed-calendars.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { api, useApi } from './written-cafes.ts'

useApi()

describe('followed calendars', () => {
  const url = 'https://ville.example/agenda.ics'
  const follow = (changes: Record<string, unknown> = {}, query = '') =>
    api.send('POST', `/api/v1/calendars${query}`, { url, ...changes })
  const listed = async () => (await (await api.send('GET', '/api/v1/calendars')).json()).items

  test('are followed, listed, due at once, and no longer followed', async () => {
    const dead = await follow({}, '?dryRun=1')
    expect(dead.status).toBe(200)
    expect((await dead.json()).fault).toBe('Le site ne répond pas.')
    api.context.remote.fetchCalendar = async () => ({
      ...{ outcome: 'fetched', bytes: Buffer.from(''), contentType: 'text/calendar' },
    })
    expect((await (await follow({}, '?dryRun=1')).json()).fault).toBeNull()
    expect(await listed()).toEqual([])
    const answer = await follow({ url: 'webcal://ville.example/agenda.ics' })
    expect(answer.status).toBe(201)
    const calendar = await answer.json()
    expect(calendar).toMatchObject({
      ...{ url, publication: 'published', leftOut: [], readAt: null, failingSince: null },
      ...{ fault: null, cafes: 0, leftAside: 0, missing: 0, needsDecision: false },
    })
    const again = await follow({ publication: 'draft' })
    expect([again.status, (await again.json()).publication]).toEqual([200, 'draft'])
    expect(await listed()).toMatchObject([{ id: calendar.id, publication: 'draft' }])

    const path = `/api/v1/calendars/${calendar.id}`
    await saveFault(
      api.context.db,
      { id: calendar.id, failures: 0, failingSince: undefined },
      { fault: 'remote.timeout', dueAt: api.context.now().add({ hours: 3 }) },
      api.context.now(),
    )
    const failing = await (await api.send('GET', path)).json()
    expect(failing.fault).toBe('Le site n’a pas répondu à temps.')
    expect(failing.dueAt).not.toBe(calendar.dueAt)
    const due = await (await api.send('POST', `${path}/read`)).json()
    expect(due.dueAt).toBe(calendar.dueAt)
    expect((await api.send('DELETE', path)).status).toBe(204)
    expect((await api.send('GET', path)).status).toBe(404)
    expect((await api.send('DELETE', path)).status).toBe(404)
    expect((await api.send('POST', `${path}/read`)).status).toBe(404)
  })

  test('are of one structure, and need its token', async () => {
    const { id } = await (await follow()).json()
    const other = { id: 'organization-9', slug: 'autre', name: 'Autre' }
    await insertOrganization(api.context.db, other, api.context.now())
    const { token } = await createToken(
      api.context.db,
      { organizationId: other.id, label: 'autre' },
      api.context.now(),
    )
    const path = `/api/v1/calendars/${id}`
    const asOther = { Authorization: `Bearer ${token}` }
    for (const [method, address] of [
      ['GET', path],
      ['DELETE', path],
      ['POST', `${path}/read`],
    ] as const) {
      const answer = await api.send(method, address, undefined, asOther)
      expect([method, answer.status]).toEqual([method, 404])
      const nobody = await fetch(api.origin + address, { method })
      expect([method, nobody.status]).toEqual([method, 401])
    }
    expect(await listed()).toHaveLength(1)
    await api.send('DELETE', path)
  })

  test('have an address of the web, and are 20 at most', async () => {
    for (const wrong of [
      'agenda',
      'file:///etc/passwd',
      `https://ville.example/${'a'.repeat(2000)}`,
    ])
      expect((await follow({ url: wrong })).status).toBe(422)
    expect((await follow({ publication: 'later' })).status).toBe(422)
    for (let count = 0; count < 20; count++) await follow({ url: `${url}?${count}` })
    expect((await follow()).status).toBe(409)
    expect((await follow({ url: `${url}?3` })).status).toBe(200)
    for (const { id } of await listed()) await api.send('DELETE', `/api/v1/calendars/${id}`)
  })
})
