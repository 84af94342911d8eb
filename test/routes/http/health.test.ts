import { afterEach, expect, test } from 'vitest'
import { startWeb, type WebServer } from '../../support/server.ts'

let web: WebServer
afterEach(() => web.stop())

test('whoever watches the server learns that it works', async () => {
  web = await startWeb()
  const answer = await fetch(`${web.origin}/healthz`)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ status: 'ok', role: 'node', waiting: 0 })
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
