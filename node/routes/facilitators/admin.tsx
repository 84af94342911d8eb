import { Hono, type Context as HonoContext } from 'hono'
import { ConfirmActionPage } from '../../../ui/admin/confirm-action-page.tsx'
import { draftMail } from '../../../ui/admin/mail-templates.ts'
import {
  AdminFacilitatorsPage,
  EraseFacilitatorPage,
  type FacilitatorProblem,
  PaperFacilitatorPage,
  REASON_MAX,
} from '../../../ui/facilitators/admin-list.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { NAME_MAX } from '../../domain/facilitators/facilitator-input.ts'
import { facilitatorPageId } from '../../domain/facilitators/facilitator-page.ts'
import { listArrivalGroups } from '../../domain/federation/arrivals.ts'
import { isEmail } from '../../domain/values/contact.ts'
import { plainDate } from '../../domain/values/date-text.ts'
import { dayInParis } from '../../domain/values/days.ts'
import { DomainError } from '../../domain/values/errors.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { listJournal } from '../../store/accounts/acts.ts'
import { inTransaction } from '../../store/database/database.ts'
import { listNewcomerArrivals } from '../../store/directory/newcomers.ts'
import { listConsentingByHand } from '../../store/facilitators/consents.ts'
import { deleteFacilitator } from '../../store/facilitators/facilitators.ts'
import { appendFacilitatorMail } from '../../store/facilitators/mails.ts'
import {
  approveFacilitator,
  insertNewcomer,
  insertPaperProfileLink,
  listOwnFacilitators,
  type OwnFacilitator,
} from '../../store/facilitators/own-profiles.ts'
import { withFlash } from '../http/flash.ts'
import { textOf, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { findSite } from '../http/site.ts'
import { type Admin, adminSession, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { adminFacilitatorSearchRoutes } from './admin-search.tsx'
import { bulkRequestRoutes } from './bulk-requests.ts'
import { eraseFor, ownOf, requesterOf } from './refusal.ts'

/** Far more than a place has waiting; it limits how many mails can be caused. */
const OPEN_INVITATIONS = 30
const WITHDRAWN = 20

/** The people who lead the cafés of a structure: invited, asking, published; each writes their own profile. */
export function adminFacilitatorRoutes(context: Context) {
  const own: Own = {
    ...context,
    mailWorks: context.config.mail !== undefined,
  }
  return new Hono<WebEnv>()
    .get('/', (c) => page(own, c))
    .route('/trouver', adminFacilitatorSearchRoutes(context))
    .route('/', bulkRequestRoutes(context))
    .post('/invitations', (c) => invite(own, c))
    .get('/:id/accepter', (c) => askApproval(own, c))
    .post('/:id/accepter', (c) => approve(own, c))
    .get('/:id/refuser', async (c) =>
      erasePage(own, c, await requesterOf(own, c.var.admin, c.req.param('id')), {
        isRefusal: true,
      }),
    )
    .post('/:id/refuser', async (c) =>
      erase(own, c, await requesterOf(own, c.var.admin, c.req.param('id')), true),
    )
    .get('/:id/effacer', async (c) =>
      erasePage(own, c, await ownOf(own, c.var.admin, c.req.param('id')), { isRefusal: false }),
    )
    .post('/:id/effacer', async (c) =>
      erase(own, c, await ownOf(own, c.var.admin, c.req.param('id')), false),
    )
    .post('/:id/retirer', (c) => withdrawInvitation(own, c))
}

type Own = Context & {
  mailWorks: boolean
}
type Asked = HonoContext<WebEnv>

async function invite(context: Own, c: Asked) {
  const { config, db, now } = context
  const { admin, form } = c.var
  const problems = await findProblems(context, form, admin)
  if (problems.length > 0) return page(context, c, problems)
  const isMailed = textOf(form, 'way') === 'mail'
  const email = isMailed ? textOf(form, 'email') : undefined
  const newcomer = {
    organizationId: admin.organization.id,
    origin: config.origin,
    name: textOf(form, 'name'),
    email,
    isApproved: true,
  }
  const token = await inTransaction(db, async (trx) => {
    const facilitator = await insertNewcomer(trx, newcomer, now())
    const facilitatorId = facilitator.id
    if (email === undefined) return insertPaperProfileLink(trx, facilitatorId, now())
    const mail = draftMail('profile-invitation', { siteName: admin.organization.name })
    await appendFacilitatorMail(trx, { facilitatorId, to: email, ...mail }, now())
    return undefined
  })
  context.wake()
  if (token === undefined) return afterMail(context, c, 'invited')
  // The link is shown in this answer alone: no address leads to it again.
  return c.html(
    <PaperFacilitatorPage
      {...(await adminPropsFor(context, c))}
      link={config.origin + paths.ownProfile(token)}
    />,
  )
}

/** Says who asks, and what follows, before the team accepts. */
async function askApproval(context: Own, c: Asked) {
  const { facilitator, email } = await ownOf(context, c.var.admin, c.req.param('id') ?? '')
  if (facilitator.approvedAt !== undefined || email === undefined)
    return c.redirect(paths.adminFacilitators, 303)
  const texts = messagesFor(languageOf(c)).facilitator.admin
  return c.html(
    <ConfirmActionPage
      {...(await adminPropsFor(context, c))}
      from={paths.adminFacilitators}
      action={paths.decideFacilitator(facilitator.id, 'accepter')}
      question={() => ({
        title: texts.acceptTitle(facilitator.name || email),
        effects: texts.acceptEffects(email),
        submit: texts.accept,
      })}
      isGood
    />,
  )
}

async function approve(context: Own, c: Asked) {
  const { db, now } = context
  const { admin } = c.var
  const { facilitator, email } = await ownOf(context, admin, c.req.param('id') ?? '')
  if (facilitator.approvedAt !== undefined || email === undefined)
    return c.redirect(paths.adminFacilitators, 303)
  await inTransaction(db, async (trx) => {
    const organizationId = admin.organization.id
    await approveFacilitator(trx, { id: facilitator.id, organizationId }, now())
    const mail = draftMail('profile-approved', { siteName: admin.organization.name })
    await appendFacilitatorMail(trx, { facilitatorId: facilitator.id, to: email, ...mail }, now())
  })
  context.wake()
  return afterMail(context, c, 'done')
}

/** Erases a profile, or a request that is refused; either needs a reason, which is mailed to the person. */
async function erase(context: Own, c: Asked, own: OwnFacilitator, isRefusal: boolean) {
  const { admin, form } = c.var
  const reason = textOf(form, 'reason')
  if (reason === '' || reason.length > REASON_MAX)
    return erasePage(context, c, own, { isRefusal, reason })
  await eraseFor(context, admin, own, { reason, isRefusal })
  context.wake()
  return afterMail(context, c, 'done')
}

async function withdrawInvitation(context: Own, c: Asked) {
  const { db, now } = context
  const { facilitator } = await ownOf(context, c.var.admin, c.req.param('id') ?? '')
  if (facilitator.state !== 'invited')
    throw new DomainError('conflict', 'facilitators.already_written')
  await deleteFacilitator(db, facilitator.id, now())
  return c.redirect(withFlash(paths.adminFacilitators, 'done'), 303)
}

async function page(context: Own, c: Asked, problems: FacilitatorProblem[] = []) {
  const { db, mailWorks } = context
  const { admin, form } = c.var
  const { id: organizationId } = admin.organization
  const people = await listOwnFacilitators(db, organizationId)
  const byHand = await listConsentingByHand(db, organizationId)
  return c.html(
    <AdminFacilitatorsPage
      {...(await adminPropsFor(context, c))}
      people={people.map((own) => ({
        ...toShown(own, languageOf(c)),
        isByHandedLink: byHand.has(own.facilitator.id),
      }))}
      groups={listArrivalGroups(await listNewcomerArrivals(db, context.config.origin))}
      mailWorks={mailWorks}
      values={form ? valuesOf(form) : {}}
      problems={problems}
      withdrawn={(await listJournal(db, { act: 'profile-withdrawn', limit: WITHDRAWN })).map(
        (entry) => ({ ...entry, territory: '' }),
      )}
    />,
    problems.length > 0 ? 422 : 200,
  )
}

async function findProblems(
  { db }: Own,
  form: FormData,
  admin: Admin,
): Promise<FacilitatorProblem[]> {
  const people = await listOwnFacilitators(db, admin.organization.id)
  const open = people.filter(
    ({ facilitator: { state, approvedAt } }) => state === 'invited' && approvedAt,
  )
  const isWrongMail = textOf(form, 'way') === 'mail' && !isEmail(textOf(form, 'email'))
  const name = textOf(form, 'name')
  return [
    ...(name.length > NAME_MAX ? (['nameTooLong'] as const) : []),
    ...(name === '' ? (['nameMissing'] as const) : []),
    ...(isWrongMail ? (['emailWrong'] as const) : []),
    ...(open.length >= OPEN_INVITATIONS ? (['tooMany'] as const) : []),
  ]
}

async function erasePage(
  context: Own,
  c: Asked,
  own: OwnFacilitator,
  { isRefusal, reason }: { isRefusal: boolean; reason?: string },
) {
  const { mailWorks } = context
  const { id, name } = own.facilitator
  const session = adminSession(c.var.admin)
  const site = await findSite(context, c)
  const notice = own.email === undefined ? 'none' : mailWorks ? 'mailed' : 'handed'
  return c.html(
    <EraseFacilitatorPage {...{ site, session, id, name, isRefusal, reason, notice }} />,
    reason === undefined ? 200 : 422,
  )
}

/**
 * Leads to the page of mails where no mail is sent, for those who may open it, since it says what to do. Others are
 * told that the message waits.
 */
const afterMail = ({ mailWorks }: Own, c: Asked, flash: 'invited' | 'done') =>
  c.redirect(
    mailWorks || c.var.admin.role !== 'administrator'
      ? withFlash(paths.adminFacilitators, mailWorks ? flash : 'mailWaits')
      : paths.mails,
    303,
  )

const toShown = ({ facilitator, email }: OwnFacilitator, lang: Lang) => {
  const { id, name, state, level, approvedAt, expiresAt } = facilitator
  const isPublished = state === 'published'
  return {
    ...{ id, name, email, state, level },
    isApproved: approvedAt !== undefined,
    until: isPublished && expiresAt ? plainDate(dayInParis(expiresAt), lang) : undefined,
    href:
      isPublished && level === 'public'
        ? paths.facilitator(facilitatorPageId(facilitator))
        : undefined,
  }
}
