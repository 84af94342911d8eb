import { Hono, type Context as HonoContext } from 'hono'
import { STAMP_STATE_NAMES, StampsPage } from '../../../ui/directory/stamps-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { listArrivalGroups } from '../../domain/federation/arrivals.ts'
import {
  countStamps,
  decideStamp,
  findStamp,
  findStampPage,
  listStampArrivals,
} from '../../store/feeds/stamps.ts'
import { withFlash } from '../http/flash.ts'
import { languageOf } from '../http/language.ts'
import { readListQuery } from '../http/read-page.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { answerBulk, type BulkAct, type ChosenItem } from '../workspaces/bulk.tsx'

/** How many stamps are on one page of the list. */
const PAGE_SIZE = 25

/** The list of what others quote of ours or list in their collections, or ask to: the team gives, refuses, withdraws. */
export const stampRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/', (c) => showStamps(context, c))
    .post('/plusieurs', (c) =>
      answerBulk(c, context, {
        ...{ action: paths.manyStamps, from: paths.stamps },
        acts: { refuser: refusalOf(context, c) },
        listArrivals: () => listStampArrivals(context.db),
      }),
    )
    .post('/:id/:action{accepter|refuser}', async (c) => {
      const state = c.req.param('action') === 'accepter' ? 'given' : 'refused'
      const isDone = await decideStamp(context.db, { id: c.req.param('id'), state }, context.now())
      if (isDone) context.wake()
      return c.redirect(withFlash(paths.stamps, isDone ? 'done' : 'refused'), 303)
    })

/** Refuses requests that wait; what was answered meanwhile stays as it is. */
function refusalOf({ db, now }: Context, c: HonoContext<WebEnv>): BulkAct {
  const { gone, changed } = messagesFor(languageOf(c)).admin.bulk
  const look = async ({ id }: ChosenItem) => {
    const stamp = await findStamp(db, id)
    if (!stamp) return { name: '–', problem: gone }
    return { name: stamp.requesterUri, problem: stamp.state === 'asked' ? undefined : changed }
  }
  return {
    question: { texts: ({ stamps }) => stamps.refused },
    look,
    apply: async (item) => {
      const line = await look(item)
      if (line.problem) return line
      const isDone = await decideStamp(db, { id: item.id, state: 'refused' }, now())
      return isDone ? line : { ...line, problem: changed }
    },
  }
}

async function showStamps(context: Context, c: HonoContext<WebEnv>) {
  const counts = await countStamps(context.db)
  const usual = counts.asked > 0 ? 'asked' : 'given'
  const { page, ...query } = readListQuery(c, STAMP_STATE_NAMES, usual)
  const found = await findStampPage(context.db, { ...query, page, size: PAGE_SIZE })
  const isAsked = query.state === 'asked'
  const groups = isAsked ? listArrivalGroups(await listStampArrivals(context.db)) : []
  return c.html(
    <StampsPage
      {...(await adminPropsFor(context, c))}
      {...{ query, counts, found, groups }}
      now={context.now()}
    />,
  )
}
