import { Hono, type Context as HonoContext } from 'hono'
import { paths } from '../../../ui/paths.ts'
import {
  AdminRequestsPage,
  REQUEST_LEVEL_NAMES,
  REQUEST_LEVELS,
  REQUEST_ORDERS,
  type RequestLevel,
  type RequestOrder,
  type RequestRow,
} from '../../../ui/territories/admin-requests.tsx'
import type { Context } from '../../context.ts'
import { toRequestsCsv } from '../../formats/csv/requests.ts'
import { findTerritory, type Territory } from '../../geo/territories.ts'
import { parentsOf } from '../../geo/territory-family.ts'
import { pageOf } from '../../store/database/list-page.ts'
import { hasWords, searchWords } from '../../store/search-index/fold-words.ts'
import { listRequests, markRequestsSeen } from '../../store/territories/requests.ts'
import { countByTerritory } from '../../store/territories/territory-counts.ts'
import { withFlash } from '../http/flash.ts'
import { readListQuery } from '../http/read-page.ts'
import { labelOfTerritory } from '../http/territory-links.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'

/** The table of where exactly cafés are asked for, only for a directory's team. */
export const requestTableRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .use('/demandes*', async (c, next) => (context.isDirectory ? next() : c.notFound()))
    .get('/demandes', (c) => showRequests(context, c))
    .post('/demandes/vues', async (c) => {
      await markRequestsSeen(context.db)
      return c.redirect(withFlash(paths.admin, 'done'), 303)
    })
    .get('/demandes.csv', async (c) => {
      const level = readLevel(c.req.query('par'))
      c.header('Content-Type', 'text/csv; charset=utf-8')
      c.header('Content-Disposition', 'attachment; filename="demandes.csv"')
      const requests = await listRequests(context.db, context.now())
      return c.body(toRequestsCsv(await findRows(context, totalsOf(requests, level), 'total')))
    })

const readLevel = (text: string | undefined): RequestLevel =>
  REQUEST_LEVELS.find((one) => one === text) ?? 'commune'

const PAGE_SIZE = 50

async function showRequests(context: Context, c: HonoContext<WebEnv>) {
  const { page, ...query } = readListQuery(c, REQUEST_LEVEL_NAMES, 'commune')
  const order = REQUEST_ORDERS.find((one) => one === c.req.query('tri')) ?? 'total'
  const words = searchWords(query.words)
  const requests = await listRequests(context.db, context.now())
  const rows = await findRows(context, totalsOf(requests, query.state), order)
  const found = rows.filter(({ name, within }) => hasWords(`${name} ${within}`, words))
  return c.html(
    <AdminRequestsPage
      {...(await adminPropsFor(context, c))}
      {...{ query, order }}
      counts={{
        commune: totalsOf(requests, 'commune').size,
        departement: totalsOf(requests, 'departement').size,
        region: totalsOf(requests, 'region').size,
      }}
      found={pageOf(found, { page, size: PAGE_SIZE })}
    />,
  )
}

type Total = { territory: Territory; total: number; last: string }

/** Adds up the requests of the territories of a level, by their codes. */
function totalsOf(
  requests: Awaited<ReturnType<typeof listRequests>>,
  level: RequestLevel,
): ReadonlyMap<string, Total> {
  const totals = new Map<string, Total>()
  for (const { codeInsee, total, lastMonth } of requests) {
    const commune = findTerritory(`c-${codeInsee}`)
    const territory =
      level === 'commune'
        ? commune
        : commune && parentsOf(commune).find(({ kind }) => kind === level)
    if (!territory) continue
    const known = totals.get(territory.code)
    totals.set(territory.code, {
      territory,
      total: total + (known?.total ?? 0),
      last: known && known.last > lastMonth ? known.last : lastMonth,
    })
  }
  return totals
}

async function findRows(
  context: Context,
  totals: ReadonlyMap<string, Total>,
  order: RequestOrder,
): Promise<RequestRow[]> {
  const counts = await countByTerritory(context.db, {
    territories: [...totals.values()].map(({ territory }) => territory),
    now: context.now(),
  })
  const rows = [...totals.values()].map(({ territory, total, last }) => ({
    code: territory.code,
    name: labelOfTerritory(territory),
    within: withinOf(territory),
    total,
    toCome: counts.get(territory.code) ?? 0,
    last: Temporal.PlainYearMonth.from(last),
  }))
  return rows.sort(ORDERS[order])
}

function withinOf(territory: Territory): string {
  const around = parentsOf(territory).findLast(
    ({ kind }) => kind === (territory.kind === 'commune' ? 'departement' : 'region'),
  )
  return around ? labelOfTerritory(around) : 'France'
}

const byName = (one: RequestRow, other: RequestRow) => one.name.localeCompare(other.name, 'fr')

const ORDERS: Record<RequestOrder, (one: RequestRow, other: RequestRow) => number> = {
  name: byName,
  total: (one, other) => other.total - one.total || byName(one, other),
  toCome: (one, other) => one.toCome - other.toCome || other.total - one.total,
  last: (one, other) =>
    Temporal.PlainYearMonth.compare(other.last, one.last) || other.total - one.total,
}
