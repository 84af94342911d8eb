import { Hono, type Context as HonoContext } from 'hono'
import type { FieldMessage, FormValues } from '../../../ui/components/fields.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { ClosedPage, RegistrationFormPage } from '../../../ui/registrations/form-page.tsx'
import { RegisteredPage } from '../../../ui/registrations/registered-page.tsx'
import type { Context } from '../../context.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { limitOf } from '../../domain/limits/limits.ts'
import { findClosed } from '../../domain/registrations/registration.ts'
import { DomainError } from '../../domain/values/errors.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { RETENTION_DAYS } from '../../domain/values/retention.ts'
import { insertLink } from '../../store/accounts/links.ts'
import { findCafe } from '../../store/cafes/cafes.ts'
import { runStep } from '../../store/database/locks.ts'
import { uuidV7 } from '../../store/database/uuid.ts'
import { endHold, listDatesToRegister } from '../../store/registrations/groups.ts'
import { eraseDay } from '../../store/registrations/purge.ts'
import type { Seating } from '../../store/registrations/seating.ts'
import {
  type Asked,
  addRegistration,
  type Refused,
  type SeatEvent,
  withSeating,
} from '../../store/registrations/seats.ts'
import { findSettings } from '../../store/structures/site-settings.ts'
import { assertSameOrigin, limitBody, readForm, textOf, valuesOf } from '../http/forms.ts'
import { addressOf } from '../http/middleware.ts'
import { createNeighbourhoodLimit, createVisitorLimit } from '../http/rate-limit.ts'
import { findSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { appendSeatMails } from './mails.ts'
import { readRegistration, refusalMessage } from './read-form.ts'
import { sendAgain } from './sent-again.ts'
import { checkSignedForm, signForm } from './signed-form.ts'

/** The form by which a citizen registers at a café of this site. Its answers tell nobody whether an address is known. */
export function registrationFormRoutes(context: Context) {
  const own: Own = {
    ...context,
    byNetwork: createVisitorLimit(context.db, limitOf('registrations')),
    atCafe: createVisitorLimit(context.db, limitOf('registrations at a café')),
    byPhone: createNeighbourhoodLimit(context.db, limitOf('phone registrations')),
  }
  return new Hono<WebEnv>()
    .get('/:id/inscription', (c) => show(own, c))
    .post('/:id/inscription', limitBody(), (c) => take(own, c))
}

type VisitorLimit = ReturnType<typeof createVisitorLimit>
type Own = Context & { byNetwork: VisitorLimit; atCafe: VisitorLimit; byPhone: VisitorLimit }
type Asking = HonoContext<WebEnv>

async function show(context: Own, c: Asking) {
  c.header('Cache-Control', 'no-store')
  const cafe = await cafeOf(context, c)
  return (await closedPage(context, c, cafe)) ?? page(context, c, { cafe, values: { places: '1' } })
}

async function take(context: Own, c: Asking) {
  const { config, db, now, byNetwork, atCafe, byPhone } = context
  c.header('Cache-Control', 'no-store')
  assertSameOrigin(c, config)
  const form = await readForm(c)
  const cafe = await cafeOf(context, c)
  const closed = await closedPage(context, c, cafe)
  if (closed) return closed
  const site = await findSite(context, c)
  const { lang } = site
  const texts = messagesFor(lang).registration.form
  const shown = { cafe, values: valuesOf(form) }
  const read = readRegistration(form, { cafe, mailWorks: config.mail !== undefined, lang })
  if (read.messages) return page(context, c, { ...shown, messages: read.messages }, 422)
  if (textOf(form, 'encore') === 'corriger')
    return page(context, c, {
      cafe,
      values: { ...shown.values, avant: read.asked.formToken ?? '' },
    })
  const signed = await checkSignedForm(db, textOf(form, 'signature'), now())
  if (signed !== 'right' || textOf(form, 'site_web') !== '')
    return page(
      context,
      c,
      { ...shown, messages: [{ name: 'prenom', message: texts.tooFast }] },
      422,
    )
  const address = addressOf(c.env?.incoming, config)
  const anHour = await byNetwork(address)
  const isByPhone = read.asked.email === undefined
  const wait =
    anHour ?? (await atCafe(address, cafe.id)) ?? (isByPhone ? await byPhone(address) : undefined)
  if (wait !== undefined) {
    c.header('Retry-After', String(wait))
    const message = anHour === undefined ? texts.tooManyHere : texts.tooMany
    return page(context, c, { ...shown, messages: [{ name: 'prenom', message }] }, 429)
  }
  const { asked } = read
  if (textOf(form, 'encore') === 'renvoyer' && asked.email !== undefined) {
    await sendAgain(context, { cafe, email: asked.email, siteName: site.name })
    return c.html(<RegisteredPage {...{ site, ...shown }} isWaiting={false} isAgain />)
  }
  if (textOf(form, 'dates') !== 'toutes' || !cafe.registration.wholeSeries)
    return answer(context, c, shown, [{ cafe, asked }])
  const places = await listPlaces(context, form, { cafe, lang })
  const open: Place[] = []
  for (const place of places)
    if (place.cafe.id === cafe.id || (await atCafe(address, place.cafe.id)) === undefined)
      open.push(place)
  return answer(context, c, shown, open)
}

/** One café, and what is asked for there. */
type Place = { cafe: Cafe; asked: Asked }

/** Lists all dates to come of a series, with what the same form asks for at each. */
async function listPlaces(
  { db, config, now }: Own,
  form: FormData,
  { cafe, lang }: { cafe: Cafe; lang: Lang },
): Promise<Place[]> {
  const groupId = uuidV7(now())
  return (await listDatesToRegister(db, cafe, now())).flatMap((date) => {
    const read = readRegistration(form, { cafe: date, mailWorks: config.mail !== undefined, lang })
    return read.asked ? { cafe: date, asked: { ...read.asked, groupId } } : []
  })
}

async function answer(context: Own, c: Asking, { cafe, values }: Shown, places: readonly Place[]) {
  const { now, config, db } = context
  const site = await findSite(context, c)
  const done = await runStep(db, async (trx) => {
    await endHold(trx, String(values.avant ?? ''), now())
    const all: ({ event: SeatEvent; cafe: Cafe } | Refused)[] = []
    for (const place of places) {
      const added = await withSeating(trx, { cafeId: place.cafe.id, now: now() }, (seating) =>
        addOne(context, seating, place.asked),
      )
      if (added) all.push('free' in added ? added : { event: added, cafe: place.cafe })
    }
    const asked = all.filter((one) => 'event' in one)
    // The last date is kept longest, and the link with it.
    const last = asked.findLast(({ event }) => event.what !== 'asked-again') ?? asked.at(-1)
    if (!last) return all[0]
    const event = { ...last.event, dates: asked.length }
    await appendSeatMails(trx, { ...context, siteName: site.name }, last.cafe, [event])
    const code = await codeOf(trx, event, now())
    // A known address that was typed again is told by mail; the page is as it would be for any other.
    const refusals = all.map((one) => ('free' in one ? one : one.event.others))
    const isRefused = code === undefined && refusals.every((refused) => refused !== undefined)
    return isRefused ? refusals[0] : { event, code }
  })
  context.wake()
  if (!done) return (await closedPage(context, c, await cafeOf(context, c))) ?? c.notFound()
  if (!('code' in done) && !('free' in done)) return c.notFound()
  if ('free' in done) {
    const message = refusalMessage(done, messagesFor(site.lang))
    return page(context, c, { cafe, values, messages: [message] }, 422)
  }
  const { event, code } = done
  return c.html(
    <RegisteredPage
      {...{ site, cafe, values }}
      isWaiting={event.registration.state === 'waiting'}
      {...(code && { code, address: config.origin + paths.findRegistration })}
    />,
  )
}

const addOne = async (
  { config }: Own,
  seating: Seating,
  asked: Asked,
): Promise<SeatEvent | Refused | undefined> =>
  findClosed(seating.cafe, seating.now)
    ? undefined
    : addRegistration(seating, { ...asked, mayProve: config.mail !== undefined })

/** A person without a mailbox gets a code, which the page alone shows. */
const codeOf = (
  trx: Parameters<typeof insertLink>[0],
  { registration }: SeatEvent,
  now: Temporal.Instant,
): Promise<string | undefined> | undefined =>
  registration.email === undefined
    ? insertLink(trx, { purpose: 'registration', subject: registration.id, isFilledIn: true }, now)
    : undefined

async function cafeOf({ db }: Own, c: Asking): Promise<Cafe> {
  const cafe = await findCafe(db, c.req.param('id') ?? '')
  if (cafe?.publication !== 'published' || cafe.hiddenReason)
    throw new DomainError('not_found', 'cafes.not_yours')
  return cafe
}

async function closedPage(context: Own, c: Asking, cafe: Cafe) {
  const closed = findClosed(cafe, context.now())
  if (!closed) return undefined
  const site = await findSite(context, c)
  const text = messagesFor(site.lang).registration.closed[closed]
  return c.html(<ClosedPage {...{ site, cafe, text }} />, 409)
}

type Shown = { cafe: Cafe; values: FormValues; messages?: FieldMessage[] }

async function page(
  context: Own,
  c: Asking,
  { cafe, values, messages = [] }: Shown,
  status: 200 | 422 | 429 = 200,
) {
  const { db, now, config } = context
  const sent = typeof values.signature === 'string' ? values.signature : ''
  // A form that was sent too early keeps its signature, so that sending it again is in time.
  const isKept = sent !== '' && (await checkSignedForm(db, sent, now())) !== 'too-old'
  const eraseOn = eraseDay(cafe, config)
  return c.html(
    <RegistrationFormPage
      site={await findSite(context, c)}
      {...{ cafe, values, messages }}
      dates={
        cafe.registration.wholeSeries ? (await listDatesToRegister(db, cafe, now())).length : 1
      }
      mailWorks={config.mail !== undefined}
      signature={isKept ? sent : await signForm(db, now())}
      eraseOn={eraseOn}
      dataContact={(await findSettings(db)).legal.dataContact}
      lastOn={config.backups.areDaily ? eraseOn.add({ days: RETENTION_DAYS.backup }) : undefined}
    />,
    status,
  )
}
