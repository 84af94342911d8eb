import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { PROJECT_ROOT } from '../../node/program/project-root.ts'
import { freePort } from '../support/ports.ts'

const WAIT = { timeout: 60_000, interval: 100 }

let folder: string
let port: number
let dev: ChildProcess
let printed = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-dev-'))
  const copied = ['node', 'federation', 'ui', 'bin', 'package.json', 'tsconfig.json']
  for (const name of [...copied, 'rolldown.config.ts'])
    await cp(join(PROJECT_ROOT, name), join(folder, name), { recursive: true })
  await symlink(join(PROJECT_ROOT, 'node_modules'), join(folder, 'node_modules'))
  // With data there, the demonstration does not come first.
  await mkdir(join(folder, 'data/dev/annuaire'), { recursive: true })
  port = await freePort(2)
  dev = spawn(process.execPath, [join(folder, 'bin/dev'), '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // No setting of the run of the tests is one of these servers.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: tmpdir() },
  })
  dev.stdout?.on('data', (data) => {
    printed += data
  })
})
afterAll(async () => {
  dev.kill('SIGTERM')
  await once(dev, 'exit')
  await rm(folder, { recursive: true, force: true })
})

const read = async (path: string) => {
  const answer = await fetch(`http://127.0.0.1:${port + 1}${path}`)
  return { status: answer.status, text: await answer.text() }
}

test('a changed source is served, and what was stored is still there', {
  timeout: 150_000,
}, async () => {
  const link = await vi.waitFor(() => {
    const found = new RegExp(`http://127.0.0.1:${port + 1}(/\\S+)`).exec(printed)?.[1]
    return found ?? expect.fail(printed)
  }, WAIT)
  const source = join(folder, 'ui/locales/fr/site.ts')
  const words = await readFile(source, 'utf8')
  await writeFile(source, words.replace('Gratuit, ouvert à toutes et tous', 'Ouvert et gratuit'))
  await vi.waitFor(async () => {
    expect((await read('/')).text).toContain('Ouvert et gratuit')
  }, WAIT)
  expect(await read(link)).toMatchObject({ status: 200 })
})

test('a source that cannot be read leaves the servers as they are', {
  timeout: 150_000,
}, async () => {
  const source = join(folder, 'node/app.ts')
  const words = await readFile(source, 'utf8')
  await writeFile(source, `${words}\nexport const = 1\n`)
  const built = printed.match(/Prêt/g)?.length ?? 0
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  expect((await read('/')).status).toBe(200)
  await writeFile(source, words)
  await vi.waitFor(() => expect(printed.match(/Prêt/g)?.length).toBe(built + 1), WAIT)
})
