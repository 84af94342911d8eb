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
import { inTransaction } from '../../store/database/database.ts'
import { listCafesOf } from '../../store/facilitators/cafe-facilitators.ts'
import { findOwnFacilitator } from '../../store/facilitators/facilitators.ts'
import {
  appendFacilitatorMail,
  mayAskForLink,
  PROFILE_LINK_MAIL,
} from '../../store/facilitators/mails.ts'
import { insertNewcomer, listFacilitatorsByEmail } from '../../store/facilitators/own-profiles.ts'
import { listFacilitators } from '../../store/facilitators/search.ts'
import { findGoneAt } from '../../store/facilitators/withdrawals.ts'
import { findFirstOrganization } from '../../store/structures/organizations.ts'
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
import { findSite, nameOfSite } from '../http/site.ts'
import { labelOfCode } from '../http/territory-links.ts'
import { findMandatesOf } from '../territories/referents.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { answerGone } from './facilitator-gone.tsx'

/** The maximum number of people in the list; a directory, which has more, has a search. */
const LISTED = 200
const CAFES = 20

/** A place's own animatrices and animateurs: who agreed to be shown, how to write to them, and how to become one. */
export function facilitatorRoutes(context: Context) {
  const { db, config, now } = context
  const requests = createVisitorLimit(db, limitOf('profile requests'))
  const messages = createVisitorLimit(db, limitOf('messages of a place'))
  const mayWriteTo = createReaderLimit(db, {
    ...limitOf('messages to a person'),
    name: 'own person',
  })
  const mailWorks = config.mail !== undefined

  const notice = async (
    c: HonoContext<WebEnv>,
    { title, text, href, label }: { title: string; text: string; href: string; label: string },
  ) => (
    <NoticePage
      site={await findSite(context, c)}
      {...{ title, text }}
      back={{ href, label }}
      isDone
    />
  )

  async function profilePage(
    c: HonoContext<WebEnv>,
    facilitator: Facilitator,
    typed?: Pick<WriteForm, 'values' | 'messages'>,
    status: 200 | 422 | 429 = 200,
  ) {
    const site = await findSite(context, c)
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
        now={now()}
        write={
          facilitator.contact === 'relay'
            ? { action, mailWorks, values: {}, messages: [], ...typed }
            : undefined
        }
        publisher={site.name}
        signedIn={(await findAdmin(c, context)) !== undefined}
      />,
      status,
    )
  }

  async function askPage(
    c: HonoContext<WebEnv>,
    asked: 'appear' | 'link',
    { values = {}, messages = [] }: Partial<Pick<WriteForm, 'values' | 'messages'>> = {},
    status: 200 | 422 | 429 = 200,
  ) {
    const site = await findSite(context, c)
    return c.html(<AskFacilitatorPage {...{ site, asked, values, messages }} />, status)
  }

  /** Stores the request and the mail that will carry its link, or neither. */
  async function insertRequest(name: string, email: string): Promise<void> {
    const organization = await findFirstOrganization(db)
    if (!organization) return
    await inTransaction(db, async (trx) => {
      const known = await listFacilitatorsByEmail(trx, email)
      const facilitator =
        known[0] ??
        (await insertNewcomer(
          trx,
          {
            organizationId: organization.id,
            origin: config.origin,
            ...{ name, email, isApproved: false },
          },
          now(),
        ))
      if (!(await mayAskForLink(trx, facilitator.id, now()))) return
      const mail = draftMail(PROFILE_LINK_MAIL, { siteName: organization.name })
      await appendFacilitatorMail(trx, { facilitatorId: facilitator.id, to: email, ...mail }, now())
    })
    context.wake()
  }

  async function sendNewLinks(email: string): Promise<void> {
    const siteName = await nameOfSite(context)
    await inTransaction(db, async (trx) => {
      for (const facilitator of await listFacilitatorsByEmail(trx, email)) {
        if (!(await mayAskForLink(trx, facilitator.id, now()))) continue
        const mail = draftMail(PROFILE_LINK_MAIL, { siteName })
        await appendFacilitatorMail(
          trx,
          { facilitatorId: facilitator.id, to: email, ...mail },
          now(),
        )
      }
    })
    context.wake()
  }

  const ask = (asked: 'appear' | 'link') => async (c: HonoContext<WebEnv>) => {
    c.header('Cache-Control', 'no-store')
    assertSameOrigin(c, config)
    const form = await readForm(c)
    const site = await findSite(context, c)
    const texts = messagesFor(site.lang).facilitator
    const email = toEmail(textOf(form, 'email'))
    const name = textOf(form, 'name')
    const wrong = [
      ...(asked === 'appear' ? problemsOfText('name', name, 80, site.lang) : []),
      ...problemsOfEmail(email, site.lang),
    ]
    const values = valuesOf(form)
    if (wrong.length > 0) return askPage(c, asked, { values, messages: wrong }, 422)
    const wait = await requests(addressOf(c.env?.incoming, config))
    if (wait !== undefined) {
      c.header('Retry-After', String(wait))
      const messages = [{ name: 'email', message: texts.ask.tooMany }]
      return askPage(c, asked, { values, messages }, 429)
    }
    if (textOf(form, 'site_web') === '')
      await (asked === 'appear' ? insertRequest(name, email) : sendNewLinks(email))
    // The answer does not depend on whether anybody has that address, nor on whether it has a profile.
    const sent = mailWorks ? texts.ask.sent : texts.ask.sentNoMail(site.name)
    const text = asked === 'link' && mailWorks ? texts.link.sent : sent
    return c.html(
      await notice(c, {
        title: mailWorks ? texts.ask.sentTitle : texts[asked === 'link' ? 'link' : 'ask'].title,
        text,
        href: paths.facilitators,
        label: texts.title,
      }),
    )
  }

  return new Hono<WebEnv>()
    .get(paths.facilitators, async (c) => {
      const organization = await findFirstOrganization(db)
      const { facilitators } = await listFacilitators(db, {
        audience: 'public',
        now: now(),
        organizationId: organization?.id,
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
    })
    .get(paths.askFacilitator, (c) => askPage(c, 'appear'))
    .post(paths.askFacilitator, limitBody(), ask('appear'))
    .get(paths.ownProfileLink, (c) => askPage(c, 'link'))
    .post(paths.ownProfileLink, limitBody(), ask('link'))
    .get(paths.facilitator(':handle'), async (c) => {
      const facilitator = await facilitatorForReading(context, c.req.param('handle') ?? '')
      if (facilitator) return profilePage(c, facilitator)
      if (!(await findGoneAt(db, config.origin + c.req.path))) return c.notFound()
      return answerGone(context, c)
    })
    .post(paths.writeToFacilitator(':handle'), limitBody(), async (c) => {
      c.header('Cache-Control', 'no-store')
      assertSameOrigin(c, config)
      const facilitator = await facilitatorForReading(context, c.req.param('handle') ?? '')
      if (facilitator?.contact !== 'relay') return c.notFound()
      const form = await readForm(c)
      const site = await findSite(context, c)
      const texts = messagesFor(site.lang).facilitator.write
      const typed = readMessage(form, site.lang)
      const values = valuesOf(form)
      if (typed.wrong.length > 0)
        return profilePage(c, facilitator, { values, messages: typed.wrong }, 422)
      const address = addressOf(c.env?.incoming, config)
      const wait = await messages(address)
      const refuse = (message: string) =>
        profilePage(c, facilitator, { values, messages: [{ name: 'message', message }] }, 429)
      if (wait !== undefined) {
        c.header('Retry-After', String(wait))
        return refuse(texts.tooMany)
      }
      const isSent =
        textOf(form, 'site_web') !== '' ||
        ((await mayWriteTo(facilitator.id, address)) &&
          (await handOver(context, facilitator, typed, site.name)))
      if (!isSent) return refuse(texts.full)
      return c.html(
        await notice(c, {
          title: mailWorks ? texts.sentTitle : texts.toTeamTitle,
          text: mailWorks ? texts.sent : texts.toTeam(site.name),
          href: paths.facilitator(facilitatorPageId(facilitator)),
          label: texts.back,
        }),
      )
    })
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
