import { Hono } from 'hono'
import { seriesSheetWords } from '../../../ui/kit/series-words.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { shortCodeOf } from '../../domain/values/short-code.ts'
import { listNextDates } from '../cafes/shown-series.ts'
import { listSkipped, seriesForReading } from '../series/pages.tsx'
import type { WebEnv } from '../workspaces/access.ts'
import { findLook } from './look.ts'
import { sheetAnswer, templateOf } from './sheets.ts'

/** The poster of a series: how often, and its next dates. */
export const seriesSheetRoutes = (context: Context) =>
  new Hono<WebEnv>().get('/:id/affiche.pdf', async (c) => {
    const id = c.req.param('id')
    const { series, organizer, sample } = await seriesForReading(context, id)
    const { dates } = await listNextDates(context, { uri: series.uri, organizerUri: organizer.uri })
    const cafes = dates.map(({ cafe }) => cafe)
    const cafe = cafes.find(({ status }) => status === 'scheduled') ?? sample
    const words = seriesSheetWords(
      {
        ...{ recurrence: series.recurrence, cafe, dates: cafes },
        skipped: listSkipped(series, context.now()),
      },
      {
        ...(await findLook(context, cafe)),
        address: context.config.origin + paths.shortAddress(shortCodeOf(id)),
      },
    )
    const template = templateOf(c.req.query('modele'))
    const order = { words, sheet: 'affiche', template, hasBleed: false } as const
    const name = `cafe-ia-serie-${shortCodeOf(id)}.pdf`
    return sheetAnswer(context, c, { order, file: 'pdf', isPublic: true, name })
  })
