import type { SettingsProblem } from '../../node/domain/structures/legal-notice.ts'
import { HistoryLink } from '../admin/history-link.tsx'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import type { OnboardingPlace } from '../admin/page-head.tsx'
import {
  type FieldMessage,
  type FormState,
  type FormValues,
  Group,
  Rest,
  ShownInput,
} from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { FormFields } from '../forms/form-field.tsx'
import { type Messages, messagesFor, problemMessage } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { SETTINGS_FORM } from './settings-fields.ts'

/** POST `/administration/reglages`: `csrf`, `SETTINGS_FIELDS`, `hostIsUs`, `premiers-pas` (a step of the first run). */
export type SettingsPageProps = AdminProps & {
  values: FormValues
  problems: SettingsProblem[]
  step?: OnboardingPlace | undefined
}

export function SettingsPage(props: SettingsPageProps) {
  const { site, session, values, problems, step, flash } = props
  const t = messagesFor(site.lang)
  const texts = t.legal.settings
  const { groups } = texts
  const form: FormState = {
    values,
    messages: problems.map((problem) => settingsMessage(problem, t)),
    labels: texts.labels,
    hints: texts.hints,
    t,
  }
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead}
      {...{ form, step, site, session, flash }}
      current={paths.settings}
      narrow
    >
      <PostForm csrf={session.csrf} action={paths.settings} novalidate>
        <ShownInput values={values} />
        {step && <input type="hidden" name="premiers-pas" value="oui" />}
        <Group title={groups.publisher}>
          <FormFields form={form} fields={SETTINGS_FORM.publisher} />
        </Group>
        <Group title={groups.host}>
          <label class="choice">
            <input type="checkbox" name="hostIsUs" value="oui" checked={isOwnHost(values)} />
            <span>{texts.hostIsUs}</span>
          </label>
          <div class="if-hosted">
            <FormFields form={form} fields={SETTINGS_FORM.host} />
          </div>
        </Group>
        <Group title={groups.data}>
          <FormFields form={form} fields={SETTINGS_FORM.data} />
        </Group>
        <Rest isFolded={step !== undefined && form.messages.length === 0} t={t}>
          {(['accessibility', 'look', 'source'] as const).map((part) => (
            <Group title={groups[part]}>
              <FormFields form={form} fields={SETTINGS_FORM[part]} />
            </Group>
          ))}
        </Rest>
        <p class="buttons">
          <button type="submit" class="button">
            {step ? texts.saveAndGo : texts.save}
          </button>
          {step && <Link href={paths.onboarding}>{t.onboarding.later}</Link>}
        </p>
      </PostForm>
      {!step && (
        <p>
          <Link href={paths.register}>{t.personalData.register.see}</Link>
        </p>
      )}
      {!step && (
        <p>
          <Link href={paths.hostedStructures}>{t.hosted.title}</Link>
        </p>
      )}
      {!step && <HistoryLink form={paths.settings} t={t} />}
    </AdminPage>
  )
}

function settingsMessage({ field, code, detail }: SettingsProblem, t: Messages): FieldMessage {
  const { wrong, tooPale, rateTooLow } = t.legal.settings
  if (code === 'too_pale') return { name: field, message: tooPale(detail ?? '') }
  if (code === 'rate_too_low') return { name: field, message: rateTooLow(detail ?? '') }
  const own = wrong[`${field}.${code}`]
  if (own !== undefined) return { name: field, message: own }
  const isShared = code !== 'audit_required' && code !== 'in_the_future'
  const problem = { field, code: isShared ? code : 'invalid', ...(detail && { detail }) } as const
  return { name: field, message: problemMessage(problem, t.lang) }
}

/** Returns whether the team hosts the site itself: as ticked, otherwise as saved. */
const isOwnHost = (values: FormValues): boolean =>
  values.hostIsUs !== undefined ||
  (values.hostName !== '' &&
    (['Name', 'Address', 'Phone'] as const).every(
      (part) =>
        values[`host${part}`] !== undefined && values[`host${part}`] === values[`legal${part}`],
    ))
