import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { listGroup } from '../../store/registrations/groups.ts'
import { shareSeats } from '../../store/registrations/seats.ts'
import { appendSeatMails } from './mails.ts'

/**
 * Sends the mail of a registration once more, to the address that was typed: the proof of it, or the link to what is
 * registered already. Where there is nothing to send, the page says the same.
 */
export async function sendAgain(
  context: Context,
  { cafe, email, siteName }: { cafe: Cafe; email: string; siteName: string },
): Promise<void> {
  await shareSeats(context, cafe.id, async ({ trx, open }) => {
    const known = open.find((one) => one.email === email)
    if (!known) return
    const all = [{ registration: known, cafe }, ...(await listGroup(trx, known))]
    // The mail of several dates is about the last one.
    const last = all
      .toSorted((one, other) => Temporal.Instant.compare(one.cafe.startsAt, other.cafe.startsAt))
      .at(-1)
    if (!last) return
    const event = { what: 'asked-again', dates: all.length, isSentAgain: true } as const
    const { registration } = last
    await appendSeatMails(trx, { ...context, siteName }, last.cafe, [{ ...event, registration }])
  })
  context.wake()
}
