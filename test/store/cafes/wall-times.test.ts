import { afterEach, expect, test } from 'vitest'
import { updateWallTimes } from '../../../node/jobs/update-wall-times.ts'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import { createCafe } from '../../../node/store/cafes/own-cafes.ts'
import { listDriftedCafes } from '../../../node/store/cafes/wall-times.ts'
import { updateCafes } from '../../../node/store/search-index/write-cafes.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import { SOMEBODY } from '../../support/own-cafes.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let web: WebServer
afterEach(() => web.stop())

/** Announces a café as it would have been stored when the zone was an hour ahead of today's rules. */
async function announceUnderOldRules() {
  web = await startWeb()
  const { context, organization, origin } = web
  const content = ownCafe({
    startsAt: Temporal.Instant.from('2026-12-09T17:30:00Z'),
    endsAt: Temporal.Instant.from('2026-12-09T19:00:00Z'),
    timezone: 'Europe/Paris',
  })
  const organizer = { uri: `${origin}/actors/cafes`, name: 'Lieu', url: `${origin}/` }
  const cafe = await createCafe(
    context.db,
    {
      by: SOMEBODY,
      content,
      organizationId: organization.id,
      organizer,
      origin,
      publication: 'published',
    },
    context.now(),
  )
  await updateCafes(
    context.db,
    { starts_at: '2026-12-09T16:30:00Z', ends_at: '2026-12-09T18:00:00Z' },
    (qb) => qb.where('id', '=', cafe.id),
  )
  return cafe
}

test('a café at 18 h 30 stays at 18 h 30 when the clock rules of its zone change', async () => {
  const { id } = await announceUnderOldRules()
  await updateWallTimes(web.context)
  const kept = await findCafe(web.context.db, id)
  expect(kept?.startsAt.toString()).toBe('2026-12-09T17:30:00Z')
  expect(kept?.endsAt.toString()).toBe('2026-12-09T19:00:00Z')
  expect(await listDriftedCafes(web.context.db, web.context.now())).toEqual([])
})

test('a café whose rules did not change is left alone', async () => {
  const { id } = await announceUnderOldRules()
  await updateWallTimes(web.context)
  const before = await findCafe(web.context.db, id)
  await updateWallTimes(web.context)
  expect((await findCafe(web.context.db, id))?.updatedAt.equals(before?.updatedAt as never)).toBe(
    true,
  )
})
