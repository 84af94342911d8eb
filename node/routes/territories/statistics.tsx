import { Hono, type Context as HonoContext } from 'hono'
import { territoryText } from '../../../ui/locales/french-articles.ts'
import { paths } from '../../../ui/paths.ts'
import { StatisticsPage } from '../../../ui/territories/statistics-page.tsx'
import type { Context } from '../../context.ts'
import { allHeldOf, GROUPINGS } from '../../domain/territories/statistics.ts'
import { toGroupsCsv, toStatisticsCsv } from '../../formats/csv/statistics.ts'
import { findDepartement, findTerritory } from '../../geo/territories.ts'
import { listGroupCounts, listMonthlyCounts } from '../../store/territories/statistics.ts'
import { findPublicStructure, findSite } from '../http/site.ts'
import { findAdmin, type WebEnv } from '../workspaces/access.ts'
import { countedCafesAnswer } from './counted-cafes.tsx'
import { statisticsOf } from './statistics-data.ts'

const nameOf = (code: string): string => territoryText(findTerritory(code)?.name ?? code)
const regionOf = (code: string): string | undefined => findDepartement(code)?.region

/**
 * The page of how many cafés there are, where and when, and how many came, with the cafés of which each figure is made.
 */
export function statisticsRoutes(context: Context) {
  const findStatistics = statisticsOf(context)
  return new Hono<WebEnv>()
    .get(paths.statistics, async (c) => {
      const statistics = await findStatistics()
      return c.html(
        <StatisticsPage
          statistics={statistics}
          site={await findSite(context, c)}
          names={{ nameOf, regionOf }}
          now={context.now()}
          certificateHref={
            allHeldOf(statistics) > 0 ? await findOwnCertificate(context) : undefined
          }
          signedIn={(await findAdmin(c, context)) !== undefined}
        />,
      )
    })
    .get(paths.countedCafes, async (c) => {
      await findStatistics()
      return countedCafesAnswer(context, c)
    })
    .get(paths.statisticsCsv, async (c) => {
      await findStatistics()
      return sendCsv(context, c)
    })
}

/** Returns the address of the certificate of the structure of a place. */
async function findOwnCertificate({ db, isDirectory }: Context): Promise<string | undefined> {
  const own = isDirectory ? undefined : await findPublicStructure(db)
  return own && paths.structureCertificate(own.slug)
}

/** Sends the monthly counts, or with `par` those of a grouping. */
async function sendCsv({ db }: Context, c: HonoContext) {
  const grouping = GROUPINGS.find((name) => name === c.req.query('par'))
  const csv = grouping
    ? toGroupsCsv((await listGroupCounts(db)).filter((group) => group.grouping === grouping))
    : toStatisticsCsv(await listMonthlyCounts(db), nameOf)
  return c.body(csv, 200, {
    'Content-Type': 'text/csv; charset=utf-8; header=present',
    'Content-Disposition': `attachment; filename="chiffres-cafes-ia${grouping ? `-${grouping}` : ''}.csv"`,
    'Access-Control-Allow-Origin': '*',
  })
}
