import { SubmitButton } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** POST on the same address stops the mails about what waits. Without `token`, they are stopped already. */
export type StopToDoPageProps = { site: Site; email: string; token?: string | undefined }

export function StopToDoPage({ site, email, token }: StopToDoPageProps) {
  const texts = messagesFor(site.lang).links.stopToDo
  const title = token === undefined ? texts.doneTitle : texts.title
  return (
    <Layout title={title} site={site} noindex narrow>
      <h1>{title}</h1>
      <p class="lead" role={token === undefined ? 'status' : undefined}>
        {token === undefined ? texts.done(email) : texts.lead(email)}
      </p>
      {token === undefined ? (
        <p>
          <Link href={paths.toDoMail}>{texts.again}</Link>
        </p>
      ) : (
        <Form method="post" action={paths.stopToDo(token)}>
          <SubmitButton>{texts.submit}</SubmitButton>
        </Form>
      )}
    </Layout>
  )
}
