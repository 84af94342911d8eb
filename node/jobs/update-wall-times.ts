import type { Context } from '../context.ts'
import type { Cafe } from '../domain/cafes/cafe.ts'
import { CLOCK } from '../domain/cafes/edit.ts'
import { saveEdit } from '../store/accounts/saved-edit.ts'
import { OWN_CAFE } from '../store/cafes/own-cafes.ts'
import { listDriftedCafes } from '../store/cafes/wall-times.ts'

/**
 * Keeps the wall time of cafés: one at 18 h 30 stays at 18 h 30 when its country changes its clock rules, and followers
 * are told of the new instant.
 */
export async function updateWallTimes({ db, now, wake }: Context): Promise<void> {
  for (const { cafe, startsAt, endsAt } of await listDriftedCafes(db, now())) {
    const decide = (current: Cafe) => ({ value: { ...current, startsAt, endsAt } })
    await saveEdit(db, OWN_CAFE, { id: cafe.id, by: CLOCK, seen: undefined, decide }, now())
  }
  wake()
}
