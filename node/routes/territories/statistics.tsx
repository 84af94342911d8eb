import { Hono } from 'hono'
import { paths } from '../../../ui/paths.ts'
import { StatisticsPage } from '../../../ui/territories/statistics-page.tsx'
import type { Context } from '../../context.ts'
import { toStatisticsCsv } from '../../formats/csv/statistics.ts'
import { findDepartement } from '../../geo/territories.ts'
import { listMonthlyCounts } from '../../store/territories/statistics.ts'
import { findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { statisticsOf } from './statistics-data.ts'

const nameOf = (code: string): string => findDepartement(code)?.name ?? code

/** The page of how many cafés there are, where and when, with the counts from which each figure is made. */
export function statisticsRoutes(context: Context) {
  const findStatistics = statisticsOf(context)
  return new Hono<WebEnv>()
    .get(paths.statistics, async (c) =>
      c.html(
        <StatisticsPage
          statistics={await findStatistics()}
          site={await findSite(context, c)}
          nameOf={nameOf}
          now={context.now()}
          signedIn={(await findAdmin(c, context)) !== undefined}
        />,
      ),
    )
    .get(paths.statisticsCsv, async (c) => {
      await findStatistics()
      return c.body(toStatisticsCsv(await listMonthlyCounts(context.db), nameOf), 200, {
        'Content-Type': 'text/csv; charset=utf-8; header=present',
        'Content-Disposition': 'attachment; filename="chiffres-cafes-ia.csv"',
        'Access-Control-Allow-Origin': '*',
      })
    })
}
