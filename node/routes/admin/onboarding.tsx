import { Hono, type Context as HonoContext } from 'hono'
import { FirstDirectoryPage, OnboardingPage } from '../../../ui/admin/onboarding-pages.tsx'
import type { FieldMessage } from '../../../ui/components/fields.tsx'
import { problemMessage } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { JOIN_MESSAGE_MAX, readFollowAddress } from '../../domain/federation/follow-address.ts'
import { stepsOf } from '../../domain/structures/onboarding.ts'
import { requestFollow } from '../../store/directory/followings.ts'
import { listJoinings } from '../../store/directory/joinings.ts'
import { textOf, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { findSite } from '../http/site.ts'
import { adminSession, needsAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { findOnboardingSteps, skipDirectoryStep } from '../workspaces/onboarding-state.ts'

/** The first steps: the place, the legal notice, the directory, the first café; each may be put off. */
export function onboardingRoutes(context: Context) {
  const { db, now } = context

  async function directoryPage(c: HonoContext<WebEnv>, messages: FieldMessage[] = []) {
    const steps = stepsOf(context)
    const [asked] = await listJoinings(db)
    return c.html(
      <FirstDirectoryPage
        {...(await adminPropsFor(context, c))}
        step={{ number: steps.indexOf('directory') + 1, total: steps.length }}
        values={c.req.method === 'POST' ? valuesOf(c.var.form) : {}}
        messages={messages}
        asked={asked}
      />,
      messages.length > 0 ? 422 : 200,
    )
  }

  return new Hono<WebEnv>()
    .use(needsAdministrator)
    .get('/', async (c) => {
      const { admin } = c.var
      const site = await findSite(context, c)
      const steps = await findOnboardingSteps(context, admin.organization.id)
      return c.html(<OnboardingPage site={site} session={adminSession(admin)} steps={steps} />)
    })
    .get('/annuaire', async (c) =>
      context.isDirectory ? c.redirect(paths.onboarding) : directoryPage(c),
    )
    .post('/annuaire', async (c) => {
      const typed = textOf(c.var.form, 'join.address')
      const asked = readFollowAddress(typed)
      if (!asked) {
        const code = typed === '' ? 'required' : 'not_an_url'
        const message = problemMessage({ field: 'join.address', code }, languageOf(c))
        return directoryPage(c, [{ name: 'join.address', message }])
      }
      const message = textOf(c.var.form, 'join.message') || undefined
      if (message && message.length > JOIN_MESSAGE_MAX) {
        const detail = String(JOIN_MESSAGE_MAX)
        const problem = { field: 'join.message', code: 'too_long', detail } as const
        const wrong = problemMessage(problem, languageOf(c))
        return directoryPage(c, [{ name: 'join.message', message: wrong }])
      }
      const invitation = textOf(c.var.form, 'join.invitation') || asked.invitation
      const request = { address: asked.address, join: true, invitation, message }
      await requestFollow(db, request, now())
      context.wake()
      return c.redirect(paths.onboarding, 303)
    })
    .post('/annuaire/passer', async (c) => {
      await skipDirectoryStep(context)
      return c.redirect(paths.onboarding, 303)
    })
}
