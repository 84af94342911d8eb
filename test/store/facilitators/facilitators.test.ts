import { afterEach, beforeEach, expect, test } from 'vitest'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import {
  deleteFacilitator,
  findFacilitator,
  findFacilitatorByUri,
  findOwnFacilitator,
  saveFacilitator,
} from '../../../node/store/facilitators/facilitators.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { openTestDatabase } from '../../support/database.ts'
import { aFacilitator } from '../../support/facilitator.ts'

const now = Temporal.Instant.from('2026-11-25T09:00:00Z')
let db: OpenDatabase
let close: () => Promise<void>

beforeEach(async () => {
  const opened = await openTestDatabase()
  db = opened.db
  close = opened.close
  await insertOrganization(db, { id: 'organization-1', slug: 'cafes', name: 'Médiathèque' }, now)
})
afterEach(() => close())

test('a profile is read as it was kept, and goes', async () => {
  const camille = aFacilitator({ fieldLevels: { photo: 'network' } })
  await saveFacilitator(db, camille, now)
  expect(await findFacilitator(db, camille.id)).toEqual(camille)
  const renamed = { ...camille, name: 'Camille', photo: undefined }
  await saveFacilitator(db, renamed, now)
  expect(await findOwnFacilitator(db, 'camille-r')).toEqual(renamed)
  await deleteFacilitator(db, camille.id, now)
  expect(await findFacilitatorByUri(db, camille.uri)).toBeUndefined()
})

test('the database keeps no published profile of ours without a consent, its end and a territory', async () => {
  for (const missing of ['consentedAt', 'expiresAt', 'approvedAt', 'territory'] as const)
    await expect(saveFacilitator(db, aFacilitator({ [missing]: undefined }), now)).rejects.toThrow()
})
