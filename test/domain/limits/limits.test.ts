import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LIMITS, READING, SHARES } from '../../../node/domain/limits/limits.ts'
import { RETENTION_DAYS } from '../../../node/domain/values/retention.ts'
import { ROOT, readSources } from '../../support/sources.ts'

test.each(Object.entries(LIMITS))('%s is so many in so long, for a reason', (_, limit) => {
  expect(limit).toMatchObject({ per: expect.stringMatching(/./), why: expect.stringMatching(/./) })
  expect(limit.points).toBeGreaterThan(0)
  expect(limit.duration).toBeLessThanOrEqual(RETENTION_DAYS.requests * 86_400)
})

test('every limit of the table limits something', () => {
  const code = readSources()
    .filter(({ path }) => path !== 'node/domain/limits/limits.ts')
    .map((source) => source.code)
    .join('\n')
  // Two are counted under names that the code puts together.
  const isUsed = (name: string) => code.includes(`'${name}'`) || /^(?:api: |sign-in by )/.test(name)
  expect(Object.keys(LIMITS).filter((name) => !isUsed(name))).toEqual([])
})

test('every limit that an operator may set is in docs/settings.md, with its usual value', () => {
  const rows = readFileSync(join(ROOT, 'docs/settings.md'), 'utf8').split('\n')
  for (const { setting, usual, why } of [...Object.values(SHARES), ...Object.values(READING)]) {
    const row = rows.find((line) => line.startsWith(`| \`CAFE_IA_${setting}\` |`))
    expect(row?.split('|')[2]?.replace(/\D/g, ''), setting).toBe(String(usual))
    expect(why).not.toBe('')
  }
})

test('what is limited in a window has its numbers in the table alone', () => {
  const makers =
    /create(?:RateLimiter|RoughLimiter|VisitorLimit|ReaderLimit|Counter)\((?!db: )([^()]*\([^()]*\))?[^()]*\)/g
  const own = readSources().flatMap(({ path, code }) =>
    [...code.matchAll(makers)].filter(([call]) => /\d/.test(call)).map(() => path),
  )
  expect(own).toEqual([])
})
