import {
  ErrorSummary,
  type FormState,
  InputField,
  SubmitButton,
  titleOfForm,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { NewPassword, type PasswordProblem, passwordMessage } from './sign-in-pages.tsx'

/** POST on the same address: `name`, `email`, `password`, `passwordAgain`. This uses the invitation up. */
export type JoinTeamPageProps = {
  site: Site
  code: string
  values: { name: string; email: string }
  /** Whether the invitation was mailed to the address, which then cannot be changed here. */
  hasEmail?: boolean
  problems: JoinProblem[]
}

export type JoinProblem = PasswordProblem | 'nameMissing'

/** For somebody who has an account here already, whose mailbox received the invitation: POST, without fields. */
export function JoinAsKnownPage({
  site,
  code,
  email,
}: {
  site: Site
  code: string
  email: string
}) {
  const { team } = messagesFor(site.lang)
  const texts = team.join
  return (
    <Layout title={texts.title} site={site} noindex narrow>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.known(email)}</p>
      <Form method="post" action={paths.teamInvitation(code)} class="stack">
        <SubmitButton>{texts.knownSubmit}</SubmitButton>
      </Form>
    </Layout>
  )
}

export function JoinTeamPage({
  site,
  code,
  values,
  hasEmail = false,
  problems,
}: JoinTeamPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.team.join
  const fields = t.admin.choosePassword
  const form: FormState = {
    values,
    messages: problems.map((problem) =>
      problem === 'nameMissing'
        ? { name: 'name', message: texts.nameMissing }
        : passwordMessage(problem, t),
    ),
    labels: {
      name: fields.name,
      email: fields.email,
      password: fields.password,
      passwordAgain: fields.again,
    },
    hints: { name: fields.nameHint, email: fields.emailHint, password: fields.passwordHint },
    t,
  }
  return (
    <Layout title={titleOfForm(form, texts.title)} site={site} noindex narrow>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead(site.name)}</p>
      <ErrorSummary form={form} secret />
      <Form method="post" action={paths.teamInvitation(code)} class="stack" novalidate>
        <InputField form={form} name="name" autocomplete="name" required />
        <InputField
          form={form}
          name="email"
          type="email"
          autocomplete="username"
          readonly={hasEmail}
          required
        />
        <NewPassword form={form} />
        <SubmitButton>{texts.submit}</SubmitButton>
      </Form>
    </Layout>
  )
}
