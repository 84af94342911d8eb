import { Hono, type Context as HonoContext } from 'hono'
import { draftMail } from '../../../ui/admin/mail-templates.ts'
import { NoticePage } from '../../../ui/components/notice-page.tsx'
import { AskFacilitatorPage, FacilitatorsPage } from '../../../ui/facilitators/list-page.tsx'
import { FacilitatorPage, type WriteForm } from '../../../ui/facilitators/profile-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { type Facilitator, visibleTo } from '../../domain/facilitators/facilitator.ts'
import { facilitatorPageId } from '../../domain/facilitators/facilitator-page.ts'
import { limitOf } from '../../domain/limits/limits.ts'
import { toEmail } from '../../store/accounts/accounts.ts'
import { type Database, inTransaction } from '../../store/database/database.ts'
import { hasRoomForNewcomer } from '../../store/directory/newcomers.ts'
import { findLedCafes, listCafesOf } from '../../store/facilitators/cafe-facilitators.ts'
import { findGoneAt } from '../../store/facilitators/erasures.ts'
import { findOwnFacilitator } from '../../store/facilitators/facilitators.ts'
import {
  appendFacilitatorMail,
  mayAskForLink,
  PROFILE_LINK_MAIL,
} from '../../store/facilitators/mails.ts'
import { insertNewcomer, listFacilitatorsByEmail } from '../../store/facilitators/own-profiles.ts'
import { listFacilitators } from '../../store/facilitators/search.ts'
import { toListed } from '../cafes/cards.ts'
import {
  type Message,
  problemsOfEmail,
  problemsOfText,
  readMessage,
  relayMessage,
} from '../http/contact-form.ts'
import { assertSameOrigin, limitBody, readForm, textOf, valuesOf } from '../http/forms.ts'
import { addressOf } from '../http/middleware.ts'
import { createReaderLimit, createVisitorLimit } from '../http/rate-limit.ts'
import { findPublicStructure, findSite, nameOfSite } from '../http/site.ts'
import { labelOfCode } from '../http/territory-links.ts'
import { findMandatesOf } from '../territories/referents.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { answerGone } from './facilitator-gone.tsx'

/** The maximum number of people in the list; a directory, which has more, has a search. */
const LISTED = 200
const CAFES = 20

/** A place's own animatrices and animateurs: who agreed to be shown, how to write to them, and how to become one. */
export function facilitatorRoutes(context: Context) {
  const { db } = context
  const own: Own = {
    ...context,
    requests: createVisitorLimit(db, limitOf('profile requests')),
    messages: createVisitorLimit(db, limitOf('messages of a place')),
    mayWriteTo: createReaderLimit(db, { ...limitOf('visitors to a person'), name: 'own person' }),
    mailWorks: context.config.mail !== undefined,
  }
  return new Hono<WebEnv>()
    .get(paths.facilitators, (c) => showList(own, c))
    .get(paths.askFacilitator, (c) => showRequest(own, c, 'appear'))
    .post(paths.askFacilitator, limitBody(), (c) => takeRequest(own, c, 'appear'))
    .get(paths.ownProfileLink, (c) => showRequest(own, c, 'link'))
    .post(paths.ownProfileLink, limitBody(), (c) => takeRequest(own, c, 'link'))
    .get(paths.facilitator(':handle'), (c) => showProfile(own, c))
    .post(paths.writeToFacilitator(':handle'), limitBody(), (c) => takeMessage(own, c))
}

type Own = Context & {
  requests: ReturnType<typeof createVisitorLimit>
  messages: ReturnType<typeof createVisitorLimit>
  mayWriteTo: ReturnType<typeof createReaderLimit>
  mailWorks: boolean
}
type Asked = HonoContext<WebEnv>
type Request = 'appear' | 'link'
/** What is wrong with a form, with what was typed into it. */
type Refused = Partial<Pick<WriteForm, 'values' | 'messages'>> & { status?: 200 | 422 | 429 }

async function showList(context: Own, c: Asked) {
  const { db, now } = context
  const { facilitators } = await listFacilitators(db, {
    audience: 'public',
    now: now(),
    isOurs: true,
    limit: LISTED,
  })
  return c.html(
    <FacilitatorsPage
      site={await findSite(context, c)}
      people={facilitators.map((facilitator) => ({
        facilitator,
        territory: labelOfCode(facilitator.territory),
        href: paths.facilitator(facilitatorPageId(facilitator)),
      }))}
      signedIn={(await findAdmin(c, context)) !== undefined}
    />,
  )
}

async function showRequest(context: Own, c: Asked, asked: Request, refused: Refused = {}) {
  const site = await findSite(context, c)
  const { values = {}, messages = [], status = 200 } = refused
  return c.html(<AskFacilitatorPage {...{ site, asked, values, messages }} />, status)
}

async function takeRequest(context: Own, c: Asked, asked: Request) {
  c.header('Cache-Control', 'no-store')
  const { origin } = context.config
  assertSameOrigin(c, context.config)
  const form = await readForm(c)
  const { lang } = await findSite(context, c)
  const email = toEmail(textOf(form, 'email'))
  const name = textOf(form, 'name')
  const wrong = [
    ...(asked === 'appear' ? problemsOfText('name', name, 80, lang) : []),
    ...problemsOfEmail(email, lang),
  ]
  const values = valuesOf(form)
  if (wrong.length > 0)
    return showRequest(context, c, asked, { values, messages: wrong, status: 422 })
  const wait = await context.requests(addressOf(c.env?.incoming, context.config))
  if (wait !== undefined) {
    c.header('Retry-After', String(wait))
    const message = messagesFor(lang).facilitator.ask.tooMany
    const messages = [{ name: 'email', message }]
    return showRequest(context, c, asked, { values, messages, status: 429 })
  }
  if (asked === 'appear' && !(await hasRoomForNewcomer(context.db, { email, origin }))) {
    const message = messagesFor(lang).facilitator.ask.full
    return showRequest(context, c, asked, {
      values,
      messages: [{ name: 'email', message }],
      status: 429,
    })
  }
  if (textOf(form, 'site_web') === '')
    await (asked === 'appear' ? insertRequest(context, { name, email }) : sendLinks(context, email))
  return c.html(await requestNotice(context, c, asked))
}

/** Returns an answer that does not depend on whether anybody has that address, nor on whether it has a profile. */
async function requestNotice(context: Own, c: Asked, asked: Request) {
  const { lang, name: siteName } = await findSite(context, c)
  const texts = messagesFor(lang).facilitator
  const { mailWorks } = context
  const sent = mailWorks ? texts.ask.sent : texts.ask.sentNoMail(siteName)
  return notice(context, c, {
    title: mailWorks ? texts.ask.sentTitle : texts[asked === 'link' ? 'link' : 'ask'].title,
    text: asked === 'link' && mailWorks ? texts.link.sent : sent,
    href: paths.facilitators,
    label: texts.title,
  })
}

const notice = async (
  context: Own,
  c: Asked,
  { title, text, href, label }: { title: string; text: string; href: string; label: string },
) => (
  <NoticePage
    site={await findSite(context, c)}
    {...{ title, text }}
    back={{ href, label }}
    isDone
  />
)

/** Stores the request and the mail that will carry its link, or neither. */
async function insertRequest(
  { db, config, now, wake }: Own,
  { name, email }: { name: string; email: string },
): Promise<void> {
  const organization = await findPublicStructure(db)
  if (!organization) return
  const newcomer = { organizationId: organization.id, origin: config.origin, isApproved: false }
  await inTransaction(db, async (trx) => {
    const [known] = await listFacilitatorsByEmail(trx, email)
    const { id } = known ?? (await insertNewcomer(trx, { ...newcomer, name, email }, now()))
    await appendLink(trx, { facilitatorId: id, to: email, siteName: organization.name }, now())
  })
  wake()
}

async function sendLinks(context: Own, email: string): Promise<void> {
  const siteName = await nameOfSite(context)
  await inTransaction(context.db, async (trx) => {
    for (const { id } of await listFacilitatorsByEmail(trx, email))
      await appendLink(trx, { facilitatorId: id, to: email, siteName }, context.now())
  })
  context.wake()
}

/** Queues the mail with the link of a profile, unless its person had enough of them lately. */
async function appendLink(
  trx: Database,
  { facilitatorId, to, siteName }: { facilitatorId: string; to: string; siteName: string },
  now: Temporal.Instant,
): Promise<void> {
  if (!(await mayAskForLink(trx, facilitatorId, now))) return
  const mail = draftMail(PROFILE_LINK_MAIL, { siteName })
  await appendFacilitatorMail(trx, { facilitatorId, to, ...mail }, now)
}

async function showProfile(context: Own, c: Asked) {
  const facilitator = await facilitatorForReading(context, c.req.param('handle') ?? '')
  if (facilitator) return profilePage(context, c, facilitator)
  if (!(await findGoneAt(context.db, context.config.origin + c.req.path))) return c.notFound()
  return answerGone(context, c)
}

async function profilePage(
  context: Own,
  c: Asked,
  facilitator: Facilitator,
  { status = 200, ...typed }: Refused = {},
) {
  const { db, now, mailWorks } = context
  const site = await findSite(context, c)
  const admin = await findAdmin(c, context)
  const { id, territory } = facilitator
  const cafes = await listCafesOf(db, { facilitatorId: id, now: now(), limit: CAFES })
  const action = paths.writeToFacilitator(facilitatorPageId(facilitator))
  return c.html(
    <FacilitatorPage
      site={site}
      facilitator={facilitator}
      territory={labelOfCode(territory)}
      mandates={await findMandatesOf(context, facilitator.uri)}
      cafes={await toListed(db, cafes)}
      led={await findLedCafes(db, { facilitatorId: id, now: now() })}
      now={now()}
      write={
        facilitator.contact === 'relay'
          ? { action, mailWorks, values: {}, messages: [], ...typed }
          : undefined
      }
      publisher={site.name}
      signedIn={admin !== undefined}
      mayHide={admin?.role === 'administrator'}
    />,
    status,
  )
}

async function takeMessage(context: Own, c: Asked) {
  c.header('Cache-Control', 'no-store')
  assertSameOrigin(c, context.config)
  const facilitator = await facilitatorForReading(context, c.req.param('handle') ?? '')
  if (facilitator?.contact !== 'relay') return c.notFound()
  const form = await readForm(c)
  const site = await findSite(context, c)
  const texts = messagesFor(site.lang).facilitator.write
  const typed = readMessage(form, site.lang)
  const values = valuesOf(form)
  if (typed.wrong.length > 0)
    return profilePage(context, c, facilitator, { values, messages: typed.wrong, status: 422 })
  const address = addressOf(c.env?.incoming, context.config)
  const wait = await context.messages(address)
  const refuse = (message: string) => {
    const messages = [{ name: 'message', message }]
    return profilePage(context, c, facilitator, { values, messages, status: 429 })
  }
  if (wait !== undefined) {
    c.header('Retry-After', String(wait))
    return refuse(texts.tooMany)
  }
  const isSent =
    textOf(form, 'site_web') !== '' ||
    ((await context.mayWriteTo(facilitator.id, address)) &&
      (await handOver(context, facilitator, typed, site.name)))
  if (!isSent) return refuse(texts.full)
  return c.html(
    await notice(context, c, {
      title: context.mailWorks ? texts.sentTitle : texts.toTeamTitle,
      text: context.mailWorks ? texts.sent : texts.toTeam(site.name),
      href: paths.facilitator(facilitatorPageId(facilitator)),
      label: texts.back,
    }),
  )
}

/** Finds one of our people, as everybody may see them now. */
async function facilitatorForReading(
  { db, now }: Context,
  handle: string,
): Promise<Facilitator | undefined> {
  const facilitator = await findOwnFacilitator(db, handle)
  return facilitator && visibleTo(facilitator, 'public', now())
}

/** Queues the message; false when the person has had the most messages of a day. */
async function handOver(
  { db, now, wake }: Context,
  { id }: Facilitator,
  { name, email, message }: Message,
  siteName: string,
): Promise<boolean> {
  const isSent = await inTransaction(db, (trx) =>
    relayMessage(trx, { facilitatorId: id, name, email, message, siteName }, now()),
  )
  if (isSent) wake()
  return isSent
}
