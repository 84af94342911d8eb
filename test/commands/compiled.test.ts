import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PROJECT_ROOT } from '../../node/project-root.ts'

const MAIN = join(PROJECT_ROOT, 'dist/main.js')

test('a start finds compiled what the one before left', () => {
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
