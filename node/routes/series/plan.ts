import { createHash } from 'node:crypto'
import type { PlannedDates } from '../../../ui/cafes/series/several-dates.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { type Closure, findClosure } from '../../domain/series/closures.ts'
import { findPublicHoliday } from '../../domain/series/public-holidays.ts'
import {
  datesOf,
  dayOf,
  firstDatesOf,
  isOpenEnded,
  type Recurrence,
} from '../../domain/series/recurrence.ts'
import { seriesWords } from '../../domain/series/words.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { readSkipped } from './recurrence-form.ts'

/** Where a series takes place, which says on which days nobody may be there. */
export type SeriesPlace = {
  departement: string | undefined
  closures: readonly Closure[]
}

/**
 * Plans the dates of a series as its form answers about those to look at: `recurrence` leaves out the days that are
 * skipped, `plan` is what the form shows.
 */
export function planSeriesDates(
  form: FormData,
  { recurrence: read, place, lang }: { recurrence: Recurrence; place: SeriesPlace; lang: Lang },
): { plan: PlannedDates; recurrence: Recurrence } {
  const days = listDays(read)
  const flags = days.flatMap((day) => findFlag(day, place, lang) ?? [])
  const exclude = readSkipped(
    form,
    flags.map(({ day }) => day),
  )
  const recurrence = { ...read, exclude }
  const isSkipped = (day: string) => exclude.includes(day)
  return {
    recurrence,
    plan: {
      words: seriesWords(recurrence, lang),
      start: Temporal.PlainDateTime.from(recurrence.start),
      days: days.map((day) => ({ day, isSkipped: isSkipped(day) })),
      isOpenEnded: isOpenEnded(recurrence),
      flagged: flags.map((flag) => ({ ...flag, isSkipped: isSkipped(flag.day) })),
      shown: hashOf(recurrence),
    },
  }
}

/** Lists the days of all dates; of a rule without an end, those of the first year. */
function listDays(recurrence: Recurrence): string[] {
  if (!isOpenEnded(recurrence)) return firstDatesOf(recurrence).map(dayOf)
  const first = dayOf(recurrence.start)
  const last = Temporal.PlainDate.from(first).add({ years: 1 }).subtract({ days: 1 })
  return datesOf(recurrence, first, last.toString()).map(dayOf)
}

function findFlag(day: string, { departement, closures }: SeriesPlace, lang: Lang) {
  const closure = findClosure(closures, day)
  if (closure) return { day, kind: 'closed' as const, text: closure.reason }
  const feast = findPublicHoliday(day, departement)
  return (
    feast && {
      day,
      kind: 'holiday' as const,
      text: messagesFor(lang).series.feasts[feast],
    }
  )
}

const hashOf = (recurrence: Recurrence): string =>
  createHash('sha256').update(JSON.stringify(recurrence)).digest('hex').slice(0, 16)
