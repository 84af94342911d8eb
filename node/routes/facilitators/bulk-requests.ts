import { Hono, type Context as HonoContext } from 'hono'
import { REASON_MAX } from '../../../ui/facilitators/admin-list.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { listNewcomerArrivals } from '../../store/directory/newcomers.ts'
import { languageOf } from '../http/language.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { answerBulk, type BulkAct, type ChosenItem } from '../workspaces/bulk.tsx'
import { eraseFor, requesterOf } from './refusal.ts'

/** Several people who ask to appear are refused at once, each as on their own page. */
export const bulkRequestRoutes = (context: Context) =>
  new Hono<WebEnv>().post('/plusieurs', (c) =>
    answerBulk(c, context, {
      ...{ action: paths.manyFacilitators, from: paths.adminFacilitators },
      acts: { refuser: refusalOf(context, c) },
      listArrivals: () => listNewcomerArrivals(context.db, context.config.origin),
    }),
  )

function refusalOf(context: Context, c: HonoContext<WebEnv>): BulkAct {
  const { bulk } = messagesFor(languageOf(c)).admin
  const texts = messagesFor(languageOf(c)).facilitator.admin
  const find = async ({ id }: ChosenItem) => {
    const own = await requesterOf(context, c.var.admin, id)
    return { own, line: { name: own.facilitator.name || own.email || bulk.people.nameless } }
  }
  return {
    question: { texts: ({ people }) => people.refused },
    reason: {
      ask: { label: texts.eraseReason, max: REASON_MAX, isOptional: false },
      problemOf: (text) =>
        text === '' || text.length > REASON_MAX ? texts.eraseReasonWrong : undefined,
    },
    look: async (item) => (await find(item)).line,
    apply: async (item, reason) => {
      const { own, line } = await find(item)
      await eraseFor(context, c.var.admin, own, { reason, isRefusal: true })
      return line
    },
  }
}
