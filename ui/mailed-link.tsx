import { ErrorSummary, type FormState, InputField } from './fields.tsx'
import { Layout } from './layout.tsx'
import { paths } from './paths.ts'
import type { Site } from './site.ts'
import { type Strings, stringsFor } from './strings.ts'

/** POST `/administration/connexion/lien`: `email`. `sent` says the same whoever has that address. */
export type MailedLinkPageProps = {
  site: Site
  email?: string | undefined
  state: 'asking' | 'wrong' | 'wait' | 'sent'
}

export function MailedLinkPage({ site, email, state }: MailedLinkPageProps) {
  const t = stringsFor(site.lang)
  const words = t.team.byMail
  const title = state === 'sent' ? words.sentTitle : words.title
  return (
    <Layout title={title} site={site} noindex>
      <div class="narrow">
        <h1>{title}</h1>
        {state === 'sent' ? (
          <>
            <p class="lead" role="status">
              {words.sent}
            </p>
            <p>{words.notThere}</p>
          </>
        ) : (
          <AskForm email={email ?? ''} state={state} t={t} />
        )}
        <p>
          <a href={paths.signIn}>{words.back}</a>
        </p>
      </div>
    </Layout>
  )
}

function AskForm({
  email,
  state,
  t,
}: {
  email: string
  state: 'asking' | 'wrong' | 'wait'
  t: Strings
}) {
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
