import { ErrorSummary, type FormState, SubmitButton, titleOfForm } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { NewPassword, type PasswordProblem, passwordMessage } from './sign-in-pages.tsx'

/** POST on the same address: `password`, `passwordAgain`. This uses the link up. */
export type FirstPasswordPageProps = {
  site: Site
  token: string
  email: string
  problems: PasswordProblem[]
}

export function FirstPasswordPage({ site, token, email, problems }: FirstPasswordPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.links.firstPassword
  const fields = t.admin.choosePassword
  const form: FormState = {
    values: { email },
    messages: problems.map((problem) => passwordMessage(problem, t)),
    labels: { password: fields.password, passwordAgain: fields.again },
    hints: { password: fields.passwordHint },
    t,
  }
  return (
    <Layout title={titleOfForm(form, texts.title)} site={site} noindex narrow>
      <ErrorSummary form={form} secret />
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead(email)}</p>
      <Form method="post" action={paths.firstPassword(token)} class="stack" novalidate>
        <input type="hidden" name="username" autocomplete="username" value={email} />
        <NewPassword form={form} />
        <SubmitButton>{texts.submit}</SubmitButton>
      </Form>
    </Layout>
  )
}
