import { Hono } from 'hono'
import {
  AdminRequestsPage,
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
import { listRequests } from '../../store/territories/requests.ts'
import { countByTerritory } from '../../store/territories/territory-counts.ts'
import { labelOfTerritory } from '../http/territory-links.ts'
import type { WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'

/** The table of where exactly cafés are asked for, only for a directory's team. */
export const requestTableRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .use('/demandes*', async (c, next) => (context.isDirectory ? next() : c.notFound()))
    .get('/demandes', async (c) => {
      const level = readLevel(c.req.query('par'))
      const order = REQUEST_ORDERS.find((one) => one === c.req.query('tri')) ?? 'total'
      return c.html(
        <AdminRequestsPage
          {...(await adminPropsFor(context, c))}
          level={level}
          order={order}
          rows={await findRows(context, level, order)}
        />,
      )
    })
    .get('/demandes.csv', async (c) => {
      const level = readLevel(c.req.query('par'))
      c.header('Content-Type', 'text/csv; charset=utf-8')
      c.header('Content-Disposition', 'attachment; filename="demandes.csv"')
      return c.body(toRequestsCsv(await findRows(context, level, 'total')))
    })

const readLevel = (text: string | undefined): RequestLevel =>
  REQUEST_LEVELS.find((one) => one === text) ?? 'commune'

async function findRows(
  context: Context,
  level: RequestLevel,
  order: RequestOrder,
): Promise<RequestRow[]> {
  const totals = new Map<string, { territory: Territory; total: number; last: string }>()
  for (const { codeInsee, total, lastMonth } of await listRequests(context.db, context.now())) {
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
