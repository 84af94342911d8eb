import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInvitationCode } from '../../node/commands/invitation.ts'
import { createApiToken } from '../../node/commands/token.ts'
import { type Config, readConfig } from '../../node/config.ts'
import type { Context } from '../../node/context.ts'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { type RunningServer, startServer } from '../../node/server/server.ts'
import { findCafeByUri } from '../../node/store/cafes/cafes.ts'
import { renameOrganization } from '../../node/store/structures/organizations.ts'
import { findSiteStructure } from '../../node/store/structures/site-structure.ts'
import { createTestDatabase } from './database.ts'
import { checkLogs, watchLogs } from './logs.ts'
import { freePort } from './ports.ts'
import { checkDescriptions } from './stored-descriptions.ts'

/** One whole server of the network: real sockets, real signatures, with its workers and jobs running. */
export type Site = {
  origin: string
  host: string
  readonly context: Context
  /** Calls its API as its one structure. */
  call: (method: string, path: string, body?: unknown) => Promise<Answer>
  /** Announces a café by the API; returns its id on the network. */
  publish: (change?: Record<string, unknown>) => Promise<string>
  /** Fetches the JSON of an ActivityPub address of any server. */
  get: (uri: string) => Promise<{ status: number; text: string; json: Record<string, unknown> }>
  /** The titles on its list of upcoming cafés. */
  titles: () => Promise<string[]>
  find: (uri: string) => Promise<Cafe | undefined>
  invite: () => Promise<string>
  stop: () => Promise<void>
  /** Starts it again, under another origin where one is given. */
  start: (at?: string) => Promise<void>
  close: () => Promise<void>
}

type Answer = { status: number; json: Record<string, unknown> }

type Options = {
  role?: Config['role']
  name?: string
  /** Whether it listens on every address of this machine, so that 127.0.0.2 leads to it too. */
  isEverywhere?: boolean
  /** The directory to join at the first start. */
  hub?: { site: Pick<Site, 'origin'>; invitation?: string }
}

export async function startSite({
  role = 'node',
  name,
  hub,
  isEverywhere,
}: Options = {}): Promise<Site> {
  await watchLogs()
  const folder = await mkdtemp(join(tmpdir(), 'cafe-ia-network-'))
  const database = await createTestDatabase(folder)
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const query = hub?.invitation ? `/?invitation=${hub.invitation}` : ''
  const env = {
    CAFE_IA_ROLE: role,
    CAFE_IA_ORIGIN: origin,
    CAFE_IA_PORT: String(port),
    CAFE_IA_DATA: folder,
    ...database.setting,
    CAFE_IA_ALLOW_LOOPBACK: '1',
    ...(hub && { CAFE_IA_HUB: `${hub.site.origin}${query}` }),
    ...(isEverywhere && { CAFE_IA_HOST: '0.0.0.0' }),
  }
  const config = readConfig(env)
  let server: RunningServer | undefined = await startServer(config)
  const running = (): RunningServer => {
    if (!server) throw new Error(`${origin} is stopped`)
    return server
  }
  const organization = await findSiteStructure(running().context.db)
  await renameOrganization(running().context.db, organization?.id ?? '', name ?? `Lieu ${port}`)
  const token = await createApiToken(running().context, 'test')

  async function call(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, json: text ? JSON.parse(text) : {} }
  }

  const stop = async () => {
    const stopping = server
    server = undefined
    if (!stopping) return
    const { db } = stopping.context
    await Promise.all([checkDescriptions(db), checkLogs(db)]).finally(() => stopping.stop())
  }

  return {
    origin,
    host: new URL(origin).host,
    get context() {
      return running().context
    },
    call,
    publish: async (change = {}) => {
      const { status, json } = await call('POST', '/cafes', { ...CAFE, ...change })
      if (status !== 201) throw new Error(`not published: ${status} ${JSON.stringify(json)}`)
      return String(json.id)
    },
    get: async (uri) => {
      const response = await fetch(uri, { headers: { accept: 'application/activity+json' } })
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json')
      return { status: response.status, text, json: isJson ? JSON.parse(text) : {} }
    },
    titles: async () => {
      const { json } = await call('GET', '/cafes?limit=100')
      return (json.items as { title: string }[]).map((cafe) => cafe.title)
    },
    find: (uri) => findCafeByUri(running().context.db, uri),
    invite: () => createInvitationCode(running().context, 'un lieu'),
    stop,
    start: async (at = origin) => {
      server = await startServer(readConfig({ ...env, CAFE_IA_ORIGIN: at }))
      // Connections that the test keeps from before the restart fail at their first use.
      await until(() =>
        fetch(`${origin}/healthz`).then(
          ({ ok }) => ok,
          () => false,
        ),
      )
    },
    close: async () => {
      await stop()
      await database.remove()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A café with the fields that the API requires; its date is always in the future. */
export const CAFE = {
  title: 'Café IA : premières questions',
  descriptionMarkdown: 'On **parle**.',
  startsAt: `${Temporal.Now.plainDateISO('Europe/Paris').add({ days: 14 })}T18:30:00`,
  timezone: 'Europe/Paris',
  venue: { name: 'Médiathèque', streetAddress: '1 place', postalCode: '26150', commune: 'Die' },
  registration: { mode: 'none', capacity: 15 },
}

/**
 * Asks again until the answer is true; fails after `within` milliseconds. The default is patient with a busy machine; a
 * test with a time limit sets its own.
 */
export async function until(
  question: () => Promise<unknown> | unknown,
  { within = 20_000, what = 'it' }: { within?: number; what?: string } = {},
): Promise<void> {
  const end = Date.now() + within
  let last: unknown
  while (Date.now() < end) {
    last = await question()
    if (last) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`${what} did not come about within ${within} ms`)
}

/** Asks again, like `until`, until something is found, and returns it. */
export async function untilFound<T>(find: () => Promise<T | undefined>): Promise<T> {
  let found: T | undefined
  await until(async () => {
    found = await find()
    return found !== undefined
  })
  if (found === undefined) throw new Error('nothing was found')
  return found
}

/** Resolves when no reading and no change is due, and nothing is left to be delivered. */
export async function untilAtRest({
  context: { db, now: clock },
}: Pick<Site, 'context'>): Promise<void> {
  const isNone = async (query: { executeTakeFirst(): Promise<unknown> }) =>
    (await query.executeTakeFirst()) === undefined
  await until(
    async () => {
      const now = clock().toString({ smallestUnit: 'second' })
      const change = db.selectFrom('change').select('id').where('done_at', 'is', null)
      return (
        (await isNone(change.where('due_at', '<=', now))) &&
        (await isNone(db.selectFrom('delivery').select('id'))) &&
        (await isNone(db.selectFrom('task').select('id').where('due_at', '<=', now)))
      )
    },
    { what: 'rest' },
  )
}

/** Starts a directory, and a place that joined it by invitation; resolves when each hears the other. */
export async function startPair(): Promise<{ hub: Site; node: Site }> {
  const hub = await startSite({ role: 'hub', name: 'Annuaire' })
  const node = await startSite({ hub: { site: hub, invitation: await hub.invite() } })
  await untilJoined(hub, node)
  return { hub, node }
}

export async function untilJoined(hub: Site, node: Site): Promise<void> {
  await until(async () => (await peerOf(hub, node))?.backfilled_at, {
    within: 40_000,
    what: `${node.origin} at ${hub.origin}`,
  })
}

/** Returns the row of the other server as a peer of `site`, in its own database. */
export const peerOf = (site: Site, other: Pick<Site, 'origin'>) =>
  site.context.db
    .selectFrom('peer')
    .selectAll()
    .where('origin', '=', other.origin)
    .executeTakeFirst()
