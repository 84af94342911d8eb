import type { ReferentSettings } from '../../node/domain/referents/referent.ts'
import { type FormState, ShownInput, SubmitButton } from '../components/fields.tsx'
import { PostForm } from '../components/link.tsx'
import { choicesFrom, type Fields, toFormValues } from '../forms/description.ts'
import { FormFields } from '../forms/form-field.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

export const REFERENT_SETTINGS_FIELDS: Fields = {
  silentDays: { kind: 'number', inputmode: 'numeric' },
  joining: {
    kind: 'radio',
    choices: choicesFrom(['recommend', 'admit'], (t) => t.referentAdmin.settings.joining),
  },
}

/** Returns the settings as the values of their form. */
export const valuesOfReferentSettings = (settings: ReferentSettings) =>
  toFormValues(REFERENT_SETTINGS_FIELDS, settings)

type Props = { form: FormState; csrf: string; t: Messages }

/** POST `/administration/referents/reglages`: `shown`, `silentDays`, `joining`. */
export const ReferentSettingsForm = ({ form, csrf, t }: Props) => (
  <section aria-labelledby="reglages">
    <h2 id="reglages">{t.referentAdmin.settings.title}</h2>
    <PostForm csrf={csrf} action={paths.referentSettings} class="stack" novalidate>
      <ShownInput values={form.values} />
      <FormFields form={form} fields={REFERENT_SETTINGS_FIELDS} />
      <SubmitButton quiet>{t.referentAdmin.settings.save}</SubmitButton>
    </PostForm>
  </section>
)
