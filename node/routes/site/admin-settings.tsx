import { Hono, type Context as HonoContext } from 'hono'
import type { FormValues } from '../../../ui/components/fields.tsx'
import { toFormValues } from '../../../ui/forms/description.ts'
import { paths } from '../../../ui/paths.ts'
import { RegisterPage } from '../../../ui/site/personal-data-page.tsx'
import { SETTINGS_FIELDS } from '../../../ui/site/settings-fields.ts'
import { SettingsPage, type SettingsPageProps } from '../../../ui/site/settings-page.tsx'
import type { Context } from '../../context.ts'
import { decideSettings, type Settings } from '../../domain/structures/legal-notice.ts'
import { emptyProfileFor } from '../../domain/structures/structure-profile.ts'
import { dayInParis } from '../../domain/values/days.ts'
import { findSiteProfile, findStructureProfile } from '../../store/structures/profiles.ts'
import { findSettings, OWN_SETTINGS } from '../../store/structures/site-settings.ts'
import {
  type EditedForm,
  editedFormOf,
  editHistoryPage,
  saveEditedForm,
} from '../accounts/edited-form.tsx'
import { withShown } from '../accounts/reconciled-form.ts'
import { withFlash } from '../http/flash.ts'
import { readFields, textOf, valuesOf } from '../http/forms.ts'
import { type Admin, needsAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { isOnboardingStep, onboardingPlace } from '../workspaces/onboarding-state.ts'
import { findDataSources } from './data-sources.ts'

const SETTINGS: EditedForm = {
  ...{ subject: { type: 'settings', id: 'site' }, action: paths.settings, page: paths.settings },
  ...editedFormOf(SETTINGS_FIELDS, (t) => t.legal.settings.labels),
}

/** Finds the answers that the first steps have already, so that they are asked for once. */
async function findGivenAnswers(
  { db }: Pick<Context, 'db'>,
  { account, organization }: Admin,
): Promise<FormValues> {
  const profile = await findStructureProfile(db, organization.id)
  const { streetAddress, postalCode, commune } = profile?.address ?? {}
  return {
    legalName: organization.name,
    legalAddress: [streetAddress, [postalCode, commune].filter(Boolean).join(' ')]
      .filter(Boolean)
      .join('\n'),
    legalPhone: profile?.phone ?? '',
    dataContact: [account.name, account.email].filter(Boolean).join(', '),
  }
}

const withoutAnswered = (said: FormValues, values: FormValues): FormValues =>
  Object.fromEntries(Object.entries(said).filter(([name]) => (values[name] ?? '') === ''))

/** Returns stored settings as the values of their form. */
const valuesOfSettings = ({ legal, ...look }: Settings): FormValues =>
  toFormValues(SETTINGS_FIELDS, { ...legal, ...look })

const HOST_FIELDS = [
  ['hostName', 'legalName'],
  ['hostAddress', 'legalAddress'],
  ['hostPhone', 'legalPhone'],
] as const

/** Fills in the publisher as the host, where « Nous hébergeons nous-mêmes » is ticked. */
function fillHost(form: FormData): void {
  if (textOf(form, 'hostIsUs') === '') return
  for (const [host, legal] of HOST_FIELDS) form.set(host, textOf(form, legal))
}

async function showRegister(context: Context, c: HonoContext<WebEnv>) {
  const { host } = new URL(context.config.origin)
  return c.html(
    <RegisterPage
      {...(await adminPropsFor(context, c))}
      profile={(await findSiteProfile(context.db)) ?? emptyProfileFor(host)}
      sources={await findDataSources(context)}
      today={dayInParis(context.now())}
    />,
  )
}

/** The settings of who is responsible for the site, and of its look. */
export function settingsRoutes(context: Context) {
  const { db, now } = context

  const page = async (
    c: HonoContext<WebEnv>,
    shown: Pick<SettingsPageProps, 'values' | 'problems'>,
  ) =>
    c.html(
      <SettingsPage
        {...(await adminPropsFor(context, c))}
        step={onboardingPlace(c, context, 'legal')}
        {...shown}
      />,
      shown.problems.length > 0 ? 422 : 200,
    )

  function decideForm(c: HonoContext<WebEnv>) {
    const { form } = c.var
    const today = dayInParis(now())
    const { settings, problems } = decideSettings(readFields(form, SETTINGS_FIELDS), today)
    return settings ?? page(c, { values: valuesOf(form), problems })
  }

  return new Hono<WebEnv>()
    .use(needsAdministrator)
    .get('/', async (c) => {
      const said = isOnboardingStep(c) ? await findGivenAnswers(context, c.var.admin) : {}
      const values = withShown(valuesOfSettings(await findSettings(db)))
      return page(c, { values: { ...values, ...withoutAnswered(said, values) }, problems: [] })
    })
    .get('/historique', (c) => editHistoryPage(c, context, SETTINGS))
    .get('/registre', (c) => showRegister(context, c))
    .post('/', async (c) => {
      fillHost(c.var.form)
      const saved = await saveEditedForm(c, context, SETTINGS, {
        ...{ noun: OWN_SETTINGS, valuesOf: valuesOfSettings },
        decide: () => decideForm(c),
      })
      if (saved instanceof Response) return saved
      return c.redirect(
        isOnboardingStep(c) ? paths.onboarding : withFlash(paths.settings, 'done'),
        303,
      )
    })
}
