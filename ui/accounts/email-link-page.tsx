import { ErrorSummary, type FormState, InputField, SubmitButton } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { PendingFormInput, ResumePendingForm } from './pending-form.tsx'

/**
 * POST `/administration/connexion/lien`: `email`, `kept`. With `sent`, the page says the same whether or not somebody
 * has that address.
 */
export type MailedLinkPageProps = {
  site: Site
  email?: string | undefined
  state: 'asking' | 'wrong' | 'wait' | 'sent'
  /** A form that was sent while nobody was signed in, as the text of a hidden field. */
  pendingForm?: string | undefined
}

export function MailedLinkPage({ site, email, state, pendingForm }: MailedLinkPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.team.byMail
  const title = state === 'sent' ? texts.sentTitle : texts.title
  return (
    <Layout
      title={state === 'wrong' || state === 'wait' ? t.admin.form.error + title : title}
      site={site}
      noindex
      narrow
    >
      <h1>{title}</h1>
      {state === 'sent' ? (
        <>
          <p class="lead" role="status">
            {texts.sent}
          </p>
          {pendingForm && <ResumePendingForm pendingForm={pendingForm} t={t} />}
          <p>{texts.notThere}</p>
        </>
      ) : (
        <AskForm email={email ?? ''} state={state} pendingForm={pendingForm} t={t} />
      )}
      <p>
        <Link href={paths.signIn}>{texts.back}</Link>
      </p>
    </Layout>
  )
}

type AskFormProps = {
  email: string
  state: 'asking' | 'wrong' | 'wait'
  pendingForm: string | undefined
  t: Messages
}

function AskForm({ email, state, pendingForm, t }: AskFormProps) {
  const texts = t.team.byMail
  const message = { asking: undefined, wrong: t.team.emailWrong, wait: texts.wait }[state]
  const form: FormState = {
    values: { email },
    messages: message ? [{ name: 'email', message }] : [],
    labels: { email: texts.email },
    hints: {},
    t,
  }
  return (
    <>
      <p class="lead">{texts.lead}</p>
      <ErrorSummary form={form} />
      <Form method="post" action={paths.mailedLink} class="stack" novalidate>
        <PendingFormInput pendingForm={pendingForm} />
        <InputField form={form} name="email" type="email" autocomplete="username" required />
        <SubmitButton>{texts.submit}</SubmitButton>
      </Form>
    </>
  )
}
