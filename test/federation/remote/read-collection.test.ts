import { afterEach, expect, test } from 'vitest'
import { createEgress } from '../../../federation/remote/egress.ts'
import { readCollection } from '../../../federation/remote/read-collection.ts'
import type { Egress, Sign } from '../../../federation/services.ts'
import { type LoopbackServer, startLoopbackServer } from '../../support/loopback-server.ts'

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((thing) => thing.close()))
})

/** Serves pages by their path; any other path is answered 404. */
async function serve(pages: Record<string, object>): Promise<LoopbackServer> {
  const server = await startLoopbackServer(({ url = '' }, response) => {
    const page = pages[url]
    response.writeHead(page ? 200 : 404, { 'content-type': 'application/activity+json' })
    response.end(JSON.stringify(page ?? {}))
  })
  opened.push(server)
  return server
}

function egressTo({ origin }: LoopbackServer): Egress {
  const egress = createEgress({
    allow: new Set([origin]),
    userAgent: 'CafeIA/0.1',
    proxy: undefined,
  })
  opened.push(egress)
  return egress
}

const sign: Sign = async ({ headers }) => headers

test('reads each page once, in order, and none that another server holds', async () => {
  const pages: Record<string, object> = {}
  const server = await serve(pages)
  const { origin } = server
  pages['/list'] = { type: 'OrderedCollection', first: `${origin}/1` }
  pages['/1'] = { type: 'OrderedCollectionPage', orderedItems: ['a', 'b'], next: `${origin}/2` }
  pages['/2'] = { orderedItems: ['c'], next: 'http://127.0.0.1:1/3' }
  const seen: unknown[] = []
  const signal = new AbortController().signal
  await readCollection(
    { egress: egressTo(server), sign, signal },
    `${origin}/list`,
    async (items, next) => {
      seen.push([items, next?.slice(origin.length)])
    },
  )
  expect(seen).toEqual([
    [[], '/1'],
    [['a', 'b'], '/2'],
    [['c'], undefined],
  ])
  expect(server.requests.map(({ url }) => url)).toEqual(['/list', '/1', '/2'])
})

test('a page that is no longer waited for fails unnoticed', async () => {
  const server = await serve({})
  const reader = { egress: egressTo(server), sign, signal: AbortSignal.abort('stopped') }
  await expect(readCollection(reader, `${server.origin}/list`, async () => {})).rejects.toBe(
    'stopped',
  )
  // An unhandled rejection would reach the process now, and the run would fail.
  await new Promise((resolve) => setTimeout(resolve, 100))
})
