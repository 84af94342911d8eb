import { Hono, type Context as HonoContext } from 'hono'
import { NoticePage } from '../../../ui/components/notice-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import {
  CloseStructurePage,
  type CloseStructurePageProps,
} from '../../../ui/structures/close-page.tsx'
import type { Context } from '../../context.ts'
import { CLOSED_PASTS } from '../../domain/structures/hosted.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { saveClosing } from '../../store/structures/closing.ts'
import { countUseOf, findHosted, type HostedStructure } from '../../store/structures/hosted.ts'
import { textOf } from '../http/forms.ts'
import { findSite } from '../http/site.ts'
import { authorOf, needsAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'

type Asked = HonoContext<WebEnv>

/** The page by which a hosted structure closes; the structure of the site itself has none. */
export const closingRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .use(needsAdministrator)
    .get('/', async (c) => showPage(context, c, await ownHosted(context, c)))
    .post('/', (c) => close(context, c))

async function ownHosted({ db }: Context, c: Asked): Promise<HostedStructure> {
  const structure = await findHosted(db, { id: c.var.admin.organization.id })
  if (!structure) throw new DomainError('not_found', 'structures.no_such_structure')
  return structure
}

async function showPage(
  context: Context,
  c: Asked,
  structure: HostedStructure,
  typed: Pick<CloseStructurePageProps, 'values' | 'problems'> = {
    values: { passe: '', sur: '' },
    problems: [],
  },
): Promise<Response> {
  const [described] = await countUseOf(context.db, [structure], context.now())
  return c.html(
    <CloseStructurePage
      {...(await adminPropsFor(context, c))}
      {...typed}
      name={structure.name}
      toCome={described?.toCome ?? 0}
    />,
    typed.problems.length > 0 ? 422 : 200,
  )
}

async function close(context: Context, c: Asked): Promise<Response> {
  const { db, now } = context
  const structure = await ownHosted(context, c)
  const values = { passe: textOf(c.var.form, 'passe'), sur: textOf(c.var.form, 'sur') }
  const past = CLOSED_PASTS.find((known) => known === values.passe)
  if (!past || values.sur !== 'oui')
    return showPage(context, c, structure, {
      values,
      problems: [
        ...(past ? [] : ['noPast' as const]),
        ...(values.sur === 'oui' ? [] : ['notSure' as const]),
      ],
    })
  await saveClosing(db, { id: structure.id, past, by: authorOf(c.var.admin).name }, now())
  context.wake()
  const site = await findSite(context, c)
  const { doneTitle, done } = messagesFor(site.lang).leaving.close
  const back = { href: paths.home, label: site.name }
  return c.html(<NoticePage {...{ site, back }} title={doneTitle} text={done} isDone />)
}
