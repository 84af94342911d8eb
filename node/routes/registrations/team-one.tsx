import { Hono, type Context as HonoContext } from 'hono'
import type { FieldMessage } from '../../../ui/components/fields.tsx'
import { type Messages, messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import {
  CANCEL_REASON_MAX,
  TeamRegistrationPage,
} from '../../../ui/registrations/team-one-page.tsx'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { findClosed, type Registration } from '../../domain/registrations/registration.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { findRegistration } from '../../store/registrations/registrations.ts'
import { isOpen, type Seating } from '../../store/registrations/seating.ts'
import {
  answerOffer,
  changeSeats,
  endRegistration,
  type SeatEvent,
  shareSeats,
  updateOffers,
  withSeating,
} from '../../store/registrations/seats.ts'
import { confirmByTeam, moveRegistration } from '../../store/registrations/team-seats.ts'
import { findSeriesByUri, listOpenDates } from '../../store/series/series.ts'
import { withFlash } from '../http/flash.ts'
import { textOf, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { nameOfSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { appendSeatMails } from './mails.ts'
import { readSeats, refusalMessage } from './read-form.ts'
import { cafeOfAddress, readRegistrations } from './team-view.ts'

/** One registration, for the team of its café: it is confirmed, changed, moved to another date, or cancelled. */
export const teamRegistrationRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/:id/inscrits/:registration', (c) => show(context, c))
    .post('/:id/inscrits/:registration', (c) => act(context, c))

type Asked = HonoContext<WebEnv>

/** Returns what changes when somebody decides about a registration. */
const versionOf = ({ state, seats, heldUntil }: Registration): string =>
  [state, seats, heldUntil ?? '-'].join(' ')

type Shown = { messages?: FieldMessage[]; status?: 200 | 409 | 422 }

async function show(context: Context, c: Asked, { messages = [], status = 200 }: Shown = {}) {
  const { now } = context
  const cafe = await cafeOfAddress(context, c)
  const { all } = await readRegistrations(context, c.var.admin, cafe)
  const one = all.find(({ id }) => id === c.req.param('registration'))
  if (!one) throw new DomainError('gone', 'registrations.gone')
  return c.html(
    <TeamRegistrationPage
      {...(await adminPropsFor(context, c))}
      {...{ cafe, one, messages }}
      version={versionOf(one)}
      dates={await listOtherDates(context, cafe)}
      isOpen={findClosed(cafe, now()) === undefined}
      values={messages.length > 0 ? valuesOf(c.var.form) : {}}
    />,
    status,
  )
}

/** Lists the other dates of the series of a café to which one can register. */
async function listOtherDates({ db, now }: Context, cafe: Cafe): Promise<Cafe[]> {
  const series = cafe.series === undefined ? undefined : await findSeriesByUri(db, cafe.series)
  const dates = series ? await listOpenDates(db, series, now()) : []
  return dates
    .flatMap((date) => date.cafe ?? [])
    .filter((other) => other.id !== cafe.id && !findClosed(other, now()))
}

type Acted = { events: readonly SeatEvent[] } | { problem: FieldMessage } | { isStale: true }

async function act(context: Context, c: Asked) {
  const cafe = await cafeOfAddress(context, c)
  const id = c.req.param('registration') ?? ''
  const t = messagesFor(languageOf(c))
  const siteName = await nameOfSite(context)
  const otherDates = await listOtherDates(context, cafe)
  const acted = await shareSeats(context, cafe.id, async (seating): Promise<Acted> => {
    const one = await findRegistration(seating.trx, id)
    if (one?.cafeId !== cafe.id) throw new DomainError('gone', 'registrations.gone')
    if (versionOf(one) !== textOf(c.var.form, 'version')) return { isStale: true }
    if (findClosed(seating.cafe, seating.now))
      return { problem: { name: 'act', message: t.registrationTeam.one.closed } }
    const done = await decide({ seating, one, form: c.var.form, otherDates, t })
    if (!('events' in done)) return done
    const events = [...done.events, ...(await updateOffers(seating))]
    await notify(seating, { context, siteName, events })
    return { events }
  })
  if (!acted || 'isStale' in acted)
    return show(context, c, {
      messages: [{ name: 'act', message: t.registrationTeam.one.changed }],
      status: 409,
    })
  if ('problem' in acted) return show(context, c, { messages: [acted.problem], status: 422 })
  context.wake()
  return c.redirect(withFlash(paths.registrations(cafe.id), 'done'), 303)
}

/** Tells each person what happened; who was moved hears of the café to which they were. */
async function notify(
  { trx, cafe }: Seating,
  {
    context,
    siteName,
    events,
  }: { context: Context; siteName: string; events: readonly SeatEvent[] },
): Promise<void> {
  for (const event of events)
    await appendSeatMails(trx, { ...context, siteName }, event.movedTo ?? cafe, [event])
}

type Deciding = {
  seating: Seating
  one: Registration
  form: FormData
  otherDates: readonly Cafe[]
  t: Messages
}

async function decide(asked: Deciding): Promise<Acted> {
  const { seating, one, form, t } = asked
  const texts = t.registrationTeam.one
  const doneOrFree = (done: SeatEvent | { free: number } | undefined, name: string): Acted =>
    done === undefined
      ? { isStale: true }
      : 'free' in done
        ? { problem: { name, message: texts.notEnough(done.free) } }
        : { events: [done] }
  switch (textOf(form, 'act')) {
    case 'confirm':
      return doneOrFree(await confirmByTeam(seating, one), 'act')
    case 'decline':
      return doneOrFree(await answerOffer(seating, { registration: one, isAccepted: false }), 'act')
    case 'seats':
      return saveSeats(asked)
    case 'move':
      return move(asked)
    case 'cancel':
      return cancel(asked)
    default:
      return { isStale: true }
  }
}

async function saveSeats({ seating, one, form, t }: Deciding): Promise<Acted> {
  const seats = readSeats(form)
  if (seats === undefined)
    return { problem: { name: 'places', message: t.registration.form.placesWrong } }
  const done = await changeSeats(seating, { registration: one, seats })
  if ('free' in done)
    return { problem: { name: 'places', message: t.registrationTeam.one.notEnough(done.free) } }
  const { registration } = done
  const isTold = registration.state === 'confirmed' && registration.seats !== one.seats
  return { events: isTold ? [{ what: 'confirmed', registration }] : [] }
}

async function move({ seating: from, one, form, otherDates, t }: Deciding): Promise<Acted> {
  const texts = t.registrationTeam.one
  const date = otherDates.find(({ id }) => id === textOf(form, 'date'))
  if (one.state === 'unproven' || !isOpen(one)) return { isStale: true }
  if (!date) return { problem: { name: 'date', message: texts.noDate } }
  const moved = await withSeating(from.trx, { cafeId: date.id, now: from.now }, (to) =>
    moveRegistration({ from, to }, one),
  )
  if (moved === undefined) return { problem: { name: 'date', message: texts.noDate } }
  if (moved === 'known') return { problem: { name: 'date', message: texts.knownThere } }
  if ('free' in moved) return { problem: refusalMessage(moved, t, 'date') }
  return { events: [moved] }
}

async function cancel({ seating, one, form, t }: Deciding): Promise<Acted> {
  const texts = t.registrationTeam.one
  const reason = textOf(form, 'reason').trim()
  if (reason === '') return { problem: { name: 'reason', message: texts.reasonMissing } }
  if (reason.length > CANCEL_REASON_MAX)
    return { problem: { name: 'reason', message: texts.reasonLong(CANCEL_REASON_MAX) } }
  const event = await endRegistration(seating, one)
  return event ? { events: [{ ...event, reason }] } : { isStale: true }
}
