import type { RepeatedMail } from '../../node/domain/values/link.ts'
import { NoticePage } from '../components/notice-page.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** POST on the same address stops this kind of mail. Without `token`, it is stopped already. */
export type StopMailPageProps = {
  site: Site
  mail: RepeatedMail
  email: string
  token?: string | undefined
}

export function StopMailPage({ site, mail, email, token }: StopMailPageProps) {
  const texts = messagesFor(site.lang).links.stopMail
  if (token !== undefined) {
    const button = { action: paths.stopMail(token), label: texts.submit }
    return <NoticePage {...{ site, button }} title={texts.title} text={texts.lead[mail](email)} />
  }
  // The page of a profile opens by its own link, which is in each mail about it.
  const href = mail === 'profile-named' ? paths.ownProfileLink : paths.mailsOfAccount
  const back = { href, label: texts.again }
  return <NoticePage {...{ site, back }} title={texts.doneTitle} text={texts.done(email)} isDone />
}
