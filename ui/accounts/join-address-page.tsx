import {
  ErrorSummary,
  type FormState,
  InputField,
  SubmitButton,
  titleOfForm,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form } from '../components/link.tsx'
import { NoticePage } from '../components/notice-page.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/**
 * POST on the same address: `email`. A link is mailed to it, and the code stays valid. The page says the same whether
 * or not the address has an account.
 */
export type JoinAddressPageProps = {
  site: Site
  code: string
  email: string
  problem?: 'emailWrong' | 'wait' | undefined
}

/** The page of an invitation on paper where mail works: only a link that was mailed makes the account. */
export function JoinAddressPage({ site, code, email, problem }: JoinAddressPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.team.join
  const message = problem && { emailWrong: t.team.emailWrong, wait: texts.wait }[problem]
  const form: FormState = {
    values: { email },
    messages: message ? [{ name: 'email', message }] : [],
    labels: { email: t.admin.choosePassword.email },
    hints: { email: t.admin.choosePassword.emailHint },
    t,
  }
  return (
    <Layout title={titleOfForm(form, texts.title)} site={site} noindex narrow>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead(site.name)}</p>
      <p>{texts.addressHow}</p>
      <ErrorSummary form={form} />
      <Form method="post" action={paths.teamInvitation(code)} class="stack" novalidate>
        <InputField form={form} name="email" type="email" autocomplete="username" required />
        <SubmitButton>{t.team.byMail.submit}</SubmitButton>
      </Form>
    </Layout>
  )
}

export type JoinLinkSentPageProps = Pick<JoinAddressPageProps, 'site' | 'code' | 'email'> & {
  /** The last day on which the invitation is valid, in words. */
  until: string
}

export function JoinLinkSentPage({ site, code, email, until }: JoinLinkSentPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.team.join
  const back = { href: paths.teamInvitation(code), label: texts.again }
  return (
    <NoticePage
      {...{ site, back }}
      title={t.team.byMail.sentTitle}
      text={texts.sent(email, until)}
      isDone
    >
      <p>{texts.notThere}</p>
    </NoticePage>
  )
}
