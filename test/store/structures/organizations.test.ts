import { expect, test } from 'vitest'
import { ensureOrganization } from '../../../node/commands/sign-in-link.ts'
import { readConfig } from '../../../node/config.ts'
import { openTestDatabase } from '../../support/database.ts'

const NOW = Temporal.Instant.from('2026-11-29T10:00:00.123Z')

test('commands that start at once on a new site have the same structure', async () => {
  const { db, close } = await openTestDatabase()
  const config = readConfig({ CAFE_IA_ORIGIN: 'https://lieu.example' })
  const ensure = (seconds: number) =>
    ensureOrganization({ db, config, now: () => NOW.add({ seconds }) })
  const made = await Promise.all([ensure(0), ensure(1), ensure(2)])
  expect(new Set(made.map(({ id }) => id)).size).toBe(1)
  expect(made[0]).toMatchObject({ slug: 'cafes', name: 'lieu.example' })
  expect(await ensure(3)).toEqual(made[0])
  await close()
})
