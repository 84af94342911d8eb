import {
  ErrorSummary,
  type FormState,
  InputField,
  SubmitButton,
  titleOfForm,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link, PostForm } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { PendingFormInput, ResumePendingForm } from './pending-form.tsx'
import { CodeField, type CodeProblem } from './second-factor-pages.tsx'

/**
 * POST `/administration/connexion`: `email`, `password`, `retour` (the address to go to afterwards), `kept`; the last
 * two are sent back unchanged.
 */
export type SignInPageProps = {
  site: Site
  email?: string | undefined
  returnTo?: string | undefined
  /** `refused` does not say whether the address or the password is wrong. */
  problem?: 'refused' | 'wait' | undefined
  justSignedOut?: boolean | undefined
  /** A form that was sent while nobody was signed in, as the text of the hidden field `kept`. */
  pendingForm?: string | undefined
  /** Whether the site can send a link by e-mail. */
  mailWorks?: boolean | undefined
}

export function SignInPage(props: SignInPageProps) {
  const { site, email, returnTo, problem, justSignedOut, pendingForm } = props
  const t = messagesFor(site.lang)
  const texts = t.admin.signIn
  const messages = problem ? [{ name: 'email', message: texts[problem] }] : []
  const form: FormState = {
    values: { email: email ?? '' },
    messages,
    labels: { email: texts.email, password: texts.password },
    hints: {},
    t,
  }
  return (
    <Layout
      title={titleOfForm(form, texts.title)}
      site={site}
      current={paths.signIn}
      noindex
      narrow
    >
      {justSignedOut && (
        <p class="flash" role="status">
          {texts.signedOut}
        </p>
      )}
      {pendingForm && (
        <p class="flash" role="status">
          {texts.pendingForm}
        </p>
      )}
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Form method="post" action={paths.signIn} class="stack" novalidate>
        {returnTo && <input type="hidden" name="retour" value={returnTo} />}
        <PendingFormInput pendingForm={pendingForm} />
        <InputField form={form} name="email" type="email" autocomplete="username" required />
        <InputField
          form={form}
          name="password"
          type="password"
          autocomplete="current-password"
          required
        />
        <SubmitButton>{texts.submit}</SubmitButton>
      </Form>
      <h2>{texts.lost}</h2>
      <WaysBack mailWorks={props.mailWorks} pendingForm={pendingForm} t={t} />
      {pendingForm && <ResumePendingForm pendingForm={pendingForm} t={t} />}
    </Layout>
  )
}

/**
 * Says how to get in without a password: by e-mail where the site sends mail, otherwise by the person who runs the
 * server.
 */
export function WaysBack({ mailWorks, pendingForm, t }: WaysBackProps) {
  if (!mailWorks)
    return (
      <>
        <p>{t.admin.signIn.lostHow}</p>
        <p>
          <code class="command">bin/cafe-ia sign-in-link</code>
        </p>
      </>
    )
  if (pendingForm === undefined)
    return (
      <p>
        <Link href={paths.mailedLink}>{t.team.byMail.title}</Link>
      </p>
    )
  return (
    <Form method="post" action={paths.mailedLink}>
      <PendingFormInput pendingForm={pendingForm} />
      <button type="submit" class="link">
        {t.team.byMail.title}
      </button>
    </Form>
  )
}

type WaysBackProps = {
  mailWorks: boolean | undefined
  pendingForm?: string | undefined
  t: Messages
}

/**
 * POST on the same address, or with `password` and `passwordAgain` on `…/mot-de-passe`. POST uses the link up; GET does
 * not.
 */
export type SignInLinkPageProps = {
  site: Site
  token: string
  /** Whether a password may be chosen on this page: a first one, or a new one. */
  withPassword?: boolean | undefined
  /** Whether a new password needs a code of the account's second factor, `code`. */
  withCode?: boolean | undefined
  problems?: PasswordProblem[] | undefined
  codeProblem?: CodeProblem | undefined
}

export function SignInLinkPage(props: SignInLinkPageProps) {
  const { site, token, withPassword, withCode, problems = [], codeProblem } = props
  const t = messagesFor(site.lang)
  const texts = t.admin.link
  const form: FormState = {
    values: {},
    messages: [
      ...problems.map((problem) => passwordMessage(problem, t)),
      ...(codeProblem ? [{ name: 'code', message: t.admin.secondFactor[codeProblem] }] : []),
    ],
    labels: {
      password: t.team.newPassword.password,
      passwordAgain: t.team.newPassword.again,
      code: t.admin.secondFactor.code,
    },
    hints: {
      password: t.admin.choosePassword.passwordHint,
      code: t.admin.secondFactor.codeHint,
    },
    t,
  }
  return (
    <Layout title={titleOfForm(form, texts.title)} site={site} noindex narrow>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <ErrorSummary form={form} secret />
      <Form method="post" action={paths.signInLink(token)}>
        <button type="submit" class="button">
          {texts.submit}
        </button>
      </Form>
      {withPassword && (
        <Form method="post" action={paths.newPassword(token)} class="panel stack" novalidate>
          <h2>{t.team.newPassword.title}</h2>
          <p>{t.team.newPassword.lead}</p>
          <NewPassword form={form} />
          {withCode && <CodeField form={form} />}
          <SubmitButton quiet>{t.team.newPassword.submit}</SubmitButton>
        </Form>
      )}
    </Layout>
  )
}

/** Why a new password, name or e-mail address is refused. */
export type PasswordProblem =
  | 'mismatch'
  | 'tooShort'
  | 'tooLong'
  | 'emailTaken'
  | 'emailWrong'
  | 'nameTooLong'

/** POST `/administration/bienvenue`: `csrf`, `name`, `email`, `password`, `passwordAgain`. */
export type ChoosePasswordPageProps = {
  site: Site
  csrf: string
  values: { name: string; email: string }
  problems: PasswordProblem[]
}

export function ChoosePasswordPage({ site, csrf, values, problems }: ChoosePasswordPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.admin.choosePassword
  const form: FormState = {
    values,
    messages: problems.map((problem) => passwordMessage(problem, t)),
    labels: {
      name: texts.name,
      email: texts.email,
      password: texts.password,
      passwordAgain: texts.again,
    },
    hints: { name: texts.nameHint, email: texts.emailHint, password: texts.passwordHint },
    t,
  }
  return (
    <Layout title={titleOfForm(form, texts.title)} site={site} noindex narrow>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <ErrorSummary form={form} secret />
      <PostForm csrf={csrf} action={paths.choosePassword} class="stack" novalidate>
        <InputField form={form} name="name" autocomplete="name" optional />
        <InputField form={form} name="email" type="email" autocomplete="username" required />
        <NewPassword form={form} />
        <SubmitButton>{texts.submit}</SubmitButton>
      </PostForm>
    </Layout>
  )
}

/** Two fields for a new password; the form gives the labels of `password` and `passwordAgain`. */
export const NewPassword = ({ form }: { form: FormState }) => (
  <>
    <InputField form={form} name="password" type="password" autocomplete="new-password" required />
    <InputField
      form={form}
      name="passwordAgain"
      type="password"
      autocomplete="new-password"
      required
    />
  </>
)

/**
 * Returns the message about a password, an address or a name that was not accepted, with the field beside which it is
 * shown.
 */
export function passwordMessage(problem: PasswordProblem, t: Messages) {
  const texts = t.admin.choosePassword
  const name = {
    mismatch: 'passwordAgain',
    tooShort: 'password',
    tooLong: 'password',
    emailTaken: 'email',
    emailWrong: 'email',
    nameTooLong: 'name',
  }
  return { name: name[problem], message: texts[problem] }
}
