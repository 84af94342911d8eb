import { Hono, type Context as HonoContext } from 'hono'
import { STAMP_STATE_NAMES, StampsPage } from '../../../ui/directory/stamps-page.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { countStamps, decideStamp, findStampPage } from '../../store/feeds/stamps.ts'
import { withFlash } from '../http/flash.ts'
import { readListQuery } from '../http/read-page.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'

/** How many stamps are on one page of the list. */
const PAGE_SIZE = 25

/** The list of what others quote of ours or list in their collections, or ask to: the team gives, refuses, withdraws. */
export const stampRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/', (c) => showStamps(context, c))
    .post('/:id/:action{accepter|refuser}', async (c) => {
      const state = c.req.param('action') === 'accepter' ? 'given' : 'refused'
      const isDone = await decideStamp(context.db, { id: c.req.param('id'), state }, context.now())
      if (isDone) context.wake()
      return c.redirect(withFlash(paths.stamps, isDone ? 'done' : 'refused'), 303)
    })

async function showStamps(context: Context, c: HonoContext<WebEnv>) {
  const counts = await countStamps(context.db)
  const usual = counts.asked > 0 ? 'asked' : 'given'
  const { page, ...query } = readListQuery(c, STAMP_STATE_NAMES, usual)
  const found = await findStampPage(context.db, { ...query, page, size: PAGE_SIZE })
  return c.html(
    <StampsPage
      {...(await adminPropsFor(context, c))}
      {...{ query, counts, found }}
      now={context.now()}
    />,
  )
}
