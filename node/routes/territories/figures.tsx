import { Hono } from 'hono'
import { paths } from '../../../ui/paths.ts'
import { FiguresPage } from '../../../ui/territories/statistics-page.tsx'
import type { Context } from '../../context.ts'
import { toFiguresCsv } from '../../formats/csv/statistics.ts'
import { findDepartement } from '../../geo/territories.ts'
import { listMonthlyCounts } from '../../store/territories/statistics.ts'
import { findDesk, type WebEnv } from '../http/access.ts'
import { findSite } from '../http/site.ts'
import { figuresOf } from './statistics-data.ts'

const nameOf = (code: string): string => findDepartement(code)?.name ?? code

/** How many cafés, where and when, with the counts that every figure is made of. */
export function figureRoutes(context: Context) {
  const findFigures = figuresOf(context)
  return new Hono<WebEnv>()
    .get(paths.figures, async (c) =>
      c.html(
        <FiguresPage
          figures={await findFigures()}
          site={await findSite(context, c)}
          nameOf={nameOf}
          now={context.now()}
          signedIn={(await findDesk(c, context)) !== undefined}
        />,
      ),
    )
    .get(paths.figuresCsv, async (c) => {
      await findFigures()
      return c.body(toFiguresCsv(await listMonthlyCounts(context.db), nameOf), 200, {
        'Content-Type': 'text/csv; charset=utf-8; header=present',
        'Content-Disposition': 'attachment; filename="chiffres-cafes-ia.csv"',
        'Access-Control-Allow-Origin': '*',
      })
    })
}
