import { get } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { healthRoutes } from '../../../node/routes/http/health.ts'
import { findSiteState } from '../../../node/routes/http/site-state.ts'
import { saveBackupState } from '../../../node/store/backup/backup-state.ts'
import { saveRestoration } from '../../../node/store/backup/restoration.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { insertActivity } from '../../../node/store/queues/activities.ts'
import { insertDeliveries } from '../../../node/store/queues/deliveries.ts'
import { releaseHeld, saveHeld } from '../../../node/store/queues/held.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let web: WebServer
afterEach(() => web.stop())

test('whoever watches the server learns that it works', async () => {
  web = await startWeb()
  const answer = await fetch(`${web.origin}/healthz`)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({
    status: 'ok',
    troubles: [],
    role: 'node',
    waiting: 0,
    backup: { lastAt: null, isLate: false, isCopyFailing: false },
  })
  await saveBackupState(web.context.db, {
    since: Temporal.Instant.from('2026-11-01T00:00:00Z'),
    last: { at: Temporal.Instant.from('2026-11-20T01:00:00Z'), file: 'x', bytes: 1 },
    problem: undefined,
    copyFailingSince: Temporal.Instant.from('2026-11-19T01:00:00Z'),
  })
  const later = async () => (await fetch(`${web.origin}/healthz`)).json()
  await expect.poll(later, { timeout: 5000 }).toMatchObject({
    backup: { lastAt: '2026-11-20T01:00:00Z', isLate: true, isCopyFailing: true },
  })
  const metrics = await (await fetch(`${web.origin}/metrics`)).text()
  expect(metrics).toMatch(/^cafe_ia_backup_late 1$/m)
  expect(metrics).toMatch(/^cafe_ia_backup_copy_failing 1$/m)
})

test('however many ask at once, the database is asked as for one', async () => {
  web = await startWeb()
  const queriesOf = async (askers: number): Promise<number> => {
    let queries = 0
    const db = web.context.db.withPlugin({
      transformQuery: ({ node }) => {
        queries += 1
        return node
      },
      transformResult: async ({ result }) => result,
    }) as OpenDatabase
    const routes = healthRoutes({ ...web.context, db })
    for (let asked = 0; asked < askers; asked += 1)
      expect((await routes.request('/healthz')).status).toBe(200)
    return queries
  }
  const ofOne = await queriesOf(1)
  expect(ofOne).toBeGreaterThan(0)
  // A second may pass meanwhile.
  expect(await queriesOf(50)).toBeLessThan(5 * ofOne)
})

test.each([[undefined], ['127.0.0.1,::1'], ['203.0.113.1']])(
  'figures are for this machine alone, not for what a proxy on it forwards (trusted: %s)',
  async (trustProxy) => {
    web = await startWeb(trustProxy ? { trustProxy } : {})
    const ask = (headers: Record<string, string>) =>
      new Promise<{ status: number | undefined; body: string }>((resolve, reject) =>
        get(`${web.origin}/metrics`, { headers }, async (answer) =>
          resolve({ status: answer.statusCode, body: await text(answer) }),
        ).on('error', reject),
      )
    expect((await ask({})).body).toMatch(/^cafe_ia_deliveries_waiting 0$/m)
    for (const [name, value] of [
      ['x-forwarded-for', '203.0.113.7'],
      ['x-forwarded-for', '127.0.0.1'],
      ['x-forwarded-host', 'cafes.example'],
      ['x-forwarded-proto', 'https'],
      ['forwarded', 'for=127.0.0.1'],
      ['via', '1.1 proxy'],
      ['x-real-ip', '127.0.0.1'],
      ['host', 'cafes.example'],
      ['host', '127.0.0.1.cafes.example'],
    ] as const)
      expect([name, value, (await ask({ [name]: value })).status]).toEqual([name, value, 404])
  },
)

test('each thing that is wrong with a site that answers is named, and no longer once it is over', async () => {
  web = await startWeb()
  const { db, now } = web.context
  const troubles = async () => (await findSiteState(web.context)).troubles
  expect(await troubles()).toEqual([])
  await saveHeld(db, now())
  expect(await troubles()).toEqual(['sending-held'])
  await releaseHeld(db)
  const at = now()
  await saveRestoration(db, {
    ...{ at, since: at.subtract({ hours: 1 }), isLost: true, isClosed: true },
    uris: ['https://annuaire.example/actors/instance'],
  })
  expect(await troubles()).toEqual(['pages-closed'])
  await db.deleteFrom('setting').where('name', '=', 'restoration').execute()
  const activity = { id: 'https://cafes.example/activities/1', type: 'Create', actor: 'cafes' }
  const activitySeq = await insertActivity(
    db,
    { ...activity, objectUri: 'https://cafes.example/cafes/1', body: '{}' },
    at,
  )
  const to = {
    signer: 'cafes',
    kind: 'cafe' as const,
    line: activity.id,
    inboxes: ['https://b.example/in'],
  }
  await insertDeliveries(db, { activitySeq, type: 'Create', ...to }, at)
  expect(await troubles()).toEqual([])
  web.advance({ minutes: 20 })
  expect(await troubles()).toEqual(['sending-late'])
})

test('a request that fails for an error of ours is counted', async () => {
  web = await startWeb()
  await web.context.db.schema.alterTable('search_coming').renameTo('away').execute()
  expect((await fetch(`${web.origin}/cafes`)).status).toBe(500)
  const answer = await (await fetch(`${web.origin}/healthz`)).json()
  expect(answer).toMatchObject({ status: 'troubled', troubles: ['requests-failing'] })
  expect(await (await fetch(`${web.origin}/metrics`)).text()).toMatch(
    /^cafe_ia_failed_requests 1$/m,
  )
  expect(web.failures.splice(0)).toHaveLength(1)
})
