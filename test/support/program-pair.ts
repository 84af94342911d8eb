import { existsSync } from 'node:fs'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openDatabase } from '../../node/store/open-database.ts'
import { CAFE, until } from './network.ts'
import { type Folder, openFolder, type Ran, type Running, type Settings } from './program.ts'

const SHIFTED_CLOCK = new URL('shifted-clock.mjs', import.meta.url)

type OpenDatabase = Awaited<ReturnType<typeof openDatabase>>

/** One of the two: a process of its own, with its own data. */
type ProgramSite = {
  origin: string
  folder: string
  /** The folder of its data. */
  data: string
  /** Runs `bin/cafe-ia` with these words, beside the server. */
  command: (...args: string[]) => Promise<Ran>
  start: () => Promise<void>
  stop: () => Promise<void>
  /** Loses its machine: stops it and empties its data. */
  lose: () => Promise<void>
  /** Makes its machine’s clock wrong from now on, by so many milliseconds; it is right at first. */
  setClock: (ahead: number) => Promise<void>
  /** Opens its database beside it. */
  within: <T>(use: (db: OpenDatabase) => Promise<T>) => Promise<T>
}

type Answer = { status: number; json: Record<string, unknown> }

export type ProgramPair = {
  hub: ProgramSite
  place: ProgramSite
  /** Calls the place's API. */
  call: (method: string, path: string, body?: unknown) => Promise<Answer>
  /** Announces a café; returns its id on the network. */
  publish: (title: string) => Promise<string>
  titlesAtHub: () => Promise<string[]>
  /**
   * Waits until the directory lists a café of this title.
   * @throws Error that says what waits to be told, and why it did not arrive.
   */
  untilListed: (title: string, within?: number) => Promise<void>
  /** Makes another token of the API, for a place that lost the first. */
  renewToken: () => Promise<void>
  close: () => Promise<void>
}

/** Starts a directory and a place that joined it, as two processes; resolves when the directory has read the place. */
export async function startProgramPair(): Promise<ProgramPair> {
  const folders = { hub: await openFolder(), place: await openFolder() }
  const loopback = { ALLOW_LOOPBACK: '1', BACKUPS: 'off' }
  const hub = siteOf(folders.hub, { ...folders.hub.settings, ...loopback, ROLE: 'hub' })
  await hub.start()
  const { stdout } = await hub.command('invitation', 'un lieu')
  const [code] = /[a-z\d]{5}-[a-z\d]{5}-[a-z\d]{5}|[\w-]{20,}/.exec(stdout) ?? []
  const joining = { HUB: `${hub.origin}/?invitation=${code}` }
  const place = siteOf(folders.place, { ...folders.place.settings, ...loopback, ...joining })
  await place.start()
  let token = ''
  const renewToken = async () => {
    token = (await place.command('token', 'create')).stdout.trim()
  }
  await renewToken()
  const readPeers = () =>
    hub.within((db) => db.selectFrom('peer').select('backfilled_at').execute())
  const isRead = async () => (await readPeers()).some(({ backfilled_at }) => backfilled_at)
  await until(isRead, { within: 40_000, what: 'the membership' })

  const call: ProgramPair['call'] = async (method, path, body) => {
    const response = await fetch(`${place.origin}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, json: text ? JSON.parse(text) : {} }
  }
  const titlesAtHub = async () => {
    const response = await fetch(`${hub.origin}/api/v1/cafes?limit=100`)
    const { items } = (await response.json()) as { items: { title: string }[] }
    return items.map(({ title }) => title).sort()
  }
  return {
    ...{ hub, place, call, renewToken, titlesAtHub },
    publish: async (title) => {
      const { status, json } = await call('POST', '/cafes', { ...CAFE, title })
      if (status !== 201) throw new Error(`not published: ${status} ${JSON.stringify(json)}`)
      return String(json.id)
    },
    untilListed: (title, within = 20_000) =>
      until(async () => (await titlesAtHub()).includes(title), { within, what: title }).catch(
        async (error) => {
          throw new Error(`${error.message}: ${await place.within(describeUnsent)}`)
        },
      ),
    close: async () => {
      await Promise.allSettled([folders.hub.close(), folders.place.close()])
    },
  }
}

/** Describes the changes that are told to nobody yet, and the deliveries that did not arrive. */
async function describeUnsent(db: OpenDatabase): Promise<string> {
  const changes = db.selectFrom('change').where('done_at', 'is', null)
  const told = await changes.select(['body', 'due_at', 'attempts', 'error']).execute()
  const sent = await db.selectFrom('delivery').selectAll().execute()
  return JSON.stringify({ now: new Date(), told, sent })
}

function siteOf(folder: Folder, settings: Settings): ProgramSite {
  const { DATA = '' } = settings
  const clock = join(folder.folder, 'clock')
  let server: Running | undefined
  const stop = async () => {
    await server?.ended('SIGTERM')
    server = undefined
  }
  return {
    origin: folder.origin,
    folder: folder.folder,
    data: DATA,
    command: (...args) => folder.run(args, settings),
    start: async () => {
      if (!existsSync(clock)) await writeFile(clock, '0')
      const NODE_OPTIONS = `--import=${SHIFTED_CLOCK}?file=${encodeURIComponent(clock)}`
      server = await folder.start({ ...settings, NODE_OPTIONS })
    },
    setClock: (ahead) => writeFile(clock, String(ahead)),
    stop,
    lose: async () => {
      await stop()
      for (const name of await readdir(DATA)) await rm(join(DATA, name), { recursive: true })
    },
    within: async (use) => {
      const db = await openDatabase(join(DATA, 'cafe-ia.sqlite'))
      return use(db).finally(() => db.destroy())
    },
  }
}
