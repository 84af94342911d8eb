import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { announcedFor } from '../../../node/store/migrations/0005-announced-for.ts'
import { announceForStructure, enterAdmin, makeLegal } from '../../support/referents.ts'
import { startWeb } from '../../support/server.ts'

test('cafés that were announced for a structure before are known from the journal', async () => {
  const hub = await startWeb({ role: 'hub' })
  const { db } = hub.context
  await makeLegal(hub)
  const { browser } = await enterAdmin(hub)
  const id = await announceForStructure(browser)
  await db.updateTable('cafe').set({ announced_for: null, announced_under: null }).execute()
  await sql.raw(announcedFor().at(-1) ?? '').execute(db)
  const [cafe] = await db
    .selectFrom('cafe')
    .select(['id', 'announced_for', 'announced_under'])
    .execute()
  expect(cafe).toEqual({ id, announced_for: 'Amicale laïque', announced_under: '35' })
  await hub.stop()
})
