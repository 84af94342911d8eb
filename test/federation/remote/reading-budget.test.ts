import { afterEach, expect, test } from 'vitest'
import { createEgress } from '../../../federation/remote/egress.ts'
import { readCollection } from '../../../federation/remote/read-collection.ts'
import { BudgetSpentError, runWithinBudget } from '../../../federation/remote/reading-budget.ts'
import type { Services, UnsignedRequest } from '../../../federation/services.ts'
import { findPeer, upsertPeer } from '../../../node/store/directory/peers.ts'
import { findSpent, listStoppedToday } from '../../../node/store/queues/peer-days.ts'
import { type LoopbackServer, startLoopbackServer } from '../../support/loopback-server.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((thing) => thing.close()))
})

/** Serves a list of pages of one item each that never ends. */
async function endlessList(): Promise<LoopbackServer> {
  let asked = 0
  const server = await startLoopbackServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/activity+json' })
    response.end(JSON.stringify({ orderedItems: ['x'], next: `${server.origin}/${++asked}` }))
  })
  opened.push(server)
  return server
}

async function openServices(list: LoopbackServer, web: WebServer) {
  const allow = new Set([list.origin])
  const egress = createEgress({ allow, userAgent: 'CafeIA/0.1', proxy: undefined })
  opened.push(egress, { close: web.stop })
  const sign = async ({ headers }: UnsignedRequest) => headers
  return { egress, sign, signal: new AbortController().signal } as unknown as Services
}

test('what a peer had of us in a day is one sum, however often it is read, and begins anew tomorrow', async () => {
  const list = await endlessList()
  const web = await startWeb({ role: 'hub' })
  const { context } = web
  const { id } = await upsertPeer(context.db, { actorUri: `${list.origin}/a`, name: 'Sans fin' })
  const peer = await findPeer(context.db, id)
  const services = await openServices(list, web)
  const config = { ...context.config, reading: { ...context.config.reading, pages: 30 } }
  const readItems = async (most: number) => {
    let items = 0
    await runWithinBudget({ ...context, config }, services, {
      peer,
      read: (services) =>
        readCollection(services, `${list.origin}/0`, async () => {
          if (++items === most) throw new Error('enough')
        }),
    }).catch((error) => {
      if (!(error instanceof BudgetSpentError)) expect(String(error)).toContain('enough')
    })
    return items
  }
  expect(await readItems(10)).toBe(10)
  expect((await findSpent(context.db, id, context.now())).pages).toBeGreaterThanOrEqual(10)
  expect(await readItems(100)).toBeLessThanOrEqual(20)
  expect(await listStoppedToday(context.db, context.now())).toEqual(new Map([[id, 'pages']]))
  expect(await readItems(100)).toBe(0)
  web.advance({ hours: 24 })
  expect(await readItems(100)).toBeGreaterThanOrEqual(28)
  expect(list.requests.length).toBeLessThanOrEqual(62)
})
