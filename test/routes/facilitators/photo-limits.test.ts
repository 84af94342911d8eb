import { Hono, type Context as HonoContext } from 'hono'
import { expect, test } from 'vitest'
import { DomainError, STATUS } from '../../../node/domain/values/errors.ts'
import { createPhotoLimits } from '../../../node/routes/facilitators/photo-limits.ts'
import { openTestDatabase } from '../../support/database.ts'

test('one form of a profile is held at once, four of all, and one more waits', async () => {
  const { db, close } = await openTestDatabase()
  const limits = createPhotoLimits(db, (c: HonoContext) => c.req.param('id') ?? '')
  const drawn = Promise.withResolvers<void>()
  let held = 0
  const app = new Hono()
    .post('/:id', limits.inTurn, async (c) => {
      held++
      await drawn.promise
      return c.body(null, 204)
    })
    .onError((error, c) => c.body(null, error instanceof DomainError ? STATUS[error.code] : 500))
  const send = async (id: string) => (await app.request(`/${id}`, { method: 'POST' })).status
  const first = send('a')
  const waiting = send('a')
  expect(await send('a')).toBe(429)
  expect(held).toBe(1)
  const others = ['b', 'c', 'd', 'e'].map(send)
  expect(await send('a')).toBe(429)
  expect(held).toBe(4)
  drawn.resolve()
  expect(await Promise.all([first, waiting, ...others])).toEqual(Array(6).fill(204))
  await close()
})
