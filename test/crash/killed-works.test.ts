import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { killWorks } from '../bench/killed.ts'
import '../support/built-program.ts'
import { isOnPostgres } from '../support/database.ts'
import { times } from '../support/full.ts'

/** Runs `npm run bench -- crash` in a short form. */

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-killed-works-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.skipIf(isOnPostgres)(
  'migrations, a withdrawal, planned series, a backup and a restore that are killed are undone or done, and are done when they are begun again',
  { timeout: 240_000 },
  async () => {
    const results = await killWorks(folder, times(2, 5))
    expect(results.flatMap(({ name, wrong }) => wrong.map((each) => `${name}, ${each}`))).toEqual(
      [],
    )
    expect(results.map(({ name }) => name)).toEqual([
      ...[
        'first start',
        'upgrade',
        'a person withdraws',
        'series are planned',
        'backup',
        'restore',
      ],
    ])
    for (const { name, steps } of results) expect(steps, name).toBeGreaterThan(5)
  },
)
