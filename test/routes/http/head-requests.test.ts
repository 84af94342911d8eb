import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFederation } from '../../../federation/federation.ts'
import { createSite } from '../../../node/app.ts'
import type { Role } from '../../../node/config.ts'
import { createPageCache } from '../../../node/routes/http/page-cache.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const servers: Partial<Record<Role, { web: WebServer; admin: Browser; paths: string[] }>> = {}

beforeAll(async () => {
  for (const role of ['node', 'hub'] as const) {
    const web = await startWeb({ role })
    const admin = await signInByLink(web)
    const id = await announce(admin)
    servers[role] = { web, admin, paths: pathsOf(routerOf(web), id) }
  }
})
afterAll(async () => {
  for (const { web } of Object.values(servers)) await web.stop()
})

function routerOf({ context }: WebServer): Pick<Hono, 'routes'> {
  const { signal } = new AbortController()
  const federation = createFederation(context, { version: 'test', signal, woken: async () => {} })
  const pages = createPageCache(context, 1024)
  return createSite(context, federation, { logFailure: () => undefined, pages })
}

/** Every address that answers GET, with the café's id, and with something that nobody knows, for what is variable. */
function pathsOf({ routes }: Pick<Hono, 'routes'>, id: string): string[] {
  const patterns = routes
    .filter(({ method, path }) => method === 'GET' && !path.includes('*'))
    .map(({ path }) => path)
  const filled = (value: string) =>
    patterns.map((path) =>
      path.replaceAll(
        /:\w+(?:\{((?:[^{}]|\{[^}]*\})*)\})?\??/g,
        (_, pattern: string | undefined) => (pattern?.endsWith('\\.ics') ? `${value}.ics` : value),
      ),
    )
  return [...new Set([...filled(id), ...filled('x')])]
}

test.each(['node', 'hub'] as const)(
  'every page of a %s answers HEAD as it answers GET, to the team and to visitors',
  async (role) => {
    const { web, admin, paths } = servers[role] ?? expect.fail()
    expect(paths.length).toBeGreaterThan(100)
    const wrong: unknown[] = []
    for (const browser of [admin, openBrowser(web.origin)])
      for (const path of paths) {
        const asked = await browser.head(path)
        const got = await browser.get(path)
        // 503: the files of open data are being made.
        const isFailure = asked.status >= 500 && asked.status !== 503
        if (asked.status !== got.status || isFailure || asked.text !== '')
          wrong.push([path, asked.status, got.status, asked.text.length])
      }
    expect(wrong).toEqual([])
    expect(web.failures).toEqual([])
  },
  120_000,
)
