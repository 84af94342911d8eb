import type {
  ChangeParams,
  DateParams,
  ReminderParams,
} from '../../../ui/admin/mail/registrations.ts'
import type { Context } from '../../context.ts'
import { type Cafe, isOff, startsAtPlace } from '../../domain/cafes/cafe.ts'
import { whenText, whereText } from '../../domain/cafes/cafe-text.ts'
import { type KnownState, newsForRegistered } from '../../domain/cafes/change-message.ts'
import { type Registration, sideOf } from '../../domain/registrations/registration.ts'
import { toCalendarEvent } from '../../formats/icalendar/icalendar.ts'
import { findCafe } from '../../store/cafes/cafes.ts'
import type { Database } from '../../store/database/database.ts'
import { CHANGE_MAIL, hasLaterNotice } from '../../store/queues/registration-notices.ts'
import { listGroup } from '../../store/registrations/groups.ts'
import { findRegistration, OPEN_STATES } from '../../store/registrations/registrations.ts'
import { REMINDER_MAIL } from '../../store/registrations/reminders.ts'
import type { Mail } from '../../store/schema/queues.ts'

/** It has no link, and is sent whatever became of the registration. */
export const CANCELLED_MAIL = 'registration-cancelled'

/** What a mail about a registration says besides its parameters. */
type LiveParams = { params: object; calendar?: string }

/**
 * Returns what a mail about a registration says of what holds now, with the café for the reader's calendar; undefined
 * where it has nothing to say any more.
 */
export async function findRegistrationParams(
  { db, now }: Pick<Context, 'db' | 'now'>,
  mail: Mail,
): Promise<LiveParams | undefined> {
  const { template, about = '', params } = mail
  const registration = await findRegistration(db, about)
  const cafe = registration && (await findCafe(db, registration.cafeId))
  if (!cafe) return template === CANCELLED_MAIL ? { params: {} } : undefined
  const calendar = toCalendarEvent(shownTo(registration, cafe))
  if (template === 'registration-confirmed')
    return registration.state === 'confirmed' ? { params: {}, calendar } : undefined
  if (template === 'registration-moved' || template === CANCELLED_MAIL) {
    const former = typeof params.former === 'string' ? await findCafe(db, params.former) : undefined
    return formerParams(registration, { cafe, former, now: now() })
  }
  if (template === 'registration-dates') return datesParams(db, registration, cafe)
  if (template === REMINDER_MAIL) {
    const said = reminderParams(registration, cafe, { day: params.day, now: now() })
    return said && { params: said, calendar }
  }
  if (template !== CHANGE_MAIL) return { params: {} }
  if (await hasLaterNotice(db, mail)) return undefined
  const said = changeParams(registration, cafe, params as KnownParams)
  return said && { params: said, calendar }
}

/** Returns the dates of a series that a person asked for at once, with those at which they have a seat as calendar. */
async function datesParams(db: Database, registration: Registration, cafe: Cafe) {
  const all = [...(await listGroup(db, registration)), { registration, cafe }].filter(
    (one) => one.registration.state === 'confirmed' || one.registration.state === 'waiting',
  )
  const kept = all.filter((one) => one.registration.state === 'confirmed')
  const dates = all.map(
    (one): DateParams => ({
      ...{ when: whenText(one.cafe), where: whereText(one.cafe) },
      ...{ online: linkFor(one.registration, one.cafe), hasSeat: kept.includes(one) },
    }),
  )
  const calendar = toCalendarEvent(...kept.map((one) => shownTo(one.registration, one.cafe)))
  return { params: { dates }, ...(kept.length > 0 && { calendar }) }
}

/**
 * Returns the calendar of a person who was moved to another date, or comes no more: the former entry leaves it, and the date
 * at which they now have a seat comes in. Both are of this instant, so that a calendar takes them whatever it had before.
 */
function formerParams(
  registration: Registration,
  { cafe, former, now }: { cafe: Cafe; former: Cafe | undefined; now: Temporal.Instant },
): LiveParams {
  const comes = registration.state === 'confirmed'
  const entries: Cafe[] = []
  if (former && !(comes && former.id === cafe.id)) {
    const statusNote =
      former.id === cafe.id
        ? 'vous n’êtes plus sur la liste.'
        : `votre inscription passe à une autre date, ${whenText(cafe)}`
    entries.push({ ...former, status: 'cancelled', statusNote })
  }
  if (comes) entries.push(shownTo(registration, cafe))
  const calendar = toCalendarEvent(...entries.map((each) => ({ ...each, updatedAt: now })))
  return { params: {}, ...(entries.length > 0 && { calendar }) }
}

/** A café as a person has it in their calendar: who comes online has the link that others do not see. */
const shownTo = (registration: Registration, cafe: Cafe): Cafe => ({
  ...cafe,
  onlineUrl: linkFor(registration, cafe) || cafe.onlineUrl,
})

/** Returns the address at which a person takes part online; empty where they come to the place, or only wait. */
const linkFor = ({ side, state }: Registration, cafe: Cafe): string =>
  sideOf(cafe, side) === 'online' && state === 'confirmed' && !isOff(cafe)
    ? (cafe.registrantsUrl ?? cafe.onlineUrl ?? '')
    : ''

const cafeParams = (registration: Registration, cafe: Cafe) => ({
  name: registration.name,
  title: cafe.title,
  when: whenText(cafe),
  where: whereText(cafe),
  online: linkFor(registration, cafe),
})

function reminderParams(
  registration: Registration,
  cafe: Cafe,
  { day, now }: { day: unknown; now: Temporal.Instant },
): Omit<ReminderParams, 'siteName'> | undefined {
  const start = startsAtPlace(cafe).toPlainDate()
  if (registration.state !== 'confirmed' || isOff(cafe) || start.toString() !== day)
    return undefined
  const today = now.toZonedDateTimeISO(cafe.timezone).toPlainDate()
  const days = today.until(start).days
  return { ...cafeParams(registration, cafe), days, seats: registration.seats }
}

type KnownParams = { before: KnownState; link: string }

function changeParams(
  registration: Registration,
  cafe: Cafe,
  { before, link }: KnownParams,
): Omit<ChangeParams, 'siteName' | 'hasFile'> | undefined {
  const standing = OPEN_STATES.find((state) => state === registration.state)
  const news = newsForRegistered(before, cafe)
  const said = cafeParams(registration, cafe)
  const isNewLink = said.online !== '' && said.online !== link
  if (standing === undefined || standing === 'unproven' || !(news || isNewLink)) return undefined
  return {
    ...said,
    news: news ?? { title: '', sentences: [] },
    isNewLink,
    note: cafe.statusNote ?? '',
    standing: isOff(cafe) ? (cafe.status === 'cancelled' ? 'cancelled' : 'postponed') : standing,
  }
}
