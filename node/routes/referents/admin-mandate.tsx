import { Hono, type Context as HonoContext } from 'hono'
import type { FlashKey } from '../../../ui/admin/layout.tsx'
import { VERSION } from '../../../ui/admin/meanwhile.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import {
  AdminReferentPage,
  type AdminReferentPageProps,
} from '../../../ui/referents/admin-mandate.tsx'
import { askReferentMail, endedMail, extensionMail } from '../../../ui/referents/mails.ts'
import type { Context } from '../../context.ts'
import { isSameDays } from '../../domain/referents/mandate.ts'
import type { Referent } from '../../domain/referents/referent.ts'
import { plainDate } from '../../domain/values/date-text.ts'
import { LINK_MINUTES } from '../../domain/values/link.ts'
import { insertLinkTo } from '../../store/accounts/links.ts'
import { inTransaction } from '../../store/database/database.ts'
import { insertPaperMandateLink } from '../../store/referents/accounts.ts'
import { listAttestationUris } from '../../store/referents/attestations.ts'
import { listConsents } from '../../store/referents/consents.ts'
import {
  logMandateAct,
  saveMandateAct,
  withdrawProposal,
} from '../../store/referents/mandate-acts.ts'
import { findReferent, todayIn } from '../../store/referents/referents.ts'
import { withFlash } from '../http/flash.ts'
import { textOf, unsavedTextsOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { findSite } from '../http/site.ts'
import { nameOfCode } from '../http/territory-links.ts'
import { authorOf, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { refusalOf } from '../workspaces/refusals.ts'
import { readMandateDays } from './form.ts'
import { createMandateMails } from './mandate-mails.ts'

/** The pages of one mandate, where the team appoints, renews, ends and makes links. They are mounted below the list. */
export function adminMandateRoutes(context: Context) {
  const own: Own = {
    ...context,
    mails: createMandateMails(context),
  }
  return new Hono<WebEnv>()
    .get('/:id', (c) => showMandate(own, c))
    .post('/:id/nommer', (c) => appoint(own, c))
    .post('/:id/prolonger', (c) => extend(own, c))
    .post('/:id/terminer', (c) => end(own, c))
    .post('/:id/retirer', (c) => withdraw(own, c))
    .post('/:id/lien', (c) => makeLink(own, c))
}

type Own = Context & {
  mails: ReturnType<typeof createMandateMails>
}
type Asked = HonoContext<WebEnv>

const showMandate = async (context: Own, c: Asked) =>
  onePage(context, c, await referentOf(context, c))

async function appoint(context: Own, c: Asked) {
  const { now, db, mails } = context
  const { id: organizationId } = c.var.admin.organization
  const referent = await referentOf(context, c)
  const today = todayIn(referent.territory, now())
  const read = readMandateDays(c.var.form, { today, texts: wrongWords(c) })
  if (read.messages.length > 0) return onePage(context, c, referent, refusedDays(c, read.messages))
  const { id } = referent
  const site = await findSite(context, c)
  if (!isSameDays(referent, read)) {
    if (!(await askFor(context, c, referent, { days: read, siteName: site.name })))
      return changedMeanwhile(context, c)
    return answerDone(context, c, paths.adminReferent(id), askedFlash(context, referent))
  }
  const isDone = await inTransaction(db, async (trx) => {
    const act = { act: 'appoint', organizationId, ...actingIn(c) } as const
    if (!(await saveMandateAct(trx, id, act, now()))) return false
    const appointed = await findReferent(trx, id)
    if (appointed)
      await mails.mailLink(trx, appointed, { purpose: 'referent-access', siteName: site.name })
    return true
  })
  return isDone ? answerDone(context, c, paths.adminReferent(id)) : changedMeanwhile(context, c)
}

async function extend(context: Own, c: Asked) {
  const { now } = context
  const referent = await referentOf(context, c)
  const { id, startsOn } = referent
  const today = todayIn(referent.territory, now())
  const read = readMandateDays(c.var.form, { today, texts: wrongWords(c), startsOn })
  if (read.messages.length > 0) return onePage(context, c, referent, refusedDays(c, read.messages))
  const site = await findSite(context, c)
  const asked = { days: read, siteName: site.name }
  if (!isSameDays(referent, read) && !(await askFor(context, c, referent, asked)))
    return changedMeanwhile(context, c)
  return answerDone(context, c, paths.adminReferent(id), askedFlash(context, referent))
}

async function end(context: Own, c: Asked) {
  const { db, now, mails } = context
  const referent = await referentOf(context, c)
  const site = await findSite(context, c)
  const isEnded = await inTransaction(db, async (trx) => {
    const ending = { act: 'end', reason: 'ended', ...actingIn(c) } as const
    const isEnded = await saveMandateAct(trx, referent.id, ending, now())
    if (isEnded) await mails.sendMail(trx, referent, endedMail(mails.about(referent, site.name)))
    return isEnded
  })
  return isEnded
    ? answerDone(context, c, paths.adminReferent(referent.id))
    : changedMeanwhile(context, c)
}

async function withdraw(context: Own, c: Asked) {
  const { db, now } = context
  const { id } = await referentOf(context, c)
  return (await withdrawProposal(db, { id, by: authorOf(c.var.admin) }, now()))
    ? answerDone(context, c, paths.adminReferents)
    : changedMeanwhile(context, c)
}

async function makeLink(context: Own, c: Asked) {
  const { db, mails, now, config } = context
  const referent = await referentOf(context, c)
  const { id, state, accountId } = referent
  const mayEnter = state === 'appointed' && accountId === undefined
  const purpose =
    mayEnter && textOf(c.var.form, 'link') !== 'person' ? 'referent-access' : 'mandate'
  if (textOf(c.var.form, 'way') === 'courriel') {
    const site = await findSite(context, c)
    await inTransaction(db, (trx) =>
      mails.mailLink(trx, referent, { purpose, siteName: site.name }),
    )
    return answerDone(context, c, paths.adminReferent(id), 'requested')
  }
  const access = now().add({ minutes: LINK_MINUTES['referent-access'] })
  const expiresAt = purpose === 'mandate' ? undefined : access
  const link = { purpose, subject: id, expiresAt, isFilledIn: true } as const
  const token = await inTransaction(db, async (trx) => {
    const shown = {
      act: 'mandate-link-shown',
      by: authorOf(c.var.admin),
      mandate: referent,
    } as const
    await logMandateAct(trx, shown, now())
    return purpose === 'mandate'
      ? insertPaperMandateLink(trx, id, now())
      : insertLinkTo(trx, link, now())
  })
  const path = purpose === 'mandate' ? paths.mandate(token) : paths.referentAccess(token)
  // The link is shown in this answer alone: no address leads to it again.
  return onePage(context, c, referent, {
    newLink: {
      href: config.origin + path,
      purpose: purpose === 'mandate' ? 'person' : 'access',
      until: expiresAt && plainDate(todayIn(referent.territory, expiresAt), languageOf(c)),
    },
  })
}

async function onePage(
  context: Own,
  c: Asked,
  referent: Referent,
  shown: Partial<Pick<AdminReferentPageProps, 'messages' | 'newLink' | 'values' | 'unsaved'>> = {},
) {
  const { db, config, now } = context
  const { id, startsOn, endsOn } = referent
  return c.html(
    <AdminReferentPage
      {...(await adminPropsFor(context, c))}
      referent={withLabel(referent)}
      consents={await listConsents(db, id)}
      attestationHref={(await listAttestationUris(db, [id])).get(id)}
      messages={[]}
      values={{ startsOn: startsOn.toString(), endsOn: endsOn.toString() }}
      mailWorks={config.mail !== undefined}
      now={now()}
      {...shown}
    />,
    shown.unsaved ? 409 : shown.messages?.length ? 422 : 200,
  )
}

async function referentOf({ db }: Own, c: Asked): Promise<Referent> {
  const referent = await findReferent(db, c.req.param('id') ?? '')
  if (!referent) throw refusalOf('mandate')
  return referent
}

/**
 * Asks a person, by their link, for other days than those to which they agreed; nothing changes before they agree.
 * @returns False where the mandate is not as the form showed it.
 */
async function askFor(
  { db, now, mails }: Own,
  c: Asked,
  referent: Referent,
  { days, siteName }: { days: Pick<Referent, 'startsOn' | 'endsOn'>; siteName: string },
): Promise<boolean> {
  const draft = referent.state === 'appointed' ? extensionMail : askReferentMail
  return inTransaction(db, async (trx) => {
    const asked = { act: 'ask-days', days, ...actingIn(c) } as const
    if (!(await saveMandateAct(trx, referent.id, asked, now()))) return false
    await mails.sendMail(trx, referent, draft(mails.about({ ...referent, ...days }, siteName)))
    return true
  })
}

/** Returns who acts, and the version of the mandate that the page of the form showed. */
const actingIn = (c: Asked) => ({
  by: authorOf(c.var.admin),
  seen: textOf(c.var.form, VERSION),
})

/** Shows the mandate as a colleague changed it while the page was open, with the days that were typed. */
const changedMeanwhile = async (context: Own, c: Asked) =>
  onePage(context, c, await referentOf(context, c), {
    ...refusedDays(c, []),
    unsaved: unsavedTextsOf(c.var.form),
  })

const askedFlash = ({ config }: Own, { email }: Referent): FlashKey =>
  config.mail && email !== undefined ? 'requested' : 'done'

/** Returns a mandate with the name of its territory. */
export const withLabel = (referent: Referent) => ({
  ...referent,
  label: nameOfCode(referent.territory),
})

/** Wakes the workers for what was appended, and answers with the page at `path`, which says what was done. */
export function answerDone(
  context: Context,
  c: HonoContext,
  path: string,
  flash: FlashKey = 'done',
) {
  context.wake()
  return c.redirect(withFlash(path, flash), 303)
}

/** Returns the messages about the forms of mandates, in the language of the request. */
export const wrongWords = (c: HonoContext<WebEnv>) => messagesFor(languageOf(c)).referentAdmin.wrong

const refusedDays = (
  c: HonoContext<WebEnv>,
  messages: AdminReferentPageProps['messages'],
): Pick<AdminReferentPageProps, 'messages' | 'values'> => ({
  messages,
  values: { startsOn: textOf(c.var.form, 'startsOn'), endsOn: textOf(c.var.form, 'endsOn') },
})
