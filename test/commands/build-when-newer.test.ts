import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PROJECT_ROOT } from '../../node/program/project-root.ts'
import { program, verification } from '../../rolldown.config.ts'

const run = promisify(execFile)
let folder: string

const ENTRIES = { ...program.input, ...verification.input }
const upFrom = (source: string) => '../'.repeat(source.split('/').length - 1)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-build-'))
  for (const name of ['node', 'federation', 'ui']) await mkdir(join(folder, name))
  for (const source of Object.values(ENTRIES)) {
    await mkdir(dirname(join(folder, source)), { recursive: true })
    await writeFile(join(folder, source), `import '${upFrom(source)}ui/page.ts'\n`)
  }
  await writeFile(join(folder, 'ui/page.ts'), 'export const page: string = ""\n')
  for (const name of [
    'bin',
    'tsconfig.json',
    'rolldown.config.ts',
    'rolldown.packages.config.ts',
    'package.json',
    'package-lock.json',
  ])
    await cp(join(PROJECT_ROOT, name), join(folder, name), { recursive: true })
  await symlink(join(PROJECT_ROOT, 'node_modules'), join(folder, 'node_modules'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function build(): Promise<number> {
  await run(process.execPath, [join(folder, 'bin/build-when-newer')], {
    env: { ...process.env, PATH: `${join(folder, 'node_modules/.bin')}:${process.env.PATH}` },
  })
  return (await stat(join(folder, 'dist/main.js'))).mtimeMs
}

test('a start builds what is missing or older than a source, and nothing else', async () => {
  const first = await build()
  expect(await build()).toBe(first)
  await writeFile(join(folder, 'ui/page.ts'), 'export const page: string = "two"\n')
  const second = await build()
  expect(second).toBeGreaterThan(first)
  // Each of these files is made newer than the last build.
  for (const [seconds, name] of [
    [5, 'rolldown.config.ts'],
    [10, 'package-lock.json'],
  ] as const) {
    const before = await build()
    const soon = new Date(Date.now() + seconds * 1_000)
    await utimes(join(folder, name), soon, soon)
    expect(await build()).toBeGreaterThan(before)
    const past = new Date(0)
    await utimes(join(folder, name), past, past)
  }
}, 60_000)

test('a source that cannot be built ends the start with what the builder says, and what was built stays', async () => {
  await writeFile(join(folder, 'ui/page.ts'), 'export const page: = 1\n')
  for (const _ of ['once', 'and again'])
    await expect(build()).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Unexpected token[\s\S]*n’a pas pu être construit/),
    })
  expect((await readdir(join(folder, 'dist/chunks'))).filter(isOfUndici)).not.toEqual([])
  expect((await stat(join(folder, 'dist/main.js'))).isFile()).toBe(true)
})

const isOfUndici = (name: string) => name.startsWith('undici')
