import { afterEach, expect, test } from 'vitest'
import { saveBackupState } from '../../../node/store/backup/backup-state.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let web: WebServer
afterEach(() => web.stop())

test('whoever watches the server learns that it works', async () => {
  web = await startWeb()
  const answer = await fetch(`${web.origin}/healthz`)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({
    status: 'ok',
    role: 'node',
    waiting: 0,
    backup: { lastAt: null, isLate: false, isCopyFailing: false },
  })
  await saveBackupState(web.context.db, {
    since: Temporal.Instant.from('2026-11-01T00:00:00Z'),
    last: { at: Temporal.Instant.from('2026-11-20T01:00:00Z'), file: 'x', bytes: 1 },
    problem: undefined,
    copyFailingSince: Temporal.Instant.from('2026-11-19T01:00:00Z'),
    toldAt: undefined,
  })
  const late = await fetch(`${web.origin}/healthz`)
  expect(await late.json()).toMatchObject({
    backup: { lastAt: '2026-11-20T01:00:00Z', isLate: true, isCopyFailing: true },
  })
  const metrics = await (await fetch(`${web.origin}/metrics`)).text()
  expect(metrics).toMatch(/^cafe_ia_backup_late 1$/m)
  expect(metrics).toMatch(/^cafe_ia_backup_copy_failing 1$/m)
})

test('figures are for this machine alone, not for what a proxy on it forwards', async () => {
  web = await startWeb()
  const here = await fetch(`${web.origin}/metrics`)
  expect(await here.text()).toMatch(/^cafe_ia_deliveries_waiting 0$/m)
  const forwarded = await fetch(`${web.origin}/metrics`, {
    headers: { 'x-forwarded-for': '203.0.113.7' },
  })
  expect(forwarded.status).toBe(404)
})
