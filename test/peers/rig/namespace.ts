import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { chmod, mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/** A network of its own, which namespace.sh makes and removes. */
export type Namespace = {
  /** The folder for certificates, data and logs. Every user can read it, and it is deleted at the end. */
  folder: string
  /** The PEM file of the authority that signed the sites' certificates. */
  authority: string
  certificate: string
  certificateKey: string
  /** Starts a program inside that runs until the end; its output goes to `<label>.log` in the folder. */
  start(label: string, command: Command): RunningProcess
  /** Runs a program inside to its end and returns its standard output; throws when its exit code is not 0. */
  run(command: Command, input?: string): Promise<string>
  /** The programs that ended by themselves, with their exit codes: there should be none. */
  fallen: readonly string[]
  /** Returns the last lines of each log, for the message of a failure. */
  readLogs(): Promise<string>
  [Symbol.asyncDispose](): Promise<void>
}

type Command = {
  argv: readonly [string, ...string[]]
  env?: Record<string, string>
  /** The account and group of this name, instead of root. */
  user?: string
}

export type RunningProcess = {
  log: string
  [Symbol.asyncDispose](): Promise<void>
}

const SEARCH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const LOG_TAIL = 3000

/**
 * The programs inside get the highest priority, since servers that wait for the processor lose messages. Where that is
 * not allowed, `nice` reports it and runs them nevertheless.
 */
const FIRST = ['-n', '-20']

/**
 * Opens the network with one public address per host name; `name=address` chooses another one. The name of the network
 * is unique, so that runs do not disturb each other.
 */
export async function openNamespace(hosts: readonly string[]): Promise<Namespace> {
  const folder = await mkdtemp(join(tmpdir(), 'cafe-peers-'))
  await chmod(folder, 0o755)
  const name = `cafe-${process.pid}-${randomBytes(2).toString('hex')}`
  const script = fileURLToPath(new URL('namespace.sh', import.meta.url))
  const keeper = spawn('bash', [script, name, folder, ...hosts], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  const ended = once(keeper, 'exit')
  const first = await createInterface(keeper.stdout)[Symbol.asyncIterator]().next()
  if (first.value !== 'ready') throw new Error('The network namespace could not be made')

  const launch = ({ argv, env = {}, user }: Command) => {
    const as = user ? ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups'] : []
    return spawn('nice', [...FIRST, 'ip', 'netns', 'exec', name, ...as, ...argv], {
      // The servers read their settings from the environment, so they get this one and nothing else.
      env: { PATH: SEARCH_PATH, HOME: folder, ...env },
      stdio: 'pipe',
    })
  }
  const logs: string[] = []
  const fallen: string[] = []

  return {
    folder,
    authority: join(folder, 'ca.crt'),
    certificate: join(folder, 'site.crt'),
    certificateKey: join(folder, 'site.key'),
    start(label, command) {
      const log = join(folder, `${label}.log`)
      logs.push(log)
      const child = launch(command)
      const file = createWriteStream(log, { flags: 'a' })
      child.stdout.pipe(file, { end: false })
      child.stderr.pipe(file, { end: false })
      const note = (code: number | null) => fallen.push(`${label} ended with ${code}`)
      child.once('exit', note)
      const stopped = async () => {
        child.off('exit', note)
        await stop(child)
      }
      return { log, [Symbol.asyncDispose]: stopped }
    },
    async run(command, input = '') {
      const child = launch(command)
      // The program may have ended before it read anything.
      child.stdin.on('error', () => undefined)
      child.stdin.end(input)
      const [out, err, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close'),
      ])
      if (code !== 0) throw new Error(`${command.argv.join(' ')} ended with ${code}: ${out}${err}`)
      return out
    },
    fallen,
    async readLogs() {
      const read = async (log: string) =>
        `--- ${log}\n${(await readFile(log, 'utf8').catch(() => '')).slice(-LOG_TAIL)}`
      return (await Promise.all(logs.map(read))).join('\n')
    },
    async [Symbol.asyncDispose]() {
      keeper.stdin.end()
      await ended
    },
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 12_000)
  await exited
  clearTimeout(timer)
}
