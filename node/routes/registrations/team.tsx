import { Hono, type Context as HonoContext } from 'hono'
import type { FieldMessage, FormValues } from '../../../ui/components/fields.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import {
  REGISTRATION_TABS,
  RegistrationsPage,
  type RegistrationTab,
  type SeatTotals,
} from '../../../ui/registrations/team-page.tsx'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import {
  findClosed,
  type Need,
  type Registration,
  sidesOf,
} from '../../domain/registrations/registration.ts'
import { countTaken, listRanks } from '../../domain/registrations/seating.ts'
import { pageOf } from '../../store/database/list-page.ts'
import { eraseDay } from '../../store/registrations/purge.ts'
import {
  findRegistration,
  listNeeds,
  listRegistrations,
} from '../../store/registrations/registrations.ts'
import {
  addRegistration,
  endRegistration,
  shareSeats,
  updateOffers,
} from '../../store/registrations/seats.ts'
import { hasWords, searchWords } from '../../store/search-index/fold-words.ts'
import { withFlash } from '../http/flash.ts'
import { valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { readListQuery } from '../http/read-page.ts'
import { nameOfSite } from '../http/site.ts'
import { cafeForEditing, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { appendSeatMails } from './mails.ts'
import { readAdded } from './read-form.ts'

const PAGE_SIZE = 100

/** Who comes to a café of ours, for its team: the list, and those whom the team adds or cancels. */
export const registrationRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/:id/inscrits', (c) => show(context, c))
    .post('/:id/inscrits', (c) => add(context, c))
    .post('/:id/inscrits/:registration/annuler', (c) => cancel(context, c))

type Asked = HonoContext<WebEnv>

const cafeOf = (context: Context, c: Asked): Promise<Cafe> =>
  cafeForEditing(context, c.var.admin, c.req.param('id') ?? '')

type Typed = { values?: FormValues; messages?: FieldMessage[] }

async function show(context: Context, c: Asked, { values = {}, messages = [] }: Typed = {}) {
  const { db, now } = context
  const cafe = await cafeOf(context, c)
  const { page, ...query } = readListQuery(c, REGISTRATION_TABS, 'coming')
  const all = await listRegistrations(db, cafe.id)
  const needs = await listNeeds(db, cafe.id)
  const words = searchWords(query.words)
  const inTab = (tab: RegistrationTab) => all.filter((one) => tabOf(one) === tab)
  const rows = inTab(query.state).filter(({ name, email, phone, handle }) =>
    hasWords(`${name} ${email ?? ''} ${phone ?? ''} ${handle ?? ''}`, words),
  )
  return c.html(
    <RegistrationsPage
      {...(await adminPropsFor(context, c))}
      {...{ cafe, query, needs, values, messages }}
      counts={{
        coming: inTab('coming').length,
        waiting: inTab('waiting').length,
        over: inTab('over').length,
      }}
      found={pageOf(rows, { page, size: PAGE_SIZE })}
      ranks={listRanks(cafe, all)}
      totals={totalsOf(cafe, all, needs, now())}
      eraseOn={eraseDay(cafe)}
    />,
    messages.length > 0 ? 422 : 200,
  )
}

const TABS: Record<Registration['state'], RegistrationTab> = {
  unproven: 'coming',
  confirmed: 'coming',
  offered: 'waiting',
  waiting: 'waiting',
  cancelled: 'over',
  lapsed: 'over',
}
const tabOf = ({ state }: Registration): RegistrationTab => TABS[state]

function totalsOf(
  cafe: Cafe,
  all: readonly Registration[],
  needs: ReadonlyMap<string, readonly Need[]>,
  now: Temporal.Instant,
): SeatTotals {
  const seatsOf = (state: Registration['state']) =>
    all.reduce((sum, one) => sum + (one.state === state ? one.seats : 0), 0)
  const confirmed = seatsOf('confirmed')
  const needed = new Map<Need, number>()
  for (const { id, state } of all)
    if (state === 'confirmed')
      for (const need of needs.get(id) ?? []) needed.set(need, (needed.get(need) ?? 0) + 1)
  return {
    ...{ confirmed, needs: needed },
    // On both sides together there is no number that could be passed.
    capacity: sidesOf(cafe).length > 1 ? undefined : cafe.registration.capacity,
    held: countTaken(all, now) - confirmed,
    waiting: seatsOf('waiting'),
  }
}

async function add(context: Context, c: Asked) {
  const { form } = c.var
  const cafe = await cafeOf(context, c)
  const read = readAdded(form, { cafe, lang: languageOf(c) })
  if (read.messages) return show(context, c, { values: valuesOf(form), messages: read.messages })
  const siteName = await nameOfSite(context)
  const texts = messagesFor(languageOf(c)).registration
  const problem = await shareSeats(context, cafe.id, async (seating) => {
    const closed = findClosed(seating.cafe, seating.now)
    if (closed) return { name: 'prenom', message: texts.closed[closed] }
    const event = await addRegistration(seating, read.asked)
    if ('free' in event) return { name: 'places', message: texts.form.notEnough(event.free) }
    if (event.what === 'asked-again') return { name: 'contact', message: texts.team.known }
    await appendSeatMails(seating.trx, { ...context, siteName }, seating.cafe, [event])
    return undefined
  })
  if (problem) return show(context, c, { values: valuesOf(form), messages: [problem] })
  context.wake()
  return c.redirect(withFlash(paths.registrations(cafe.id), 'done'), 303)
}

async function cancel(context: Context, c: Asked) {
  const cafe = await cafeOf(context, c)
  const id = c.req.param('registration') ?? ''
  const siteName = await nameOfSite(context)
  await shareSeats(context, cafe.id, async (seating) => {
    const one = await findRegistration(seating.trx, id)
    if (one?.cafeId !== cafe.id) return
    const event = await endRegistration(seating, one)
    const events = [...(event ? [event] : []), ...(await updateOffers(seating))]
    await appendSeatMails(seating.trx, { ...context, siteName }, seating.cafe, events)
  })
  context.wake()
  return c.redirect(withFlash(paths.registrations(cafe.id), 'done'), 303)
}
