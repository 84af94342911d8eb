import type { MiddlewareHandler } from 'hono'
import { limitOf } from '../../domain/limits/limits.ts'
import type { OpenDatabase } from '../../store/database/database.ts'
import { createRateLimiter, spend } from '../../store/queues/rate-limits.ts'
import { createFairQueue } from '../../turns/fair-queue.ts'

/**
 * A form may have ten megabytes, which are held until the photo is drawn. Forms that wait are not read, and give up
 * before their connection is cut: then their texts are read, and their photo is dropped as it arrives.
 */
const PLACES = { all: 4, each: 1, queue: 1, waitMs: 10_000 }

/**
 * Limits how many forms with a photo are held at once, and how many photos of one profile are drawn in an hour, since
 * anybody may have a profile. `idOf` gives the profile of a request.
 */
export function createPhotoLimits<C extends Parameters<MiddlewareHandler>[0]>(
  db: OpenDatabase,
  idOf: (c: C) => string,
) {
  const places = createFairQueue(PLACES)
  const photos = createRateLimiter(db, limitOf('photos'))
  return {
    /** Sets `mayBringPhoto`: false where another form of this profile, or four of others, take too long. */
    inTurn: async (c: C, next: () => Promise<void>): Promise<void> => {
      const leave = await places.take(idOf(c), { signal: c.req.raw.signal })
      c.set('mayBringPhoto', leave !== undefined)
      try {
        await next()
      } finally {
        leave?.()
      }
    },
    /** Whether a form that was read without its files (`isWithoutFiles`) had a photo. */
    hasLostPhoto: (form: FormData): boolean => {
      const file = form.get('image')
      return file instanceof File && file.name !== ''
    },
    /**
     * Counts the photo of a form, if it has one.
     * @returns Whether it is one too many.
     */
    isOneTooMany: async (c: C, form: FormData): Promise<boolean> => {
      const file = form.get('image')
      if (!(file instanceof File) || file.size === 0) return false
      return (await spend(photos, idOf(c))) !== undefined
    },
  }
}
