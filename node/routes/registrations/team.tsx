import { Hono, type Context as HonoContext } from 'hono'
import type { FieldMessage, FormValues } from '../../../ui/components/fields.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { SheetPage } from '../../../ui/registrations/sheet-page.tsx'
import {
  REGISTRATION_TABS,
  RegistrationsPage,
  type RegistrationTab,
} from '../../../ui/registrations/team-page.tsx'
import type { Context } from '../../context.ts'
import { findNoShowRate } from '../../domain/registrations/attendance.ts'
import {
  findClosed,
  type Registration,
  sideOf,
  sidesOf,
} from '../../domain/registrations/registration.ts'
import { pageOf } from '../../store/database/list-page.ts'
import { findAttendance, listAttendance } from '../../store/registrations/attendance.ts'
import { eraseDay } from '../../store/registrations/purge.ts'
import { countAnswers } from '../../store/registrations/registrations.ts'
import { addRegistration, shareSeats } from '../../store/registrations/seats.ts'
import { hasWords, searchWords } from '../../store/search-index/fold-words.ts'
import { withFlash } from '../http/flash.ts'
import { valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { readListQuery } from '../http/read-page.ts'
import { nameOfSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { countRoutes } from './count.tsx'
import { appendSeatMails } from './mails.ts'
import { messageRoutes } from './message.tsx'
import { readAdded, refusalMessage } from './read-form.ts'
import { tableRoutes } from './table.ts'
import { teamRegistrationRoutes } from './team-one.tsx'
import { cafeOfAddress, inOrderOfNames, readRegistrations } from './team-view.ts'

const PAGE_SIZE = 100
/** Of how many cafés the average of those who do not come is. */
const COUNTS_READ = 12

/** Who comes to a café of ours, for its team: the list, those whom the team adds, and the sheet to print. */
export const registrationRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/:id/inscrits', (c) => show(context, c))
    .post('/:id/inscrits', (c) => add(context, c))
    .get('/:id/feuille', (c) => showSheet(context, c))
    .route('/', tableRoutes(context))
    .route('/', messageRoutes(context))
    .route('/', countRoutes(context))
    .route('/', teamRegistrationRoutes(context))

type Asked = HonoContext<WebEnv>

type Typed = { values?: FormValues; messages?: FieldMessage[] }

async function show(context: Context, c: Asked, { values = {}, messages = [] }: Typed = {}) {
  const { db } = context
  const cafe = await cafeOfAddress(context, c)
  const { page, ...query } = readListQuery(c, REGISTRATION_TABS, 'coming')
  const { all, totals, needs } = await readRegistrations(context, c.var.admin, cafe)
  const words = searchWords(query.words)
  const inTab = (tab: RegistrationTab) => all.filter((one) => TABS[one.state] === tab)
  const rows = inTab(query.state).filter(({ name, email, phone, handle }) =>
    hasWords(`${name} ${email ?? ''} ${phone ?? ''} ${handle ?? ''}`, words),
  )
  return c.html(
    <RegistrationsPage
      {...(await adminPropsFor(context, c))}
      {...{ cafe, query, needs, totals, values, messages }}
      counts={{
        coming: inTab('coming').length,
        waiting: inTab('waiting').length,
        over: inTab('over').length,
      }}
      found={pageOf(rows, { page, size: PAGE_SIZE })}
      answers={await countAnswers(context.db, cafe.id)}
      attendance={await findAttendance(db, cafe.id)}
      noShows={findNoShowRate(await listAttendance(db, c.var.admin.organization.id, COUNTS_READ))}
      eraseOn={eraseDay(cafe, context.config)}
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

async function add(context: Context, c: Asked) {
  const { form } = c.var
  const cafe = await cafeOfAddress(context, c)
  const read = readAdded(form, { cafe, lang: languageOf(c) })
  if (read.messages) return show(context, c, { values: valuesOf(form), messages: read.messages })
  const siteName = await nameOfSite(context)
  const texts = messagesFor(languageOf(c))
  const problem = await shareSeats(context, cafe.id, async (seating) => {
    const closed = findClosed(seating.cafe, seating.now)
    if (closed) return { name: 'prenom', message: texts.registration.closed[closed] }
    const event = await addRegistration(seating, read.asked)
    if ('free' in event) return refusalMessage(event, texts)
    if (event.what === 'asked-again')
      return { name: 'contact', message: texts.registrationTeam.known }
    await appendSeatMails(seating.trx, { ...context, siteName }, seating.cafe, [event])
    return undefined
  })
  if (problem) return show(context, c, { values: valuesOf(form), messages: [problem] })
  context.wake()
  return c.redirect(withFlash(paths.registrations(cafe.id), 'done'), 303)
}

async function showSheet(context: Context, c: Asked) {
  const cafe = await cafeOfAddress(context, c)
  const { all, totals } = await readRegistrations(context, c.var.admin, cafe)
  const [side] = sidesOf(cafe)
  const coming = all.filter((one) => one.state === 'confirmed' && sideOf(cafe, one.side) === side)
  return c.html(
    <SheetPage
      {...(await adminPropsFor(context, c))}
      {...{ cafe, side, totals }}
      coming={inOrderOfNames(coming)}
      eraseOn={eraseDay(cafe, context.config)}
      now={context.now()}
    />,
  )
}
