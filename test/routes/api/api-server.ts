import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { readConfig } from '../../../node/config.ts'
import type { Context } from '../../../node/context.ts'
import { apiParts } from '../../../node/routes/addresses.ts'
import { apiRoutes, describeApi } from '../../../node/routes/api/api.ts'
import { refuse } from '../../../node/routes/api/problems.ts'
import { exportRoutes } from '../../../node/routes/data/export.ts'
import { refuseOddPaths, secureHeaders } from '../../../node/routes/http/middleware.ts'
import { createToken } from '../../../node/store/accounts/api-tokens.ts'
import { openDatabase } from '../../../node/store/open-database.ts'
import {
  insertOrganization,
  type Organization,
} from '../../../node/store/structures/organizations.ts'
import { createTestDatabase } from '../../support/database.ts'
import { checkDescriptions } from '../../support/stored-descriptions.ts'

export type ApiServer = {
  origin: string
  context: Context
  organization: Organization
  token: string
  /** The number of times that a write has woken the delivery. */
  wakes: () => number
  advance: (duration: Temporal.DurationLike) => void
  /** The unexpected errors that routes threw. */
  failures: unknown[]
  get: (path: string, headers?: Record<string, string>) => Promise<Response>
  /** Sends with the token, and JSON unless the body is a text. */
  send: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Response>
  stop: () => Promise<void>
}

/** The statuses that the document declares, by the method and the pattern of each operation. */
type Statuses = { method: string; path: RegExp; statuses: ReadonlySet<string> }[]
let statuses: Promise<Statuses> | undefined

async function listStatuses(context: Context): Promise<Statuses> {
  const { paths } = await describeApi(context, apiParts)
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, { responses: object }>).map(
      ([method, { responses }]) => ({
        method: method.toUpperCase(),
        path: new RegExp(`^/api/v1${path.replace(/\{\w+\}/g, '[^/]+')}$`),
        statuses: new Set(Object.keys(responses)),
      }),
    ),
  )
}

/** Returns what an operation answered though the document does not say that it may. */
function findUndeclared(request: Request, { status }: Response, declared: Statuses) {
  const { pathname } = new URL(request.url)
  const asked = declared.filter(
    ({ method, path }) => method === request.method && path.test(pathname),
  )
  const isKnown = asked.some(({ statuses }) => statuses.has(String(status)))
  return asked.length === 0 || isKnown ? undefined : `${request.method} ${pathname}: ${status}`
}

export const NOW = Temporal.Instant.from('2026-11-25T09:00:00Z')

/** Starts the API of one server behind a real socket, on a database of its own. */
export async function startApi(settings: Record<string, string> = {}): Promise<ApiServer> {
  const folder = await mkdtemp(join(tmpdir(), 'cafe-ia-api-'))
  const database = await createTestDatabase(folder)
  const db = await openDatabase(database.address)
  let fetchApi: (request: Request, env: object) => Response | Promise<Response> = () =>
    new Response('starting', { status: 503 })
  const server = createAdaptorServer({ fetch: (request, env) => fetchApi(request, env) })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  let now = NOW
  let wakes = 0
  const failures: unknown[] = []
  const context: Context = {
    config: readConfig({ CAFE_IA_ORIGIN: origin, CAFE_IA_DATA: folder, ...settings }),
    db,
    now: () => now,
    isDirectory: false,
    wake: () => {
      wakes += 1
    },
    signPaper: async () => '',
    registry: async () => '{}',
    remote: {
      fetchCalendar: async () => ({ outcome: 'refused', reason: 'remote.network' }),
      refetchCalendar: async () => ({ outcome: 'refused', reason: 'remote.network' }),
      fetchPicture: async () => undefined,
      findFollowPage: async () => ({ outcome: 'refused', reason: 'remote.network' }),
      isInnerAddress: () => false,
      findNetwork: async () => ({ outcome: 'refused', reason: 'remote.network' }),
      findStructure: async () => ({ outcome: 'refused', reason: 'remote.network' }),
      findAsker: async () => undefined,
      findRemoteFacilitators: async () => [],
      findDirectoryViews: async () => [],
      findRequester: async () => ({ outcome: 'silent' }),
    },
  }
  const organization = { id: 'organization-1', slug: 'cafes', name: 'Médiathèque du Canal' }
  await insertOrganization(db, organization, now)
  const { token } = await createToken(
    db,
    { organizationId: organization.id, label: 'the town' },
    now,
  )
  const app = new Hono()
    .use(refuseOddPaths((c) => refuse(c, context.config, { type: 'malformed-address' })))
    .use(secureHeaders(context.config))
    .route('/api/v1', apiRoutes(context, apiParts))
    .route('/export', exportRoutes(context))
    .onError((error, c) => {
      failures.push(error)
      return c.text(String(error), 500)
    })
  statuses ??= listStatuses(context)
  const statusesOf = await statuses
  fetchApi = async (request, env) => {
    const response = await app.fetch(request, env)
    const undeclared = findUndeclared(request, response, statusesOf)
    if (undeclared) failures.push(undeclared)
    return response
  }

  return {
    origin,
    context,
    organization,
    token,
    wakes: () => wakes,
    advance: (duration) => {
      now = now.add(duration)
    },
    failures,
    get: (path, headers = {}) => fetch(origin + path, { headers, redirect: 'manual' }),
    send: (method, path, body, headers = {}) =>
      fetch(origin + path, {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && {
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      }),
    stop: async () => {
      await new Promise((resolve) => server.close(resolve))
      await checkDescriptions(db).finally(() => db.destroy())
      await database.remove()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Returns the body that a program sends to announce a café at Rennes. */
export const aBody = (changes: Record<string, unknown> = {}) => ({
  title: 'L’IA au quotidien',
  startsAt: '2026-12-09T18:30:00',
  venue: { name: 'Les Champs Libres', postalCode: '35000', commune: 'Rennes' },
  ...changes,
})
