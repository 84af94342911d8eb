import { Hono, type Context as HonoContext } from 'hono'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { SettingsPage, type SettingsPageProps } from '../../../ui/site/settings-page.tsx'
import type { Context } from '../../context.ts'
import { decideSettings } from '../../domain/structures/legal-notice.ts'
import { findSettings, saveSettings } from '../../store/database/site-settings.ts'
import {
  appendEdit,
  type EditedForm,
  editHistoryPage,
  reconcileWithOthers,
  simpleWords,
} from '../accounts/edited-form.tsx'
import { withShown } from '../accounts/reconciled-form.ts'
import { adminSession, assertAdministrator, type WebEnv } from '../http/access.ts'
import { readFlash, withFlash } from '../http/flash.ts'
import { valuesOf } from '../http/forms.ts'
import { isOnboardingStep, onboardingPlace } from '../http/onboarding-state.ts'
import { findSite } from '../http/site.ts'
import { readSettingsForm, valuesOfSettings } from '../structures/profile-form.ts'

const SETTINGS: EditedForm = {
  ...{ subject: { type: 'settings', id: 'site' }, action: paths.settings, page: paths.settings },
  findWords: (lang) => simpleWords(messagesFor(lang).legal.settings.labels),
}

/** Who answers for the site, and what it looks like. */
export function settingsRoutes(context: Context) {
  const { db, now } = context

  const page = async (
    c: HonoContext<WebEnv>,
    shown: Pick<SettingsPageProps, 'values' | 'problems'>,
  ) =>
    c.html(
      <SettingsPage
        site={await findSite(context, c)}
        session={adminSession(c.var.admin)}
        step={onboardingPlace(c, context, 'legal')}
        flash={readFlash(c)}
        {...shown}
      />,
      shown.problems.length > 0 ? 422 : 200,
    )

  return new Hono<WebEnv>()
    .use(async (c, next) => {
      assertAdministrator(c.var.admin)
      await next()
    })
    .get('/', async (c) => {
      const settings = await findSettings(db)
      return page(c, { values: withShown(valuesOfSettings(settings)), problems: [] })
    })
    .get('/historique', (c) => editHistoryPage(c, context, SETTINGS))
    .post('/', async (c) => {
      const { form } = c.var
      const before = valuesOfSettings(await findSettings(db))
      const conflict = await reconcileWithOthers(c, context, SETTINGS, { current: before })
      if (conflict) return conflict
      const today = now().toZonedDateTimeISO('Europe/Paris').toPlainDate()
      const { settings, problems } = decideSettings(readSettingsForm(form), today)
      if (!settings) return page(c, { values: valuesOf(form), problems })
      await saveSettings(db, settings)
      const after = valuesOfSettings(await findSettings(db))
      await appendEdit(context, c.var, { subject: SETTINGS.subject, before, after })
      return c.redirect(
        isOnboardingStep(c) ? paths.onboarding : withFlash(paths.settings, 'done'),
        303,
      )
    })
}
