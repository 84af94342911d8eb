import { SubmitButton } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** POST on the same address makes the new address valid. Without `token`, it is valid already. */
export type ConfirmEmailPageProps = { site: Site; email: string; token?: string | undefined }

export function ConfirmEmailPage({ site, email, token }: ConfirmEmailPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.safety.email.confirm
  const title = token === undefined ? texts.doneTitle : texts.title
  return (
    <Layout title={title} site={site} noindex narrow>
      <h1>{title}</h1>
      <p class="lead" role={token === undefined ? 'status' : undefined}>
        {token === undefined ? texts.done(email) : texts.lead(email)}
      </p>
      {token === undefined ? (
        <p>
          <Link class="button" href={paths.signIn}>
            {t.admin.signIn.title}
          </Link>
        </p>
      ) : (
        <Form method="post" action={paths.confirmEmail(token)}>
          <SubmitButton>{texts.submit}</SubmitButton>
        </Form>
      )}
    </Layout>
  )
}
