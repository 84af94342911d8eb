import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import {
  ErrorSummary,
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
  SubmitButton,
  TextArea,
  titleOfForm,
} from './fields.tsx'
import { Layout } from './layout.tsx'
import { Form, Link } from './link.tsx'
import type { Site } from './site.ts'

export const MESSAGE_MAX = 3000

type FormProps = { action: string; values: FormValues; messages: FieldMessage[]; t: Messages }

const contactState = ({ values, messages, t }: FormProps): FormState => {
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

export type ContactPageProps = {
  site: Site
  title: string
  lead: string
  /** What follows once the message is sent. */
  sentLead: string
  action: string
  back: { href: string; label: string }
  values: FormValues
  messages: FieldMessage[]
  isSent?: boolean | undefined
  mailWorks: boolean
}

/** The page by which anybody writes to somebody whose address it does not show. */
export function ContactPage(props: ContactPageProps) {
  const { site, lead, sentLead, back, isSent, mailWorks } = props
  const t = messagesFor(site.lang)
  const title = isSent ? t.referent.contact.sent : props.title
  const form = { ...props, t }
  return (
    <Layout title={titleOfForm(contactState(form), title)} site={site} noindex narrow>
      {!isSent && <ErrorSummary form={contactState(form)} />}
      <h1>{title}</h1>
      <p class="lead" role={isSent ? 'status' : undefined}>
        {isSent ? sentLead : lead}
      </p>
      {!isSent && mailWorks && <ContactForm {...form} />}
      {!isSent && !mailWorks && (
        <p>
          {t.referent.panel.noMail} <Link href={paths.contact}>{t.referent.panel.contact}</Link>.
        </p>
      )}
      <p>
        <Link href={back.href}>{back.label}</Link>
      </p>
    </Layout>
  )
}
