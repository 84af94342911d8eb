import { Hono } from 'hono'
import { ADMIN_LIST_NAMES, AdminListPage } from '../../../ui/cafes/admin-list.tsx'
import type { Context } from '../../context.ts'
import { countAdminList, findAdminList } from '../../store/cafes/admin-list.ts'
import { readMonth } from '../cafes/list-page.tsx'
import { readListQuery } from '../http/read-page.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'

const PAGE_SIZE = 50

/** The list of all cafés of a structure in one of four states, with a search and pages. */
export const adminListRoutes = (context: Context) =>
  new Hono<WebEnv>().get('/', async (c) => {
    const { admin } = c.var
    const now = context.now()
    const organizationId = admin.organization.id
    const query = readListQuery(c, ADMIN_LIST_NAMES, 'upcoming')
    const month = readMonth(c.req.query('mois'))
    const { months, ...found } = await findAdminList(context.db, {
      ...query,
      month,
      organizationId,
      now,
      size: PAGE_SIZE,
    })
    return c.html(
      <AdminListPage
        {...(await adminPropsFor(context, c))}
        {...{ query, found, month, months }}
        counts={await countAdminList(context.db, { organizationId, now })}
        now={now}
      />,
    )
  })
