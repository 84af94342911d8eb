import { Hono, type Context as HonoContext } from 'hono'
import { NoticePage } from '../../../ui/components/notice-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { type OwnRegistrationAction, paths } from '../../../ui/paths.ts'
import { FindRegistrationPage, OwnRegistrationPage } from '../../../ui/registrations/own-page.tsx'
import type { Context } from '../../context.ts'
import { limitOf } from '../../domain/limits/limits.ts'
import { findClosed, type Registration } from '../../domain/registrations/registration.ts'
import { listRanks } from '../../domain/registrations/seating.ts'
import { findLink } from '../../store/accounts/links.ts'
import { findCafe } from '../../store/cafes/cafes.ts'
import { listPresence } from '../../store/registrations/attendance.ts'
import { listGroup } from '../../store/registrations/groups.ts'
import {
  deleteRegistration,
  findRegistration,
  listAnswers,
  listNeeds,
  listSeats,
} from '../../store/registrations/registrations.ts'
import type { Seating } from '../../store/registrations/seating.ts'
import {
  answerOffer,
  changeSeats,
  confirmRegistration,
  endRegistration,
  type SeatEvent,
  shareSeats,
  updateOffers,
  withSeating,
} from '../../store/registrations/seats.ts'
import { assertSameOrigin, limitBody, readForm, textOf } from '../http/forms.ts'
import { deadLink, withSecretAddress } from '../http/link-pages.tsx'
import { addressOf } from '../http/middleware.ts'
import { createVisitorLimit } from '../http/rate-limit.ts'
import { findSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { appendSeatMails } from './mails.ts'
import { readSeats } from './read-form.ts'

/**
 * A person's own registration, by the link of a mail or the code that they keep. GET changes nothing, since programs that
 * check mails open links.
 */
export function ownRegistrationRoutes(context: Context) {
  const own: Own = {
    ...context,
    tries: createVisitorLimit(context.db, limitOf('registration codes')),
  }
  return new Hono<WebEnv>()
    .use(paths.registration(':token'), withSecretAddress())
    .use(paths.registration(':token', ':action' as OwnRegistrationAction), withSecretAddress())
    .get(paths.findRegistration, (c) => askForCode(own, c))
    .post(paths.findRegistration, limitBody(), (c) => openByCode(own, c))
    .get(paths.registration(':token'), (c) => show(own, c))
    .get(paths.registration(':token', 'donnees.json'), (c) => sendData(own, c))
    .post(paths.registration(':token'), limitBody(), (c) => act(own, c, 'confirmer'))
    .post(paths.registration(':token', ':action' as OwnRegistrationAction), limitBody(), (c) =>
      act(own, c),
    )
}

type Own = Context & { tries: ReturnType<typeof createVisitorLimit> }
type Asked = HonoContext<WebEnv>

async function askForCode(context: Own, c: Asked, code = '', problem?: string) {
  c.header('Cache-Control', 'no-store')
  const site = await findSite(context, c)
  return c.html(<FindRegistrationPage {...{ site, code, problem }} />, problem ? 422 : 200)
}

async function openByCode(context: Own, c: Asked) {
  assertSameOrigin(c, context.config)
  const code = textOf(await readForm(c), 'code').trim()
  const { registration: texts } = messagesFor((await findSite(context, c)).lang)
  const wait = await context.tries(addressOf(c.env?.incoming, context.config))
  if (wait !== undefined) return askForCode(context, c, code, texts.form.tooMany)
  const link = await findLink(context.db, { token: code, purpose: 'registration' }, context.now())
  if ('dead' in link) return askForCode(context, c, code, texts.find.unknown)
  return c.redirect(paths.registration(encodeURIComponent(code.toLowerCase())), 303)
}

/** Finds the registration of the address. */
async function registrationOf({ db, now }: Own, c: Asked) {
  const token = c.req.param('token') ?? ''
  const link = await findLink(db, { token, purpose: 'registration' }, now())
  if ('dead' in link) return link
  const registration = await findRegistration(db, link.subject)
  return registration ? { token, registration } : { dead: 'unknown' as const }
}

type Done = keyof ReturnType<typeof messagesFor>['registration']['own']['done']

async function show(context: Own, c: Asked, done?: Done, problem?: string) {
  const found = await registrationOf(context, c)
  if ('dead' in found) return deadLink(context, c, 'registration', found)
  const { registration, token } = found
  const { db, now } = context
  const cafe = await findCafe(db, registration.cafeId)
  if (!cafe) return deadLink(context, c, 'registration', { dead: 'unknown' })
  const site = await findSite(context, c)
  const needs = (await listNeeds(db, cafe.id)).get(registration.id) ?? []
  const rank = listRanks(cafe, await listSeats(db, cafe.id)).get(registration.id)
  return c.html(
    <OwnRegistrationPage
      {...{ site, cafe, registration, needs, rank, token, problem }}
      answers={await listAnswers(db, registration.id)}
      group={await listGroup(db, registration)}
      closed={findClosed(cafe, now())}
      done={done && messagesFor(site.lang).registration.own.done[done]}
    />,
    problem ? 422 : 200,
  )
}

async function sendData(context: Own, c: Asked) {
  const found = await registrationOf(context, c)
  if ('dead' in found) return deadLink(context, c, 'registration', found)
  const { registration } = found
  const { formToken, ...said } = registration
  const needs = (await listNeeds(context.db, registration.cafeId)).get(registration.id) ?? []
  const answers = await listAnswers(context.db, registration.id)
  const group = await listGroup(context.db, registration)
  const otherDates = group.map(({ registration: { formToken: _, ...other } }) => other)
  c.header('Content-Disposition', 'attachment; filename="inscription.json"')
  // How many came, where the team has counted.
  const present = (await listPresence(context.db, registration.cafeId)).get(registration.id)
  return c.json({ ...said, needs, answers, present, otherDates })
}

type Acted = { done: Done; events: (SeatEvent | undefined)[] } | { free: number } | { gone: true }

/** What a person does to their registration, by the last part of the address. */
const ACTS: Record<
  string,
  (
    seating: Seating,
    one: Registration,
    asked: { form: FormData; mayProve: boolean },
  ) => Promise<Acted>
> = {
  confirmer: async (seating, one) => {
    const event = await confirmRegistration(seating, one)
    const isWaiting = (event?.registration ?? one).state === 'waiting'
    const others = await listGroup(seating.trx, one)
    if (event && others.length > 0) {
      // A date that was cancelled, or has begun, since they were asked for is nobody's seat any more.
      const open = others.filter(({ cafe }) => findClosed(cafe, seating.now) === undefined)
      await forEachOther(seating, open, confirmRegistration)
      return { done: 'confirmed', events: [{ ...event, what: 'all-dates' }] }
    }
    return { done: isWaiting ? 'waiting' : 'confirmed', events: [event] }
  },
  accepter: async (seating, registration) => {
    const event = await answerOffer(seating, { registration, isAccepted: true })
    return {
      done: event || registration.state === 'confirmed' ? 'confirmed' : 'late',
      events: [event],
    }
  },
  laisser: async (seating, registration) => {
    const event = await answerOffer(seating, { registration, isAccepted: false })
    return { done: event ? 'declined' : 'late', events: await updateOffers(seating) }
  },
  annuler: async (seating, one) => {
    const event = await endRegistration(seating, one)
    return { done: 'cancelled', events: [event, ...(await updateOffers(seating))] }
  },
  places: async (seating, registration, { form, mayProve }) => {
    const seats = readSeats(form)
    if (seats === undefined) return { free: 0 }
    const changed = await changeSeats(seating, { registration, seats, mayProve })
    if ('free' in changed) return changed
    return { done: 'changed', events: await updateOffers(seating) }
  },
  effacer: async (seating, one) => {
    const others = await listGroup(seating.trx, one)
    await eraseOne(seating, one)
    // Who waits for the seats of the other dates is offered them within a minute.
    await forEachOther(seating, others, eraseOne)
    const events = await updateOffers(seating)
    return { done: 'erased', events }
  },
}

async function eraseOne(seating: Seating, one: Registration): Promise<void> {
  await endRegistration(seating, one)
  await deleteRegistration(seating.trx, one.id)
}

/** Does the same to the other dates of a series that were asked for together, in the same step. */
async function forEachOther(
  { trx, now }: Seating,
  others: Awaited<ReturnType<typeof listGroup>>,
  work: (seating: Seating, one: Registration) => Promise<unknown>,
): Promise<void> {
  for (const { registration } of others)
    await withSeating(trx, { cafeId: registration.cafeId, now }, (seating) =>
      work(seating, registration),
    )
}

/** What a person is written even where they caused it: a confirmation, and an offer whose time runs. */
const OWN_NEWS: readonly SeatEvent['what'][] = ['confirmed', 'offered', 'all-dates']

/** What stays possible when the café has begun, or does not take place. */
const ALWAYS = ['annuler', 'effacer']

async function act(context: Own, c: Asked, action = c.req.param('action') ?? '') {
  const { config, now } = context
  assertSameOrigin(c, config)
  const form = await readForm(c)
  const work = Object.hasOwn(ACTS, action) ? ACTS[action] : undefined
  const found = await registrationOf(context, c)
  if ('dead' in found) return deadLink(context, c, 'registration', found)
  if (!work) return c.notFound()
  const site = await findSite(context, c)
  const { own: texts, back } = messagesFor(site.lang).registration
  const asked = action === 'annuler' ? textOf(form, 'inscription') : ''
  const group = await listGroup(context.db, found.registration)
  const { id, cafeId } =
    group.find(({ registration }) => registration.id === asked)?.registration ?? found.registration
  const acted = await shareSeats(context, cafeId, async (seating): Promise<Acted> => {
    const one = await findRegistration(seating.trx, id)
    if (!one || (findClosed(seating.cafe, now()) && !ALWAYS.includes(action))) return { gone: true }
    const result = await work(seating, one, { form, mayProve: config.mail !== undefined })
    if ('events' in result) {
      // Who acts by their own link reads on the page what they did.
      const told = result.events
        .filter((event) => event !== undefined)
        .filter(({ what, registration }) => registration.id !== id || OWN_NEWS.includes(what))
      await appendSeatMails(seating.trx, { ...context, siteName: site.name }, seating.cafe, told)
    }
    return result
  })
  context.wake()
  if (!acted || 'gone' in acted) return show(context, c)
  if ('free' in acted) return show(context, c, undefined, texts.notEnough(acted.free))
  if (acted.done === 'erased')
    return c.html(
      <NoticePage
        {...{ site, title: texts.title, text: texts.done.erased }}
        isDone
        back={{ href: paths.cafe(cafeId), label: back }}
      />,
    )
  return show(context, c, acted.done)
}
