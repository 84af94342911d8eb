import {
  ErrorSummary,
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
  SubmitButton,
  TextArea,
  titleOfForm,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

export const MESSAGE_MAX = 3000

type FormProps = { action: string; values: FormValues; messages: FieldMessage[]; t: Messages }

export const contactState = ({ values, messages, t }: FormProps): FormState => {
  const texts = t.referent.contact
  return {
    values,
    messages,
    labels: {
      'contact.name': texts.name,
      'contact.email': texts.email,
      'contact.message': texts.message,
    },
    hints: { 'contact.email': texts.emailHint },
    t,
  }
}

/** POST `action`: `contact.name`, `contact.email`, `contact.message`. */
export function ContactForm(props: FormProps) {
  const form = contactState(props)
  const texts = props.t.referent.contact
  return (
    <Form method="post" action={props.action} class="stack" novalidate>
      <InputField form={form} name="contact.name" autocomplete="name" required />
      <InputField form={form} name="contact.email" type="email" autocomplete="email" required />
      <TextArea form={form} name="contact.message" rows={6} max={MESSAGE_MAX} />
      <p class="fine">{texts.privacy}</p>
      <SubmitButton>{texts.submit}</SubmitButton>
    </Form>
  )
}

export type ContactReferentPageProps = {
  site: Site
  territory: { code: string; label: string }
  /** The names of the referents; when it is empty, the team answers. */
  to: readonly string[]
  values: FormValues
  messages: FieldMessage[]
  isSent?: boolean
  mailWorks: boolean
}

export function ContactReferentPage(props: ContactReferentPageProps) {
  const { site, territory, to, isSent, mailWorks } = props
  const t = messagesFor(site.lang)
  const texts = t.referent.contact
  const title = isSent ? texts.sent : texts.title(territory.label)
  const names = new Intl.ListFormat(site.lang).format(to)
  const form = { ...props, action: paths.writeToReferent(territory.code), t }
  return (
    <Layout title={titleOfForm(contactState(form), title)} site={site} noindex narrow>
      {!isSent && <ErrorSummary form={contactState(form)} />}
      <h1>{title}</h1>
      {isSent ? (
        <p class="lead" role="status">
          {texts.sentLead}
        </p>
      ) : (
        <>
          <p class="lead">{to.length === 0 ? texts.toTeam(site.name) : texts.to(names)}</p>
          {mailWorks ? (
            <ContactForm {...form} />
          ) : (
            <p>
              {t.referent.panel.noMail} <Link href={paths.contact}>{t.referent.panel.contact}</Link>
              .
            </p>
          )}
        </>
      )}
      <p>
        <Link href={paths.territory(territory.code)}>{texts.back(territory.label)}</Link>
      </p>
    </Layout>
  )
}
