import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { MOST_DATES, type SheetSeries, type SheetWords } from '../../node/domain/kit/sheet-words.ts'
import type { Recurrence } from '../../node/domain/series/recurrence.ts'
import { rhythmWords, seriesWords } from '../../node/domain/series/words.ts'
import { dayOfMonth, dayParts } from '../../node/domain/values/date-text.ts'
import type { Lang } from '../../node/domain/values/lang.ts'
import { messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { type SheetLook, sheetWords } from './sheet-words.ts'

type Shown = {
  recurrence: Recurrence
  /** What its next date says, or each of them where none is known. */
  cafe: Cafe
  /** Its next dates, and the days to come on which it does not take place (`2026-12-24`). */
  dates: readonly Cafe[]
  skipped: readonly string[]
}

/** Returns what is written on the poster of a series; the address of `look` is that of the series. */
export function seriesSheetWords(
  { recurrence, cafe, dates, skipped }: Shown,
  look: SheetLook,
): SheetWords {
  // What changed on one date is said beside it.
  const words = sheetWords({ ...cafe, status: 'scheduled' }, look)
  const { lang } = words
  const { sheet } = messagesFor(lang).kit
  const days = [
    ...dates.map((each) => ({
      day: startsAtPlace(each).toPlainDate(),
      off: each.status === 'cancelled' ? sheet.cancelledDate : undefined,
    })),
    ...skipped.map((day) => ({ day: Temporal.PlainDate.from(day), off: sheet.skipped })),
  ].sort((one, other) => Temporal.PlainDate.compare(one.day, other.day))
  return {
    ...words,
    change: undefined,
    when: sentenceCase(seriesWords(recurrence, lang)),
    go: { ...words.go, lead: sheet.leadSeries },
    series: {
      often: sentenceCase(withoutHour(rhythmWords(recurrence, lang))),
      dates: days.slice(0, MOST_DATES).map((each) => toDate(each, lang)),
    },
  }
}

/** The hour stands apart, and larger. */
const withoutHour = (words: string): string => words.split(/ (?:à|at) (?=\d|mid)/u, 1)[0] ?? words

function toDate(
  { day, off }: { day: Temporal.PlainDate; off: string | undefined },
  lang: Lang,
): SheetSeries['dates'][number] {
  const { month } = dayParts(day, lang)
  return { month, day: dayOfMonth(day, lang), off }
}
