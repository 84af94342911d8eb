import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PROJECT_ROOT } from '../../node/project-root.ts'

const run = promisify(execFile)
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-build-'))
  for (const name of ['node', 'federation', 'ui']) await mkdir(join(folder, name))
  for (const name of ['bin', 'tsconfig.json', 'tsconfig.build.json', 'package.json'])
    await cp(join(PROJECT_ROOT, name), join(folder, name), { recursive: true })
  await symlink(join(PROJECT_ROOT, 'node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, 'node/main.ts'), 'export const built: number = 1\n')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function build(): Promise<number> {
  await run(process.execPath, [join(folder, 'bin/build-when-newer')], {
    env: { ...process.env, PATH: `${join(folder, 'node_modules/.bin')}:${process.env.PATH}` },
  })
  return (await stat(join(folder, 'dist/node/main.js'))).mtimeMs
}

test('a start builds what is missing or older than a source, and nothing else', async () => {
  const first = await build()
  expect(await build()).toBe(first)
  await writeFile(join(folder, 'ui/page.ts'), 'export const page: string = ""\n')
  const second = await build()
  expect(second).toBeGreaterThan(first)
  const soon = new Date(Date.now() + 5_000)
  await utimes(join(folder, 'tsconfig.json'), soon, soon)
  expect(await build()).toBeGreaterThan(second)
}, 60_000)

test('a source that cannot be built ends the start with what the compiler says', async () => {
  await writeFile(join(folder, 'ui/page.ts'), 'export const page: string = 1\n')
  for (const _ of ['once', 'and again'])
    await expect(build()).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining("Type 'number' is not assignable"),
      stderr: expect.stringContaining('could not be built'),
    })
})
