import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BENCH_MAIN } from '../support/built-program.ts'
import { createPostgresDatabase } from '../support/database.ts'
import { IS_FULL } from '../support/full.ts'

const run = promisify(execFile)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-bench-run-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What each bench prints at a small size: this checks that it works, not how fast. `test/crash` checks more deaths. */
const ALL: [words: string, says: RegExp[]][] = [
  ['search --cafes 300 --turns 3 --seconds 0.2', [/^\| word \+ 25 km \|/m, /^\| bare HTTP/m]],
  ['pages --cafes 200 --seconds 0.2 --rounds 1', [/^\| floor: bare Hono/m, /^\| not changed/m]],
  ['pages --role node --cafes 50 --seconds 0.2 --rounds 1', [/a place with 50 cafés/, /one \.ics/]],
  [
    'inbox --seconds 0.2 --senders 3 --connections 4 --cases cavage,forged',
    [/^\| Create of our own wire/m, /^\| flood \|/m, /in the database, once\.$/m],
  ],
  [
    'fanout --followers 12 --hosts 4 --dead 25 --quiet 0.2',
    [/\| 9 of 9, 0 twice \| 9 of 9, 0 twice \|/],
  ],
  ['backfill --cafes 150', [/Every café is there, once: 150\./]],
  ['people --people 80 --turns 2', [/^\| everybody, by name \| \d+ \|/m, /^\| 30 km around \|/m]],
  ['series --series 20 --turns 2', [/^\| 400 dates: announced/m, /20 series: 20 cafés/]],
  [
    'start --cafes 100 --starts 1 --rest 0.2',
    [/^\| floor: bare Hono/m, /^\| a directory with 100/m],
  ],
  [
    'backup --cafes 200 --quiet 1',
    [/^\| floor: quiet/m, /^p50 is [\d.]+ and p99 is [\d.]+ times/m],
  ],
  [
    'crash --rounds 2 --senders 3 --deaths 1',
    [
      /^\| of these, lost \| 0 \|/m,
      /^\| the file is whole \| yes/m,
      /^\| restore \| \d+ \| 1 \| 0 \|/m,
    ],
  ],
]

/** Without `crash`, whose deaths `test/crash` checks in each run. */
const ORDINARY = /^(?:inbox|people) /
const RUNS = ALL.filter(([words]) => IS_FULL || ORDINARY.test(words))

const onPostgres: Awaited<ReturnType<typeof createPostgresDatabase>>[] = []
afterAll(() => Promise.all(onPostgres.map((database) => database.remove())))

describe('each bench runs to its end and prints a table with its floor', () => {
  for (const [words, says] of RUNS)
    test.concurrent(words, { timeout: 300_000 }, () => expectTable(words.split(' '), says))

  test.runIf(IS_FULL).concurrent('scale, on PostgreSQL', { timeout: 300_000 }, async () => {
    const database = await createPostgresDatabase()
    onPostgres.push(database)
    const words = 'scale --processes 1,2 --seconds 0.2 --senders 3 --connections 4 --database'
    const says = [/^\| 1 \| \S+ \| 1 \|/m, /^\| 2 \|/m, /in the database, once\.$/m]
    await expectTable([...words.split(' '), database.address], says)
  })
})

test.runIf(IS_FULL)('writes, on PostgreSQL', { timeout: 300_000 }, async () => {
  const database = await createPostgresDatabase()
  onPostgres.push(database)
  const words = 'writes --clients 4 --seconds 0.5 --database'
  const says = [/^\| cafés \| [\d.]+ \|/m, /^\| rows of 4000 bytes/m, /^Other answers: none\.$/m]
  await expectTable([...words.split(' '), database.address], says)
})

test('an option that is wrong is named, and nothing runs', async () => {
  for (const words of [
    ['inbox', '--cases', 'cavage,ours'],
    ['inbox', '--senders', 'x'],
    ['fanout', '--dead', '100'],
    ['fanout', '--hosts', '0'],
    ['backfill', '--cafes', '-1'],
  ]) {
    const ran = run(process.execPath, [BENCH_MAIN, ...words], { cwd: folder })
    await expect(ran).rejects.toMatchObject({
      stdout: '',
      stderr: expect.stringContaining(`${words[1]} `),
    })
  }
})

async function expectTable(words: readonly string[], says: readonly RegExp[]): Promise<void> {
  const { stdout, stderr } = await run(process.execPath, [BENCH_MAIN, ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR ?? tmpdir() },
  })
  expect(stderr).not.toMatch(/error/i)
  for (const pattern of says) expect(stdout).toMatch(pattern)
  expect(stdout).toMatch(/^\|---\|/m)
}
