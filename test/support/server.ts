import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { type Config, type Role, readConfig } from '../../node/config.ts'
import type { Context, FetchedFile } from '../../node/context.ts'
import { assetRoutes } from '../../node/routes/assets.ts'
import { agendaRoutes, cafeRoutes } from '../../node/routes/cafes.tsx'
import { deskRoutes } from '../../node/routes/desk-routes.ts'
import { onError, onNotFound } from '../../node/routes/errors.tsx'
import { homeRoutes } from '../../node/routes/home.tsx'
import { refuseOddPaths, secureHeaders } from '../../node/routes/middleware.ts'
import { searchRoutes } from '../../node/routes/search.tsx'
import { signInRoutes } from '../../node/routes/sign-in.tsx'
import { openDatabase } from '../../node/store/database.ts'
import { insertOrganization, type Organization } from '../../node/store/organizations.ts'

export type WebServer = {
  origin: string
  context: Context
  organization: Organization
  /** Moves the server's clock. */
  advance: (duration: Temporal.DurationLike) => void
  /** How often a page said that something waits to be told. */
  wakes: () => number
  /** What was logged as our own failure. */
  failures: unknown[]
  stop: () => Promise<void>
}

type Options = {
  role?: Role
  /** The origin in its settings where it is not the address that it listens on. */
  origin?: string
  trustProxy?: string
  calendar?: (url: string) => Promise<FetchedFile>
}

const noCalendar = async (): Promise<FetchedFile> => ({
  outcome: 'refused',
  reason: 'Sans réseau.',
})

/** The pages of one server behind a real socket, on a real SQLite file of its own. */
export async function startWeb(options: Options = {}): Promise<WebServer> {
  const folder = await mkdtemp(join(tmpdir(), 'cafe-ia-web-'))
  const db = await openDatabase(join(folder, 'test.sqlite'))
  let now = Temporal.Instant.from('2026-11-25T09:00:00Z')
  let wakes = 0
  const failures: unknown[] = []
  let fetchPage: ReturnType<typeof webApp>['fetch'] = () =>
    new Response('starting', { status: 503 })
  const server = createAdaptorServer({ fetch: (request, env) => fetchPage(request, env) })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.address() as AddressInfo
  const address = `http://127.0.0.1:${port}`

  const config: Config = readConfig({
    CAFE_IA_ROLE: options.role ?? 'node',
    CAFE_IA_ORIGIN: options.origin ?? address,
    ...(options.trustProxy && { CAFE_IA_TRUST_PROXY: options.trustProxy }),
  })
  const context: Context = {
    config,
    db,
    isDirectory: config.role === 'hub',
    now: () => now,
    wake: () => {
      wakes += 1
    },
    network: { fetchCalendar: options.calendar ?? noCalendar },
  }
  const organization = { id: 'organization-1', slug: 'cafes', name: 'Médiathèque du Canal' }
  await insertOrganization(db, organization, now)
  fetchPage = webApp(context, (failure) => failures.push(failure.error)).fetch

  return {
    origin: address,
    context,
    organization,
    advance: (duration) => {
      now = now.add(duration)
    },
    wakes: () => wakes,
    failures,
    stop: async () => {
      await new Promise((resolve) => server.close(resolve))
      await db.destroy()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function webApp(context: Context, log: Parameters<typeof onError>[1]) {
  return new Hono()
    .use(secureHeaders(context.config))
    .use(refuseOddPaths)
    .route('/public', assetRoutes())
    .route('/', context.isDirectory ? searchRoutes(context) : homeRoutes(context))
    .route('/cafes', cafeRoutes(context))
    .route('/agenda.ics', agendaRoutes(context))
    .route('/administration', signInRoutes(context))
    .route('/administration', deskRoutes(context))
    .notFound(onNotFound(context))
    .onError(onError(context, log))
}
