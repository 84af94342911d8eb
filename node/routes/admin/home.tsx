import { Hono } from 'hono'
import { paths } from '../../../ui/paths.ts'
import { AdminHomePage, type AdminHomePageProps } from '../../../ui/site/admin-home.tsx'
import type { Context } from '../../context.ts'
import { countAdministrators } from '../../store/accounts/team.ts'
import { countAdminList, listNextCafes } from '../../store/cafes/admin-list.ts'
import { findLastAnnounced } from '../../store/cafes/cafes.ts'
import { markHiddenSeen } from '../../store/directory/hidden-elsewhere.ts'
import { listAskedDirectories } from '../../store/directory/joinings.ts'
import { countAccounts } from '../../store/feeds/followers.ts'
import { countSites } from '../../store/structures/sites.ts'
import { withFlash } from '../http/flash.ts'
import { languageOf } from '../http/language.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { findOnboardingSteps } from '../workspaces/onboarding-state.ts'
import { listOtherWorkspaces } from '../workspaces/other-workspaces.ts'
import { findToDo } from './to-do.ts'

/** The maximum number of cafés that are shown; the others are on a page of their own, with months and a search. */
const MOST_CAFES = 5

/** The home of the administration: what waits, and the next cafés. */
export const adminHomeRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .post('/masques/:id/vu', async (c) => {
      const { organization } = c.var.admin
      const seen = { id: c.req.param('id'), organizationId: organization.id }
      await markHiddenSeen(context.db, seen, context.now())
      return c.redirect(withFlash(paths.admin, 'done'), 303)
    })
    .get('/', async (c) => {
      const { db } = context
      const { admin } = c.var
      const now = context.now()
      const lang = languageOf(c)
      const organizationId = admin.organization.id
      const isAdministrator = admin.role === 'administrator'
      const counts = await countAdminList(db, { organizationId, now })
      const steps = isAdministrator ? await findOnboardingSteps(context, organizationId) : []
      const workspaces = { accountId: admin.account.id, from: 'team', lang } as const
      return c.html(
        <AdminHomePage
          {...(await adminPropsFor(context, c))}
          toDo={await findToDo(context, admin, lang)}
          cafes={await listNextCafes(db, { organizationId, now, limit: MOST_CAFES })}
          counts={{
            ...counts,
            all: counts.upcoming + counts.drafts + counts.cancelled + counts.past,
          }}
          last={await findLastAnnounced(db, organizationId)}
          followers={await countAccounts(db)}
          network={await findNetwork(context)}
          onboarding={progressOf(steps)}
          alone={isAdministrator && (await countAdministrators(db, organizationId)) === 1}
          workspaces={await listOtherWorkspaces(context, workspaces)}
          now={now}
        />,
      )
    })

/** Returns the progress of the first steps; undefined once all are done. */
function progressOf(
  steps: Awaited<ReturnType<typeof findOnboardingSteps>>,
): AdminHomePageProps['onboarding'] {
  const done = steps.filter(({ state }) => state !== 'todo').length
  return done === steps.length ? undefined : { done, total: steps.length }
}

async function findNetwork({ db, isDirectory }: Context): Promise<AdminHomePageProps['network']> {
  if (isDirectory) {
    return { members: (await countSites(db)).members }
  }
  const asked = await listAskedDirectories(db)
  return {
    directories: asked.filter(({ state }) => state === 'accepted'),
    isAlone: asked.length === 0,
  }
}
