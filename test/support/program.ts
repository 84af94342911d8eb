import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../node/store/open-database.ts'
import type { CommandLine, Ran } from '../bench/command-host.ts'
import { COMMAND, COMMAND_HOST } from './built-program.ts'
import { checkLogs } from './logs.ts'
import { freePort } from './ports.ts'

export type { Ran }

export type Running = {
  child: ChildProcess
  stdout: () => string
  stderr: () => string
  /** Resolves when stdout contains this text. */
  says: (words: string | RegExp) => Promise<void>
  /** Sends a signal, if any, and resolves when it has ended. */
  ended: (signal?: NodeJS.Signals) => Promise<Ran>
}

export type Settings = { [name: string]: string }

/** Variables of the environment that are no settings of ours. */
const OF_NODE = ['TMPDIR', 'NODE_OPTIONS', 'MALLOC_ARENA_MAX', 'NOTIFY_SOCKET', 'WATCHDOG_USEC']

const environmentOf = (settings: Settings) =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      OF_NODE.includes(name) ? name : `CAFE_IA_${name}`,
      value,
    ]),
  )

const ofMachine = () => ({ PATH: process.env.PATH, TMPDIR: process.env.TMPDIR ?? tmpdir() })

let host: ChildProcess | undefined
let last: Promise<unknown> = Promise.resolve()

/**
 * Runs a command line with no settings but these (names without their prefix) in a process that has loaded the program
 * for the commands before it, one after the other: a process of its own takes a second. Neither `.env` nor settings of
 * Node are read (`run` does).
 */
export function runLoaded(args: string[], settings: Settings, folder: string): Promise<Ran> {
  const ran = last.then(async () => {
    host ??= startHost()
    const stop = new AbortController()
    const ended = once(host, 'exit', stop).then(([code]) => {
      host = undefined
      throw new Error(`cafe-ia ${args.join(' ')} ended the process with ${code}`)
    })
    const answer = once(host, 'message', stop)
    host.send({ args, env: environmentOf(settings), folder } satisfies CommandLine)
    const [ran] = await Promise.race([answer, ended]).finally(() => stop.abort())
    return ran as Ran
  })
  last = ran.catch(() => undefined)
  return ran
}

function startHost(): ChildProcess {
  const started = spawn(process.execPath, [COMMAND_HOST], {
    env: ofMachine(),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  // It ends when this process does, and does not hold it.
  started.unref()
  started.channel?.unref()
  return started
}

/** Runs `bin/cafe-ia` with these words, in an empty folder, with no settings but these (names without their prefix). */
export function run(args: string[], settings: Settings, cwd: string): Running {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: { ...ofMachine(), ...environmentOf(settings) },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, error] = [collect(child.stdout), collect(child.stderr)]
  const exit = once(child, 'close')
  return {
    child,
    stdout: out.text,
    stderr: error.text,
    says: async (words) => {
      const isThere = () =>
        typeof words === 'string' ? out.text().includes(words) : words.test(out.text())
      while (!isThere()) {
        if (child.exitCode !== null) throw new Error(`it ended: ${out.text()}${error.text()}`)
        await new Promise((done) => setTimeout(done, 50))
      }
    },
    ended: async (signal) => {
      if (signal) child.kill(signal)
      const [code] = await exit
      return { code, stdout: out.text(), stderr: error.text() }
    },
  }
}

function collect(stream: NodeJS.ReadableStream | null): { text: () => string } {
  let text = ''
  stream?.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  return { text: () => text }
}

export type Folder = {
  folder: string
  port: number
  origin: string
  /** The folder of its data; nothing else is set. */
  settings: Settings
  /** Runs a command line; the program is loaded already where nothing asks for a process of its own. */
  run: (args: string[], settings?: Settings) => Promise<Ran>
  start: (settings?: Settings) => Promise<Running>
  /**
   * Removes everything.
   * @throws Error when the log of a server names anybody whom its database knows.
   */
  close: () => Promise<void>
}

/** Opens a folder with the settings of one server on a free port, to run commands in. */
export async function openFolder(): Promise<Folder> {
  const folder = await mkdtemp(join(tmpdir(), 'cafe-ia-command-'))
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const own = { ORIGIN: origin, PORT: String(port), DATA: join(folder, 'data') }
  const started: Running[] = []
  return {
    folder,
    port,
    origin,
    settings: own,
    run: (args, settings = own) =>
      existsSync(join(folder, '.env')) || OF_NODE.some((name) => name in settings)
        ? run(args, settings, folder).ended()
        : runLoaded(args, settings, folder),
    start: async (settings = own) => {
      const server = run(['start'], settings, folder)
      started.push(server)
      // What it says of the key of the site comes before it listens.
      await server.says(/^(?!CAFE_IA_DATA : ).+\n/m)
      return server
    },
    close: async () => {
      for (const server of started)
        if (server.child.exitCode === null) await server.ended('SIGTERM')
      const lines = started.flatMap((server) => server.stderr().split('\n').filter(Boolean))
      await searchLogs(own.DATA, lines).finally(() => rm(folder, { recursive: true, force: true }))
    },
  }
}

async function searchLogs(data: string, lines: string[]): Promise<void> {
  const file = join(data, 'cafe-ia.sqlite')
  if (lines.length === 0 || !existsSync(file)) return
  const db = await openDatabase(file)
  await checkLogs(db, lines).finally(() => db.destroy())
}

export const isAnswering = (origin: string): Promise<boolean> =>
  fetch(`${origin}/healthz`).then(
    () => true,
    () => false,
  )

/** Asks again until the answer is accepted; returns the last answer. */
export async function eventually<T>(
  ask: () => Promise<T>,
  isGood: (answer: T) => boolean,
  seconds = 10,
): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const answer = await ask()
    if (isGood(answer) || Date.now() > end) return answer
    await new Promise((done) => setTimeout(done, 100))
  }
}
