import { ErrorSummary, type FormState, InputField } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import type { Site } from '../components/site.ts'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { KeptInput, ResumeKept } from './pending-form.tsx'

/** POST `/administration/connexion/lien`: `email`, `kept`. `sent` says the same whoever has that address. */
export type MailedLinkPageProps = {
  site: Site
  email?: string | undefined
  state: 'asking' | 'wrong' | 'wait' | 'sent'
  /** A form that was sent while nobody was signed in, as one text to send along. */
  kept?: string | undefined
}

export function MailedLinkPage({ site, email, state, kept }: MailedLinkPageProps) {
  const t = stringsFor(site.lang)
  const words = t.team.byMail
  const title = state === 'sent' ? words.sentTitle : words.title
  return (
    <Layout
      title={state === 'wrong' || state === 'wait' ? t.desk.form.error + title : title}
      site={site}
      noindex
    >
      <div class="narrow">
        <h1>{title}</h1>
        {state === 'sent' ? (
          <>
            <p class="lead" role="status">
              {words.sent}
            </p>
            {kept && <ResumeKept kept={kept} t={t} />}
            <p>{words.notThere}</p>
          </>
        ) : (
          <AskForm email={email ?? ''} state={state} kept={kept} t={t} />
        )}
        <p>
          <a href={paths.signIn}>{words.back}</a>
        </p>
      </div>
    </Layout>
  )
}

type AskFormProps = {
  email: string
  state: 'asking' | 'wrong' | 'wait'
  kept: string | undefined
  t: Strings
}

function AskForm({ email, state, kept, t }: AskFormProps) {
  const words = t.team.byMail
  const message = { asking: undefined, wrong: t.team.emailWrong, wait: words.wait }[state]
  const form: FormState = {
    values: { email },
    messages: message ? [{ name: 'email', message }] : [],
    labels: { email: words.email },
    hints: {},
    t,
  }
  return (
    <>
      <p class="lead">{words.lead}</p>
      <ErrorSummary form={form} />
      <form method="post" action={paths.mailedLink} class="stack" novalidate>
        <KeptInput kept={kept} />
        <InputField form={form} name="email" type="email" autocomplete="username" required />
        <p>
          <button type="submit" class="button">
            {words.submit}
          </button>
        </p>
      </form>
    </>
  )
}
