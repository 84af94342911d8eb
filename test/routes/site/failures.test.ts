import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
beforeAll(async () => {
  server = await startWeb({ role: 'hub' })
  // The missing tables make every café and every list of them fail.
  for (const table of ['cafe', 'search_entry'])
    await server.context.db.schema.alterTable(table).renameTo(`lost_${table}`).execute()
})
afterAll(() => server.stop())

test('a program hears of a failure of ours as a problem that says how the log calls it', async () => {
  const paths = ['/api/v1/cafes', '/api/v1/cafes/x', '/export/cafes.csv', '/export/openagenda.json']
  for (const path of paths) {
    const answer = await fetch(server.origin + path, { headers: { 'accept-language': 'en-GB' } })
    expect([path, answer.status]).toEqual([path, 500])
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.json()).toEqual({
      type: `${server.origin}/api#internal`,
      title: 'An error happened on our side.',
      status: 500,
      detail: 'Try again later. If it lasts, write to the team of this site.',
      instance: expect.stringMatching(/^urn:uuid:[\da-f-]{36}$/),
    })
  }
  expect(server.failures).toHaveLength(paths.length)
})
