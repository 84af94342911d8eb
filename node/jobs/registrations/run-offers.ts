import type { Context } from '../../context.ts'
import { findClosed } from '../../domain/registrations/registration.ts'
import { nameOfSite } from '../../routes/http/site.ts'
import { appendSeatMails } from '../../routes/registrations/mails.ts'
import { listCafesToSeat } from '../../store/registrations/registrations.ts'
import { shareSeats, updateOffers } from '../../store/registrations/seats.ts'
import { runForEach } from '../run-for-each.ts'

/** Ends what is held no longer, and offers the seats that became free to those who wait, each minute. */
export async function runOffers(context: Pick<Context, 'db' | 'config' | 'now' | 'wake'>) {
  const { db, now, wake } = context
  const cafes = await listCafesToSeat(db, now())
  if (cafes.length === 0) return
  const siteName = await nameOfSite(context)
  await runForEach(cafes, async (id) => {
    await shareSeats(context, id, async (seating) => {
      if (findClosed(seating.cafe, now())) return
      await appendSeatMails(
        seating.trx,
        { ...context, siteName },
        seating.cafe,
        await updateOffers(seating),
      )
    })
  }).finally(wake)
}
