import { Hono, type Context as HonoContext } from 'hono'
import { CasePage, CasesPage } from '../../../ui/flags/cases-page.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { findCase } from '../../store/flags/cases.ts'
import { withFlash } from '../http/flash.ts'
import { languageOf } from '../http/language.ts'
import { authorOf, needsAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { type Decider, findCaseProps, readCases, takeDecision } from './case.ts'

type Asked = HonoContext<WebEnv>

/** « À traiter »: what was flagged, by its term, and the appeals; administrators decide. */
export const flagCaseRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .use(needsAdministrator)
    .get('/', async (c) => {
      const cases = await readCases(context, c, { hrefOf: paths.flagCase })
      return c.html(<CasesPage {...(await adminPropsFor(context, c))} {...cases} />)
    })
    .get('/:id', async (c) => {
      const props = await findCaseProps(context, await caseOf(context, c), deciderOf(c))
      return c.html(<CasePage {...(await adminPropsFor(context, c))} {...props} />)
    })
    .post('/:id', async (c) => {
      const decision = { form: c.var.form, flagCase: await caseOf(context, c) }
      const again = await takeDecision(context, decision, deciderOf(c))
      if (!again) return c.redirect(withFlash(paths.flagCases, 'done'), 303)
      const page = { ...(await adminPropsFor(context, c)), ...again.props }
      return c.html(<CasePage {...page} />, again.status)
    })

async function caseOf({ db }: Context, c: Asked) {
  const flagCase = await findCase(db, c.req.param('id') ?? '')
  if (!flagCase) throw new DomainError('not_found', 'flags.gone')
  return flagCase
}

const deciderOf = (c: Asked): Decider => ({
  ...{ by: authorOf(c.var.admin), accountId: c.var.admin.account.id },
  ...{
    csrf: c.var.admin.csrf,
    lang: languageOf(c),
    action: paths.flagCase(c.req.param('id') ?? ''),
  },
})
