import { NoticePage } from '../components/notice-page.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** POST on the same address stops the mails about what waits. Without `token`, they are stopped already. */
export type StopToDoPageProps = { site: Site; email: string; token?: string | undefined }

export function StopToDoPage({ site, email, token }: StopToDoPageProps) {
  const texts = messagesFor(site.lang).links.stopToDo
  if (token !== undefined) {
    const button = { action: paths.stopToDo(token), label: texts.submit }
    return <NoticePage {...{ site, button }} title={texts.title} text={texts.lead(email)} />
  }
  const back = { href: paths.toDoMail, label: texts.again }
  return <NoticePage {...{ site, back }} title={texts.doneTitle} text={texts.done(email)} isDone />
}
