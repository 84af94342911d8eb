import { Hono, type Context as HonoContext } from 'hono'
import { TerritoryCasePage, TerritoryCasesPage } from '../../../ui/flags/cases-page.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { findCase, isCaseWithin, leaveToTeam } from '../../store/flags/cases.ts'
import { type Decider, findCaseProps, readCases, takeDecision } from '../flags/case.ts'
import { textOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { findSite } from '../http/site.ts'
import { type ReferentEnv, sessionOf } from './access.ts'

type Asked = HonoContext<ReferentEnv>

/** The queue of a referent, behind the gate of their mandate: what was flagged in their territory, and nothing else. */
export const territoryFlagRoutes = (context: Context) =>
  new Hono<ReferentEnv>()
    .get('/:code/signalements', async (c) => {
      const { code } = c.var.mandate.territory
      const hrefOf = (id: string) => paths.territoryFlagCase(code, id)
      const cases = await readCases(context, c, { territory: code, hrefOf })
      return c.html(<TerritoryCasesPage {...(await frameOf(context, c))} {...cases} />)
    })
    .get('/:code/signalements/:id', async (c) => {
      const props = await findCaseProps(context, await caseOf(context, c), deciderOf(c))
      return c.html(<TerritoryCasePage {...(await frameOf(context, c))} {...props} />)
    })
    .post('/:code/signalements/:id', (c) => decide(context, c))

async function decide(context: Context, c: Asked) {
  const flagCase = await caseOf(context, c)
  const list = paths.territoryFlagCases(c.var.mandate.territory.code)
  if (textOf(c.var.form, 'outcome') === 'team') {
    await leaveToTeam(context.db, flagCase.id)
    return c.redirect(list, 303)
  }
  const again = await takeDecision(context, { form: c.var.form, flagCase }, deciderOf(c))
  if (!again) return c.redirect(list, 303)
  const page = { ...(await frameOf(context, c)), ...again.props }
  return c.html(<TerritoryCasePage {...page} />, again.status)
}

/** Finds the case of the address, which is also the authorization to decide about it. */
async function caseOf({ db }: Context, c: Asked) {
  const flagCase = await findCase(db, c.req.param('id') ?? '')
  if (!flagCase || !isCaseWithin(flagCase, c.var.mandate.territory.code))
    throw new DomainError('forbidden', 'flags.not_yours')
  return flagCase
}

const frameOf = async (context: Context, c: Asked) => ({
  site: await findSite(context, c),
  session: sessionOf(c, c.var.mandate.territory),
})

const deciderOf = (c: Asked): Decider => {
  const { referent, territory } = c.var.mandate
  return {
    by: { kind: 'referent', name: referent.name, territory: referent.territory },
    ...{ accountId: c.var.signedIn.account.id, csrf: c.var.signedIn.csrf, lang: languageOf(c) },
    action: paths.territoryFlagCase(territory.code, c.req.param('id') ?? ''),
  }
}
