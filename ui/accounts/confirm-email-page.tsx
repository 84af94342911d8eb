import { Link } from '../components/link.tsx'
import { NoticePage } from '../components/notice-page.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** POST on the same address makes the new address valid. Without `token`, it is valid already. */
export type ConfirmEmailPageProps = { site: Site; email: string; token?: string | undefined }

export function ConfirmEmailPage({ site, email, token }: ConfirmEmailPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.safety.email.confirm
  if (token !== undefined) {
    const button = { action: paths.confirmEmail(token), label: texts.submit }
    return <NoticePage {...{ site, button }} title={texts.title} text={texts.lead(email)} />
  }
  return (
    <NoticePage site={site} title={texts.doneTitle} text={texts.done(email)} isDone>
      <p>
        <Link class="button" href={paths.signIn}>
          {t.admin.signIn.title}
        </Link>
      </p>
    </NoticePage>
  )
}
