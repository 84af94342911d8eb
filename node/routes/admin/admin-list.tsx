import { Hono } from 'hono'
import { ADMIN_LIST_NAMES, AdminListPage } from '../../../ui/cafes/admin-list.tsx'
import type { Context } from '../../context.ts'
import { ADMIN_LIST_STATES } from '../../domain/cafes/admin-list.ts'
import { countAdminList, findAdminList } from '../../store/cafes/admin-list.ts'
import { readMonth } from '../cafes/list-page.tsx'
import { readPage } from '../http/read-page.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'

const PAGE_SIZE = 50
const WORDS_MAX = 200

/** The list of all cafés of a structure in one of four states, with a search and pages. */
export const adminListRoutes = (context: Context) =>
  new Hono<WebEnv>().get('/', async (c) => {
    const { admin } = c.var
    const now = context.now()
    const organizationId = admin.organization.id
    const name = c.req.query('etat')
    const asked = {
      state: ADMIN_LIST_STATES.find((state) => ADMIN_LIST_NAMES[state] === name) ?? 'upcoming',
      words: (c.req.query('mots') ?? '').trim().slice(0, WORDS_MAX),
      month: readMonth(c.req.query('mois')),
    }
    const query = { ...asked, organizationId, now, size: PAGE_SIZE }
    const page = readPage(c.req.query('page'))
    const found = await findAdminList(context.db, { ...query, page })
    return c.html(
      <AdminListPage
        {...(await adminPropsFor(context, c))}
        {...asked}
        {...found}
        counts={await countAdminList(context.db, { organizationId, now })}
        now={now}
      />,
    )
  })
