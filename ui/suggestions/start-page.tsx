import { START_AUDIENCES, type StartAudience } from '../../node/domain/suggestions/start.ts'
import { Drawn } from '../components/drawn.tsx'
import {
  ErrorSummary,
  type FieldMessage,
  type FormState,
  InputField,
  titleOfForm,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { NavLink, Site } from '../components/site.ts'
import { INVITATION } from '../drawings/invitation.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** What was answered: a place as it was typed, and who would come. */
export type StartValues = { ou: string; qui: StartAudience }

/** Returns the address of an answer, which can be sent to colleagues. */
export const startHref = ({ ou, qui }: StartValues): string =>
  `${paths.start}?${new URLSearchParams({ ou, qui })}`

export type StartPageProps = {
  site: Site
  values: StartValues
  messages: FieldMessage[]
  /** The places that the text may mean. */
  choices: readonly NavLink[]
  signedIn?: boolean | undefined
}

/** Asks where a first café would be held, and for whom. */
export function StartPage({ site, values, messages, choices, signedIn }: StartPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.start
  const form = { values, messages, labels: texts.labels, hints: texts.hints, t }
  return (
    <Layout
      title={titleOfForm(form, texts.title)}
      site={site}
      current={paths.organise}
      canonical={site.origin + paths.start}
      description={texts.lead}
      noindex={messages.length > 0}
      signedIn={signedIn}
      narrow
    >
      <ErrorSummary form={form} />
      <div class="welcome of-place">
        <div>
          <h1>{texts.title}</h1>
          <p class="lead">{texts.lead}</p>
        </div>
        <div class="scene">
          <Drawn drawing={INVITATION} />
        </div>
      </div>
      <MeantPlaces choices={choices} t={t} />
      <Form method="get" action={paths.start} class="stack" novalidate>
        <InputField form={form} name="ou" autocomplete="postal-code" required />
        <Audiences form={form} />
        <p class="buttons">
          <button type="submit" class="button">
            {texts.submit}
          </button>
          <Link href={paths.organise}>{texts.byMyself}</Link>
        </p>
      </Form>
      <p class="fine">{texts.nothingKept}</p>
    </Layout>
  )
}

const Audiences = ({ form }: { form: FormState }) => {
  const { audiences, labels } = form.t.start
  return (
    <fieldset class="choice-group" id="qui">
      <legend>{labels.qui}</legend>
      <div class="picks">
        {START_AUDIENCES.map((one) => (
          <label class="choice pick">
            <input type="radio" name="qui" value={one} checked={form.values.qui === one} />
            <span>
              <strong>{audiences[one].title}</strong>
              <br />
              <span class="hint">{audiences[one].who}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** Offers the other places that have the name which was typed. */
export const MeantPlaces = ({ choices, t }: { choices: readonly NavLink[]; t: Messages }) =>
  choices.length > 0 ? (
    <p>
      {t.start.orElse}
      {choices.map(({ href, label }, at) => (
        <>
          {at > 0 && ' · '}
          <Link href={href}>{label}</Link>
        </>
      ))}
    </p>
  ) : null
