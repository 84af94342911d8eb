import type { Context as HonoContext } from 'hono'
import {
  ConfirmActionPage,
  type ConfirmActionPageProps,
} from '../../../ui/admin/confirm-action-page.tsx'
import { type Messages, messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { findSite } from '../http/site.ts'
import { adminSession, type WebEnv } from '../workspaces/access.ts'

export type NetworkQuestion = keyof Messages['structureNetworks']['admin']['question']
type Asked = Pick<ConfirmActionPageProps, 'action' | 'fields' | 'about' | 'isGood'> & {
  question: NetworkQuestion
  /** What it is about: a network, a structure, or a person. */
  name: string
  from?: string
}

/** Asks a question about networks, with what everybody will see after a yes. */
export async function askAboutNetwork(
  c: HonoContext<WebEnv>,
  context: Context,
  { question, name, from = paths.adminNetworks, ...asked }: Asked,
): Promise<Response> {
  const site = await findSite(context, c)
  const { title, effects, submit } = messagesFor(site.lang).structureNetworks.admin.question[
    question
  ]
  return c.html(
    <ConfirmActionPage
      {...{ site, from }}
      session={adminSession(c.var.admin)}
      question={() => ({ title: title(name), effects: effects(name), submit })}
      {...asked}
    />,
  )
}
