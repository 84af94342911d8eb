import { NoticePage } from '../components/notice-page.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** POST on the same address ends the mandate. Without `token`, it was ended so already. */
export type NotMyMandatePageProps = { site: Site; territory: string; token?: string | undefined }

export function NotMyMandatePage({ site, territory, token }: NotMyMandatePageProps) {
  const texts = messagesFor(site.lang).links.notMyMandate
  if (token === undefined)
    return <NoticePage site={site} title={texts.doneTitle} text={texts.done} isDone />
  const button = { action: paths.notMyMandate(token), label: texts.submit }
  return <NoticePage {...{ site, button }} title={texts.title} text={texts.lead(territory)} />
}
