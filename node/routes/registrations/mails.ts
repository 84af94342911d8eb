import { draftMail, type MailDraft } from '../../../ui/admin/mail-templates.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { type Cafe, startsAtPlace } from '../../domain/cafes/cafe.ts'
import { whenText, whereText } from '../../domain/cafes/cafe-text.ts'
import { LIMITS } from '../../domain/limits/limits.ts'
import { sideOf } from '../../domain/registrations/registration.ts'
import { UNPROVEN_HOURS } from '../../domain/registrations/seating.ts'
import { longDate, momentText } from '../../domain/values/date-text.ts'
import type { Database } from '../../store/database/database.ts'
import { appendMail, countMailsTo, toOneLine } from '../../store/queues/mails.ts'
import { isProven } from '../../store/registrations/registrations.ts'
import type { SeatEvent } from '../../store/registrations/seats.ts'

type Site = Pick<Context, 'config' | 'now'> & { siteName: string }

/**
 * Tells people what happened to their seats, in the transaction in which it did. Who gave no mail address is told by the
 * page, or by the team, which finds among the mails what to say.
 */
export async function appendSeatMails(
  trx: Database,
  site: Site,
  cafe: Cafe,
  events: readonly SeatEvent[],
): Promise<void> {
  for (const event of events) {
    const { email, id } = event.registration
    const way = wayTo(event)
    if (!way || (email && !(await mayBeTold(trx, site, event, email)))) continue
    const expiresAt =
      event.what === 'asked' ? site.now().add({ hours: UNPROVEN_HOURS }) : cafe.endsAt
    await appendMail(
      trx,
      { ...draftOf(site, cafe, event), ...way, expiresAt, about: id },
      site.now(),
    )
  }
}

/** Who has no mailbox reads on the page what they did; of an offer, which comes later, the team tells them. */
const wayTo = ({ what, registration: { email, phone } }: SeatEvent) =>
  email !== undefined
    ? { to: email }
    : what === 'offered' && phone !== undefined
      ? { to: phone, byPhone: true }
      : undefined

/** An address that others may have typed gets few mails; what follows from its owner's own acts is always told. */
async function mayBeTold(
  trx: Database,
  { now }: Site,
  { what, registration, isSentAgain }: SeatEvent,
  to: string,
): Promise<boolean> {
  const since = now().subtract({ hours: 24 })
  const count = (template: string, about?: string) =>
    countMailsTo(trx, { to, template, since, about })
  if (what !== 'asked' && what !== 'asked-again') {
    if (registration.source === 'form') return true
    const told = (await count('registration-confirmed')) + (await count('registration-cancelled'))
    return told < LIMITS['registration mails of a team'].points
  }
  if (registration.source !== 'form') return false
  const kind = registration.state === 'unproven' ? 'registration-proof' : 'registration-again'
  const ofCafe = await count(kind, registration.id)
  const most = isSentAgain ? 'registration mails sent again' : 'registration mails of a café'
  if (ofCafe >= LIMITS[most].points) return false
  const limit = (await isProven(trx, to)) ? 'registration mails of who comes' : 'registration mails'
  const all = (await count('registration-proof')) + (await count('registration-again'))
  return all < LIMITS[limit].points
}

const datesText = (dates: number, last: Cafe): string =>
  `à ${dates} dates, jusqu’au ${longDate(startsAtPlace(last))}`

function draftOf(site: Site, cafe: Cafe, event: SeatEvent): MailDraft {
  const { what, registration, dates = 1 } = event
  const { siteName, config } = site
  const title = toOneLine(cafe.title)
  const when = dates > 1 ? datesText(dates, cafe) : whenText(cafe)
  const page = cafe.url
  const said = { siteName, title, when }
  if (what === 'asked' || registration.state === 'unproven')
    return draftMail('registration-proof', said)
  if (what === 'all-dates') return draftMail('registration-dates', { siteName, title })
  if (what === 'asked-again') return draftMail('registration-again', said)
  const byTeam = registration.source === 'team' && { isByTeam: true }
  if (what === 'waiting') return draftMail('registration-waiting', { ...said, ...byTeam })
  if (what === 'cancelled')
    return draftMail('registration-cancelled', {
      ...{ ...said, page, reason: event.reason ?? '' },
      ...(event.hadSeats && { former: cafe.id }),
    })
  if (what === 'moved')
    return draftMail('registration-moved', {
      ...{ ...said, seats: registration.seats, isWaiting: registration.state === 'waiting' },
      from: event.movedFrom ? whenText(event.movedFrom) : '',
      ...(event.hadSeats && { former: event.movedFrom?.id }),
    })
  if (what === 'lapsed')
    return draftMail('registration-lapsed', {
      ...said,
      page: config.origin + paths.registrationForm(cafe.id),
    })
  const { seats, heldUntil, side, name } = registration
  if (what === 'offered')
    return draftMail('registration-offered', {
      ...{ ...said, seats },
      until: heldUntil ? momentText(heldUntil, 'fr', cafe.timezone) : '',
    })
  return draftMail('registration-confirmed', {
    ...{ ...said, seats, page, name: toOneLine(name) },
    ...byTeam,
    where: whereText(cafe) ?? '',
    online: sideOf(cafe, side) === 'online' ? (cafe.registrantsUrl ?? cafe.onlineUrl ?? '') : '',
  })
}
