import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PROJECT_ROOT } from '../../node/program/project-root.ts'
import { MAIN } from '../support/built-program.ts'

const CHUNKS = join(PROJECT_ROOT, 'dist/chunks')

test('a second start uses the compile cache of the first', () => {
  const run = () =>
    spawnSync(process.execPath, [MAIN, '--version'], {
      env: { NODE_DEBUG_NATIVE: 'COMPILE_CACHE' },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 ** 2,
    })
  run()
  const { stdout, stderr } = run()
  expect(stdout + stderr).toMatch(/dist\/chunks\/cli-[\w-]+\.js was accepted/)
})

test('the program is text of one byte a character, whose names are those of the sources', () => {
  const chunks = readdirSync(join(PROJECT_ROOT, 'dist/chunks')).filter((name) =>
    name.endsWith('.js'),
  )
  const texts = chunks.map((name) =>
    readFileSync(join(PROJECT_ROOT, 'dist/chunks', name), 'latin1'),
  )
  // biome-ignore lint/suspicious/noControlCharactersInRegex: All of ASCII.
  expect(chunks.filter((_, at) => !/^[\x00-\x7f]*$/.test(texts[at] ?? ''))).toEqual([])
  expect(texts.join('\n')).toMatch(/\bfunction listChangedWithSource\b/)
})

test('a place in the program is found in the sources', () => {
  const name = readdirSync(CHUNKS).find((file) => /^server-.*\.js$/.test(file)) ?? ''
  const lines = readFileSync(join(CHUNKS, name), 'utf8').split('\n')
  const map = new SourceMap(JSON.parse(readFileSync(join(CHUNKS, `${name}.map`), 'utf8')))
  const called = /\bfunction (?:startServer|enqueueChanges)\b/g
  const found = lines.flatMap((line, at) =>
    [...line.matchAll(called)].map(({ 0: text, index }) => {
      const place = map.findEntry(at, index)
      if (!('originalSource' in place)) return `${text}: nowhere`
      const source = readFileSync(join(CHUNKS, place.originalSource), 'utf8').split('\n')
      return source[place.originalLine]?.includes(text)
    }),
  )
  expect(found).toEqual([true, true])
})

test('help loads little of the program', () => {
  const loaded = spawnSync(process.execPath, [MAIN, '--help'], {
    env: { NODE_DEBUG: 'esm' },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
  })
  expect(loaded.stdout).toContain('sign-in-link')
  expect(loaded.stderr).toMatch(/chunks\/cli-/)
  expect(loaded.stderr).not.toMatch(/chunks\/(?:server|purge|kysely)-/)
})

/** Returns the chunks that the server's own chunk imports at its start, including itself. */
function listLoaded(name: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(name)) return loaded
  loaded.add(name)
  const text = readFileSync(join(CHUNKS, name), 'latin1')
  for (const [, needed = ''] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g))
    listLoaded(needed, loaded)
  return loaded
}

const server = () => readdirSync(CHUNKS).find((name) => /^server-.*\.js$/.test(name)) ?? ''

test('a server reads few files at its start', () => {
  expect(listLoaded(server()).size).toBeLessThan(20)
})

test('a server loads what few visits need with the first of them', () => {
  const sources = [...listLoaded(server())].flatMap((name) => {
    const map = join(CHUNKS, `${name}.map`)
    return existsSync(map) ? (JSON.parse(readFileSync(map, 'utf8')).sources as string[]) : []
  })
  const packages = new Set(
    sources.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
  )
  expect([...packages]).toContain('kysely')
  const late = ['age-encryption', 'jsonld', 'nodemailer', 'opentype.js', 'node-ical', 'pg', 'pkijs']
  expect(late.filter((name) => packages.has(name))).toEqual([])
  expect([...packages].filter((name) => name.startsWith('@fedify/'))).toEqual([])
  const texts = [...listLoaded(server())].map((name) => readFileSync(join(CHUNKS, name), 'latin1'))
  expect(texts.filter((text) => /from\s*"(?:sharp|pg-native)"/.test(text))).toEqual([])
})
