import { Hono, type Context as HonoContext } from 'hono'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { authorOf, cafeForEditing, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import {
  askToRemove,
  openReport,
  type ReportDoor,
  removeReport,
  takeReport,
} from './report-door.tsx'

type Asked = HonoContext<WebEnv>

/** What a team tells of its café after it took place. */
export const adminReportRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/:id/bilan', async (c) => openReport(context, c, await doorOf(context, c)))
    .post('/:id/bilan', async (c) => {
      const door = await doorOf(context, c)
      return takeReport(context, c, door, c.var.form)
    })
    .get('/:id/bilan/effacer', async (c) => askToRemove(context, c, await doorOf(context, c)))
    .post('/:id/bilan/effacer', async (c) => removeReport(context, c, await doorOf(context, c)))

async function doorOf(context: Context, c: Asked): Promise<ReportDoor> {
  const cafe = await cafeForEditing(context, c.var.admin, c.req.param('id') ?? '')
  return {
    ...{ cafe, by: authorOf(c.var.admin), admin: await adminPropsFor(context, c) },
    pathOf: (action) => paths.report(cafe.id, action),
  }
}
