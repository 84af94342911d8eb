import type { Context } from '../../context.ts'
import { planNearDates } from '../../store/feeds/series-dates.ts'

/** Has the followers of each account told of the dates of series that near. */
export async function sendNearDates({
  db,
  now,
  wake,
}: Pick<Context, 'db' | 'now' | 'wake'>): Promise<void> {
  let isMore = true
  while (isMore) {
    isMore = await planNearDates(db, now())
    wake()
  }
}
