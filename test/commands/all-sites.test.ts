import { chmod, chown, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ran, runLoaded } from '../support/program.ts'

/** An account that owns nothing else (`nobody` of Debian). */
const NOBODY = 65_534
const isRoot = process.getuid?.() === 0

let parent: string
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'cafe-ia-sites-'))
  await chmod(parent, 0o755)
  await writeFile(join(parent, 'notes.txt'), '')
  await mkdir(join(parent, 'empty'))
  for (const [index, name] of ['atelier', 'bistrot', 'canal'].entries()) {
    const folder = join(parent, name)
    await mkdir(join(folder, 'data'), { recursive: true })
    await chmod(folder, 0o755)
    const port = name === 'bistrot' ? 'porte' : 4300 + index
    const lines = [`CAFE_IA_ORIGIN=http://127.0.0.1:${4300 + index}`, `CAFE_IA_PORT=${port}`]
    await writeFile(join(folder, '.env'), lines.join('\n'))
    await chmod(join(folder, '.env'), 0o644)
    await chmod(join(folder, 'data'), 0o700)
  }
  if (isRoot) await chown(join(parent, 'canal', 'data'), NOBODY, NOBODY)
})
afterAll(() => rm(parent, { recursive: true, force: true }))

const runAll = (command: string, ...more: string[]): Promise<Ran> =>
  runLoaded(
    [...command.split(' '), '--all', parent, ...more],
    { ORIGIN: 'https://other.example' },
    tmpdir(),
  )

test.each([
  ['upgrade', /Les données sont à jour : version/],
  ['upgrade --check', /Données : version \S+\. Programme : version/],
  ['backup', /Sauvegarde faite et vérifiée : cafe-ia-/],
  ['doctor', /rien à corriger/],
])('%s --all says one line of each site, and goes on after one that fails', async (name, well) => {
  const { code, stdout, stderr } = await runAll(name)
  expect([code, stderr]).toEqual([1, ''])
  const lines = stdout.trim().split('\n')
  expect(lines).toEqual([
    expect.stringMatching(new RegExp(`^✓ atelier : .*${well.source}`)),
    expect.stringMatching(/^✗ bistrot : .*CAFE_IA_PORT doit être un nombre/),
    expect.stringMatching(new RegExp(`^✓ canal : .*${well.source}`)),
  ])
})

test.runIf(isRoot)('what root does for a site belongs to the account of the site', async () => {
  const owners = async (site: string) => {
    const data = join(parent, site, 'data')
    const names = await readdir(data, { recursive: true })
    const uids = await Promise.all(names.map(async (name) => (await stat(join(data, name))).uid))
    return [...new Set(uids)]
  }
  expect(await owners('canal')).toEqual([NOBODY])
  expect(await owners('atelier')).toEqual([0])
})

test('a folder without sites, a site without data and a file to write are refused', async () => {
  expect(await runLoaded(['doctor', '--all', join(parent, 'empty')], {}, parent)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('n’a de fichier .env'),
  })
  expect(await runAll('backup', '--check')).toMatchObject({ code: 1, stdout: '' })
  const data = join(parent, 'canal', 'data')
  await rm(data, { recursive: true })
  expect((await runAll('upgrade', '--check')).stdout).toContain(`✗ canal : le dossier des données`)
})
