import type { Context } from '../context.ts'
import { listDueCafes } from '../store/cafes.ts'
import { publishCafe } from '../store/own-cafes.ts'

/** Cafés whose hour of publication has come. */
export async function publishDueCafes({ db, now, wake }: Context): Promise<void> {
  for (const cafe of await listDueCafes(db, now())) await publishCafe(db, cafe.id, now())
  wake()
}
