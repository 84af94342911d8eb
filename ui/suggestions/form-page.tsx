import {
  ErrorSummary,
  type FieldMessage,
  type FormValues,
  InputField,
  SubmitButton,
  titleOfForm,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import { NoticePage } from '../components/notice-page.tsx'
import type { Site } from '../components/site.ts'
import { Honeypot } from '../facilitators/profile-page.tsx'
import type { TownChoice } from '../forms/form-field.tsx'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { SuggestionFields, toSuggestionForm } from './fields.tsx'

/** POST on the same address: the fields of `SUGGESTED_FIELDS`, `courriel` and `signature`. */
export type SuggestionFormPageProps = {
  site: Site
  values: FormValues
  messages: FieldMessage[]
  towns: readonly TownChoice[] | undefined
  mailWorks: boolean
  /** What the server signed, by which it knows its own form. */
  signature: string
}

/** Lets somebody without a site and without an account suggest a café to the directory. */
export function SuggestionFormPage(props: SuggestionFormPageProps) {
  const { site, values, messages, towns } = props
  const t = messagesFor(site.lang)
  const texts = t.suggestion.form
  if (!props.mailWorks)
    return (
      <NoticePage site={site} title={texts.title} text={texts.noMail}>
        <p>
          <Link class="button" href={paths.contact}>
            {texts.noMailContact}
          </Link>
        </p>
      </NoticePage>
    )
  const form = toSuggestionForm(values, messages, t)
  return (
    <Layout title={titleOfForm(form, texts.title)} site={site} current={paths.organise} narrow>
      <ErrorSummary form={form} />
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <p>
        {texts.how} <Link href={paths.start}>{t.start.menu}</Link>
      </p>
      <Form method="post" action={paths.suggest} class="stack" novalidate>
        <input type="hidden" name="signature" value={props.signature} />
        <SuggestionFields {...{ form, towns }} />
        <InputField form={form} name="courriel" type="email" autocomplete="email" required />
        <Honeypot t={t} />
        <SubmitButton>{texts.submit}</SubmitButton>
        <p class="fine">
          {texts.privacy} <Link href={paths.personalData}>{texts.privacyLink}</Link>
        </p>
      </Form>
    </Layout>
  )
}
