import { Hono, type Context as HonoContext } from 'hono'
import { ConfirmActionPage } from '../../../ui/admin/confirm-action-page.tsx'
import { draftMail } from '../../../ui/admin/mail-templates.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import {
  HOSTED_STATE_NAMES,
  HostedStructurePage,
  HostedStructuresPage,
  NAME_MAX,
  type OpenProblem,
} from '../../../ui/structures/admin-hosted.tsx'
import type { Context } from '../../context.ts'
import { SUSPENSION_REASON_MAX, toSlug } from '../../domain/structures/hosted.ts'
import { readShares } from '../../domain/structures/shares.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { chooseStructure } from '../../store/accounts/sessions.ts'
import { inTransaction } from '../../store/database/database.ts'
import { appendMail } from '../../store/queues/mails.ts'
import {
  countHosted,
  countUseOf,
  createHosted,
  deleteSuspension,
  findHosted,
  findHostedPage,
  type HostedStructure,
  saveSuspension,
} from '../../store/structures/hosted.ts'
import { findUseOfSite, saveShares } from '../../store/structures/structure-shares.ts'
import { listAdministratorEmails } from '../../store/structures/team-addresses.ts'
import { findWorkspace } from '../../store/structures/workspaces.ts'
import { withFlash } from '../http/flash.ts'
import { textOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { readListQuery } from '../http/read-page.ts'
import { nameOfSite } from '../http/site.ts'
import { authorOf, needsAdministrator, needsSite, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'

const PAGE_SIZE = 30
/** What a suspended structure is told is still true after some days without a relay. */
const MAIL_DAYS = 7

type Asked = HonoContext<WebEnv>

/** The structures that this site hosts, for its own team; and the choice of one for which a person works. */
export const hostedRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .post('/choisir', (c) => choose(context, c))
    .use(needsSite)
    .use(needsAdministrator)
    .get('/', (c) => showList(context, c))
    .post('/', (c) => openStructure(context, c))
    .get('/:id', (c) => showOne(context, c))
    .get('/:id/suspendre', async (c) => askSuspension(context, c, await hostedOf(context, c)))
    .post('/:id/suspendre', (c) => suspend(context, c))
    .post('/:id/part', (c) => changeShare(context, c))
    .post('/:id/retablir', (c) => resume(context, c))

/** Notes for which structure the session counts; a person chooses only what `findWorkspace` gives them. */
async function choose({ db }: Context, c: Asked): Promise<Response> {
  const { account, session } = c.var.admin
  const chosen = textOf(c.var.form, 'structure')
  const workspace = await findWorkspace(db, { accountId: account.id, chosen })
  if (workspace?.organization.id !== chosen)
    throw new DomainError('not_found', 'structures.no_such_structure')
  await chooseStructure(db, { id: session.id, organizationId: chosen })
  return c.redirect(textOf(c.var.form, 'then') === 'team' ? paths.team : paths.admin, 303)
}

async function showList(
  context: Context,
  c: Asked,
  typed: { values: { name: string; slug: string }; problems: Wrong[] } = {
    values: { name: '', slug: '' },
    problems: [],
  },
): Promise<Response> {
  const { db, now } = context
  const { page, ...query } = readListQuery(c, HOSTED_STATE_NAMES, 'all')
  const found = await findHostedPage(db, { ...query, page, size: PAGE_SIZE, now: now() })
  return c.html(
    <HostedStructuresPage
      {...(await adminPropsFor(context, c))}
      {...{ query, found, ...typed }}
      counts={await countHosted(db)}
    />,
    typed.problems.length > 0 ? 422 : 200,
  )
}

type Wrong = { name: 'name' | 'slug'; code: OpenProblem }

async function openStructure(context: Context, c: Asked): Promise<Response> {
  const { db, now } = context
  const values = {
    name: textOf(c.var.form, 'name').trim(),
    slug: textOf(c.var.form, 'slug').trim(),
  }
  const wrong = findNameProblem(values.name)
  if (wrong) return showList(context, c, { values, problems: [{ name: 'name', code: wrong }] })
  const slug = values.slug.toLowerCase() || toSlug(values.name)
  const by = authorOf(c.var.admin).name
  const opened = await createHosted(db, { name: values.name, slug, by }, now())
  if ('problem' in opened) {
    const code = opened.problem === 'not_free' ? 'slugTaken' : 'slugWrong'
    return showList(context, c, { values: { ...values, slug }, problems: [{ name: 'slug', code }] })
  }
  return c.redirect(withFlash(paths.hostedStructure(opened.structure.id), 'done'), 303)
}

const findNameProblem = (name: string): OpenProblem | undefined => {
  if (name === '') return 'nameMissing'
  return name.length > NAME_MAX ? 'nameTooLong' : undefined
}

async function hostedOf({ db }: Context, c: Asked): Promise<HostedStructure> {
  const structure = await findHosted(db, { id: c.req.param('id') ?? '' })
  if (!structure) throw new DomainError('not_found', 'structures.no_such_structure')
  return structure
}

async function showOne(
  context: Context,
  c: Asked,
  refused: { typed?: string; isWrong?: boolean } = {},
): Promise<Response> {
  const { db, now } = context
  const structure = await hostedOf(context, c)
  const [described] = await countUseOf(db, [structure], now())
  if (!described) return c.notFound()
  const handle = `@${structure.slug}@${new URL(context.config.origin).host}`
  return c.html(
    <HostedStructurePage
      {...(await adminPropsFor(context, c))}
      structure={described}
      handle={handle}
      share={{ ...(await findUseOfSite(db, structure.id, now())), ...refused }}
    />,
    refused.isWrong ? 422 : 200,
  )
}

async function changeShare(context: Context, c: Asked): Promise<Response> {
  const { id } = await hostedOf(context, c)
  const typed = textOf(c.var.form, 'shares').trim()
  const shares = readShares(typed)
  if (shares === undefined) return showOne(context, c, { typed, isWrong: true })
  const by = authorOf(c.var.admin).name
  await saveShares(context.db, { id, shares, by }, context.now())
  return c.redirect(withFlash(paths.hostedStructure(id), 'done'), 303)
}

async function askSuspension(
  context: Context,
  c: Asked,
  { id, name }: HostedStructure,
  typed: { text: string; wrong?: 'missing' | 'tooLong' } = { text: '' },
): Promise<Response> {
  const texts = messagesFor(languageOf(c)).hosted.suspend
  const { effects, submit, hint } = texts
  const message = typed.wrong && texts[typed.wrong]
  return c.html(
    <ConfirmActionPage
      {...(await adminPropsFor(context, c))}
      from={paths.hostedStructures}
      action={paths.suspendStructure(id)}
      question={() => ({ title: texts.title(name), effects, submit })}
      reason={{ text: typed.text, max: SUSPENSION_REASON_MAX, hint, message }}
    />,
    typed.wrong ? 422 : 200,
  )
}

/** Suspends a structure and tells its administrators why, in one transaction. */
async function suspend(context: Context, c: Asked): Promise<Response> {
  const { db, config, now } = context
  const structure = await hostedOf(context, c)
  const reason = textOf(c.var.form, 'reason').trim()
  if (reason === '') return askSuspension(context, c, structure, { text: '', wrong: 'missing' })
  if (reason.length > SUSPENSION_REASON_MAX)
    return askSuspension(context, c, structure, { text: reason, wrong: 'tooLong' })
  const { id, name } = structure
  const siteName = await nameOfSite(context)
  const contact = `${config.origin}${paths.contact}`
  const mail = draftMail('structure-suspended', { siteName, name, reason, contact })
  const expiresAt = now().add({ hours: 24 * MAIL_DAYS })
  await inTransaction(db, async (trx) => {
    const by = authorOf(c.var.admin).name
    if (!(await saveSuspension(trx, { id, reason, by }, now()))) return
    for (const to of await listAdministratorEmails(trx, id))
      await appendMail(trx, { to, ...mail, expiresAt }, now())
  })
  context.wake()
  return c.redirect(withFlash(paths.hostedStructure(id), 'done'), 303)
}

async function resume(context: Context, c: Asked): Promise<Response> {
  const { id } = await hostedOf(context, c)
  await deleteSuspension(context.db, { id, by: authorOf(c.var.admin).name }, context.now())
  return c.redirect(withFlash(paths.hostedStructure(id), 'done'), 303)
}
