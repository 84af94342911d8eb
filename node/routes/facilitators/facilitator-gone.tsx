import type { Context as HonoContext } from 'hono'
import { NoticePage } from '../../../ui/components/notice-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { findSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'

/** Answers 410 at the address of a profile that was withdrawn, with nothing of the person, and not cacheable. */
export async function answerGone(context: Context, c: HonoContext<WebEnv>): Promise<Response> {
  const site = await findSite(context, c)
  const { gone, title } = messagesFor(site.lang).facilitator
  const back = { href: paths.facilitators, label: title }
  c.header('Cache-Control', 'no-store')
  return c.html(<NoticePage site={site} title={gone.title} text={gone.lead} back={back} />, 410)
}
