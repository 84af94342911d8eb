import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEgress } from '../../../federation/remote/egress.ts'
import { fetchSoftware } from '../../../federation/remote/look-up.ts'
import type { Egress } from '../../../federation/services.ts'
import { type LoopbackServer, startLoopbackServer } from '../../support/loopback-server.ts'

/** The software that a follower's server names in NodeInfo is untrusted text: it is cut, cleaned, or ignored. */

let server: LoopbackServer
let egress: Egress
const pages = new Map<string, string>()
beforeAll(async () => {
  server = await startLoopbackServer(({ url = '' }, response) => {
    const page = pages.get(url)
    response.writeHead(page ? 200 : 404, { 'content-type': 'application/json' }).end(page)
  })
  egress = createEgress({ allow: 'all', userAgent: 'CafeIA/0.1', proxy: undefined })
})
afterAll(() => Promise.all([server.close(), egress.close()]))

const rel = 'http://nodeinfo.diaspora.software/ns/schema/2.1'
const ask = (info: unknown, links?: unknown) => {
  pages.set(
    '/.well-known/nodeinfo',
    JSON.stringify({ links: links ?? [{ rel, href: `${server.origin}/info` }] }),
  )
  pages.set('/info', JSON.stringify(info))
  return fetchSoftware({ egress }, server.origin)
}

test('a name and a version are kept as they are, the name in lower case', async () => {
  const software = { name: 'NodeBB', version: '4.15.0' }
  expect(await ask({ software })).toEqual({ name: 'nodebb', version: '4.15.0' })
})

test.each([
  ['ten thousand letters', 'x'.repeat(10_000)],
  ['letters that grow in lower case', 'İ'.repeat(10_000)],
  ['marks without end', `a${'\u0301'.repeat(10_000)}`],
  ['half of a character', `${'x'.repeat(38)}😀😀`],
])('of %s a few remain', async (_, long) => {
  const { name = '', version = '' } = (await ask({ software: { name: long, version: long } })) ?? {}
  expect(name.length).toBeGreaterThan(0)
  expect(name.length).toBeLessThanOrEqual(40)
  expect(version.length).toBeLessThanOrEqual(40)
  expect(name.isWellFormed() && version.isWellFormed()).toBe(true)
})

test.each([4.5, ['4.5'], { major: 4 }, null, '', '\u0000\u200b'])(
  'the version %j is none',
  async (version) => {
    const software = { name: 'mastodon', version }
    expect(await ask({ software })).toEqual({ name: 'mastodon', version: undefined })
  },
)

test.each([
  ['no software', {}],
  ['a list', [{ software: { name: 'mastodon' } }]],
  ['software as a text', { software: 'mastodon' }],
  ['a name of nothing visible', { software: { name: '\u202e\u0000 \u3164' } }],
  ['a name that is a number', { software: { name: 1 } }],
])('%s says nothing', async (_, info) => {
  expect(await ask(info)).toBeUndefined()
})

test.each([
  ['no list', 'links'],
  ['an address of another scheme', [{ rel, href: 'file:///etc/hostname' }]],
  ['an address that is none', [{ rel, href: 'x'.repeat(10_000) }]],
  ['a list of relations', [{ rel: [rel], href: 'http://127.0.0.1:1/' }]],
  ['holes', [null, 1, {}, { rel }]],
])('links that are %s lead nowhere', async (_, links) => {
  expect(await ask({ software: { name: 'mastodon' } }, links)).toBeUndefined()
})
