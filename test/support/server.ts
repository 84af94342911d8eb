import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signedRegistry, signPaper } from '../../federation/actors/registry.ts'
import { createFederation } from '../../federation/federation.ts'
import { createRemote } from '../../federation/peers/remote.ts'
import { type App, createApp } from '../../node/app.ts'
import { type Config, readConfig } from '../../node/config.ts'
import type { Context, FetchedFile } from '../../node/context.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { insertOrganization, type Organization } from '../../node/store/structures/organizations.ts'
import { createTestDatabase } from './database.ts'
import { checkLogs, watchLogs } from './logs.ts'
import { checkDescriptions } from './stored-descriptions.ts'

export type WebServer = {
  origin: string
  context: Context
  organization: Organization
  /** Moves the server's clock. */
  advance: (duration: Temporal.DurationLike) => void
  /** The number of pages that said that something waits to be sent. */
  wakes: () => number
  /** The internal failures in the log. */
  failures: unknown[]
  stop: () => Promise<void>
}

type Options = {
  role?: Config['role']
  /** The origin in its settings where it is not the address on which it listens. */
  origin?: string
  trustProxy?: string
  /** Origins on loopback that it may ask. */
  allowLoopback?: string
  calendar?: (url: string) => Promise<FetchedFile>
  /** The relay of its mails. */
  smtpUrl?: string
  /** Map tiles, as the operator sets them. */
  tiles?: string
}

const noCalendar = async (): Promise<FetchedFile> => ({
  outcome: 'refused',
  reason: 'remote.network',
})

/** Starts one whole server behind a real socket, on a real database of its own; only its workers and jobs do not run. */
export async function startWeb(options: Options = {}): Promise<WebServer> {
  await watchLogs()
  const folder = await mkdtemp(join(tmpdir(), 'cafe-ia-web-'))
  const database = await createTestDatabase(folder)
  const db = await openDatabase(database.address)
  let now = Temporal.Instant.from('2026-11-25T09:00:00Z')
  let wakes = 0
  const failures: unknown[] = []
  let app: App | undefined
  const server = createServer((request, response) =>
    app ? app.answer(request, response) : response.writeHead(503).end(),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.address() as AddressInfo
  const address = `http://127.0.0.1:${port}`

  const config: Config = readConfig({
    CAFE_IA_ROLE: options.role ?? 'node',
    CAFE_IA_ORIGIN: options.origin ?? address,
    CAFE_IA_DATA: folder,
    ...database.setting,
    ...(options.allowLoopback && { CAFE_IA_ALLOW_LOOPBACK: options.allowLoopback }),
    ...(options.smtpUrl && {
      CAFE_IA_SMTP_URL: options.smtpUrl,
      CAFE_IA_MAIL_FROM: 'cafes@mediatheque.example',
    }),
    ...(options.tiles && { CAFE_IA_TILES: options.tiles }),
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
    registry: () => signedRegistry(context, federation.services.keyRing),
    signPaper: (statement) => signPaper(federation.services.keyRing, statement),
    remote: {
      fetchCalendar: options.calendar ?? noCalendar,
      refetchCalendar: (url, known) => remote.refetchCalendar(url, known),
      fetchPicture: (url, maxBytes) => remote.fetchPicture(url, maxBytes),
      findFollowPage: (request) => remote.findFollowPage(request),
      isInnerAddress: (url) => remote.isInnerAddress(url),
      findNetwork: (address) => remote.findNetwork(address),
      findStructure: (address) => remote.findStructure(address),
      findAsker: (request) => remote.findAsker(request),
      findRemoteFacilitators: (question) => remote.findRemoteFacilitators(question),
      findDirectoryViews: (cafe) => remote.findDirectoryViews(cafe),
      findRequester: (origin) => remote.findRequester(origin),
    },
  }
  const organization = { id: 'organization-1', slug: 'cafes', name: 'Médiathèque du Canal' }
  await insertOrganization(db, organization, now)
  const stopping = new AbortController()
  const federation = createFederation(context, {
    version: 'test',
    signal: stopping.signal,
    woken: () => Promise.resolve(),
  })
  const remote = createRemote(context, federation.services)
  app = createApp(context, federation, ({ error }) => failures.push(error))

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
      stopping.abort()
      await federation.services.egress.close()
      await new Promise((resolve) => server.close(resolve))
      await app?.ended()
      await Promise.all([checkDescriptions(db), checkLogs(db)]).finally(() => db.destroy())
      await database.remove()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
