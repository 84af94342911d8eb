import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { decideCancellation, decideDeletion, OPERATOR } from '../../domain/cafes/edit.ts'
import { deleteFiles } from '../../routes/facilitators/own-link.ts'
import { saveEdit } from '../../store/accounts/saved-edit.ts'
import { unfollowCalendar } from '../../store/cafes/followed-calendars.ts'
import { OWN_CAFE } from '../../store/cafes/own-cafes.ts'
import { withdrawFacilitator } from '../../store/facilitators/publication.ts'
import { OWN_RESOURCE } from '../../store/resources/resources.ts'
import { deleteSeries } from '../../store/series/edit-series.ts'
import {
  type Closing,
  endClosing,
  findLeftToClose,
  type LeftToClose,
  listClosing,
} from '../../store/structures/closing.ts'
import { runForEach } from '../run-for-each.ts'

/** How many of each kind are dealt with at a time: less than a minute of work. */
const AT_A_TIME = 200

/** The reason that who registered, and who follows, read of a café to come. */
const REASON = 'La structure qui l’organisait a fermé.'

/**
 * Does what is left of the structures that close: withdraws their profiles, ends their series and calendars, and cancels
 * their cafés to come, or deletes all of their cafés where their past is to go. What a crash interrupts is done later.
 */
export async function runClosings(context: Context): Promise<void> {
  const { db, now, wake } = context
  await runForEach(await listClosing(db), async (closing) => {
    const left = await findLeftToClose(db, closing, { now: now(), limit: AT_A_TIME })
    await closeSome(context, closing, left)
    if (Object.values(left).every((ids) => ids.length === 0)) await endClosing(db, closing, now())
  }).finally(wake)
}

async function closeSome(context: Context, closing: Closing, left: LeftToClose): Promise<void> {
  const { db, now } = context
  await runForEach(left.calendars, (id) =>
    unfollowCalendar(db, { id, organizationId: closing.id }, now()),
  )
  await runForEach(left.people, async (id) => {
    const { mediaIds } = await withdrawFacilitator(db, id, now())
    await deleteFiles(context, mediaIds)
  })
  const said = { by: OPERATOR, seen: undefined, reason: REASON }
  await runForEach(left.series, async (id) => {
    await deleteSeries(db, { ...said, id }, now())
  })
  const decide = (cafe: Cafe) =>
    closing.past === 'gone' || cafe.publication !== 'published'
      ? decideDeletion()
      : decideCancellation(cafe, REASON)
  await runForEach(left.cafes, async (id) => {
    await saveEdit(db, OWN_CAFE, { ...said, id, decide }, now())
  })
  await runForEach(left.resources, async (id) => {
    await saveEdit(db, OWN_RESOURCE, { ...said, id, decide: decideDeletion }, now())
  })
}
