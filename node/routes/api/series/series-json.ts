import { z } from 'zod'
import { CAFE_STATUSES, type Cafe } from '../../../domain/cafes/cafe.ts'
import { instantOf } from '../../../domain/series/recurrence.ts'
import type { Series } from '../../../domain/series/series.ts'
import type { MadeDate } from '../../../store/series/series.ts'
import { sampleOf } from '../../series/series-home.ts'
import {
  CafeJson,
  OwnCafeJson,
  toCafeJson,
  toLocalTime,
  toOwnCafeJson,
  toPlainWords,
} from '../cafes/cafe-json.ts'

/** What a series does not say of its cafés: what belongs to one date alone. */
const OF_DATE = [
  ...(['uid', 'reference', 'status', 'statusNote', 'previousStartsAt', 'confirmedAt'] as const),
  ...(['facilitators', 'series', 'peer', 'distanceKm'] as const),
  ...(['descriptionMarkdown', 'draft', 'publishAt'] as const),
]

const { shape } = CafeJson.omit(
  Object.fromEntries(OF_DATE.map((name) => [name, true])) as Record<(typeof OF_DATE)[number], true>,
)

const DateJson = z.object({
  id: z.string().nullable().describe('The café; null in a dry run'),
  startsAt: CafeJson.shape.startsAt,
  status: z.enum(CAFE_STATUSES),
})

/** A series as JSON: what its cafés have in common, when it takes place, and its dates. */
export const SeriesJson = z
  .object({
    ...shape,
    id: z.string().nullable().describe('The address of its page'),
    words: z.string().describe('When it takes place, in French, as one would say it'),
    rrule: z.string().nullable().describe('Null where the dates are listed'),
    recurrence: z.object({
      rrule: z.string().nullable(),
      exclude: z.array(z.string()),
      include: z.array(z.string()),
    }),
    dates: z.array(DateJson).describe('Those that are announced, the latest 400; each is a café'),
    descriptionMarkdown: CafeJson.shape.descriptionMarkdown,
    draft: CafeJson.shape.draft,
  })
  .meta({ id: 'Series' })

/** A series as JSON with what only the structure's own programs are given. */
export const OwnSeriesJson = z
  .object({
    ...SeriesJson.shape,
    registration: OwnCafeJson.shape.registration,
    descriptionMarkdown: OwnCafeJson.shape.descriptionMarkdown,
    draft: OwnCafeJson.shape.draft,
    dryRun: OwnCafeJson.shape.dryRun,
  })
  .meta({ id: 'OwnSeries' })

type Surroundings = { origin: string; organizer: Cafe['organizer']; dates: readonly MadeDate[] }

/** Converts a series to what everybody may read of it. */
export function toSeriesJson(series: Series, surroundings: Surroundings) {
  const { descriptionMarkdown, draft, ...json } = toOwnSeriesJson(series, surroundings)
  const { origin, organizer } = surroundings
  const { registration } = toCafeJson(sampleOf(series, organizer), { origin, peer: undefined })
  return { ...json, registration }
}

/** Converts a series of ours to what the key of its structure may read. */
export function toOwnSeriesJson(series: Series, { origin, organizer, dates }: Surroundings) {
  const sample = toOwnCafeJson(sampleOf(series, organizer), origin)
  const said = Object.entries(sample).filter(([name]) => name in shape)
  const { recurrence, timezone } = series
  const { exclude, include } = recurrence
  const rrule = recurrence.rrule ?? null
  return {
    ...Object.fromEntries(said),
    id: series.uri,
    words: toPlainWords(series),
    rrule,
    recurrence: { rrule, exclude, include },
    dates: dates.flatMap(({ cafe }) =>
      cafe
        ? [
            {
              id: cafe.uri,
              startsAt: toLocalTime(cafe.startsAt, cafe.timezone),
              status: cafe.status,
            },
          ]
        : [],
    ),
    startsAt: toLocalTime(instantOf(recurrence.start, timezone), timezone),
    descriptionMarkdown: sample.descriptionMarkdown,
    draft: series.publication === 'draft',
  }
}
