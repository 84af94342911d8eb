import type { Site } from './network.ts'

/** Changes the stored times as if so much time had passed since others were told. */
export async function pass(
  site: Pick<Site, 'context'>,
  duration: { seconds: number } | { minutes: number },
): Promise<void> {
  const { db, wake } = site.context
  const earlier = (at: string | null) =>
    at && Temporal.Instant.from(at).subtract(duration).toString({ smallestUnit: 'second' })
  for (const row of await db.selectFrom('cafe_pace').selectAll().execute())
    await db
      .updateTable('cafe_pace')
      .set({
        window_at: earlier(row.window_at) ?? '',
        noted_at: earlier(row.noted_at),
        day_at: earlier(row.day_at),
        full_noted_at: earlier(row.full_noted_at),
        free_noted_at: earlier(row.free_noted_at),
      })
      .where('cafe_uri', '=', row.cafe_uri)
      .execute()
  const pending = await db.selectFrom('change').selectAll().where('done_at', 'is', null).execute()
  for (const { id, due_at } of pending)
    await db
      .updateTable('change')
      .set({ due_at: earlier(due_at) ?? '' })
      .where('id', '=', id)
      .execute()
  wake()
}
