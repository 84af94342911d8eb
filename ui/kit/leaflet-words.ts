import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import type { LeafletWords } from '../../node/domain/kit/leaflet-words.ts'
import type { SheetWords } from '../../node/domain/kit/sheet-words.ts'
import {
  clock,
  dayOfMonth,
  dayParts,
  monthAndYear,
  plainDate,
} from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import type { Lang } from '../../node/domain/values/lang.ts'
import { messagesFor } from '../locales/messages.ts'

type Of = {
  lang: Lang
  /** `Les cafés IA en Ille-et-Vilaine`. */
  title: string
  month: Temporal.PlainYearMonth
  cafes: readonly Cafe[]
  /** Whether there are more cafés than stand on it. */
  hasMore: boolean
  address: string
  now: Temporal.Instant
}

/** Returns what is written on the programme of a month; towns are in the order of their names. */
export function leafletWords(
  { lang, title, month, cafes, hasMore, address, now }: Of,
  look: Pick<SheetWords, 'movement' | 'accent' | 'accentSoft'>,
): LeafletWords {
  const { sheet, leaflet } = messagesFor(lang).kit
  const towns = Map.groupBy(cafes, ({ venue }) => venue?.commune ?? leaflet.online)
  const shown = address.replace(/^https?:\/\//u, '')
  return {
    ...{ lang, title, ...look, month: monthAndYear(month, lang) },
    lead: leaflet.lead(cafes.length, hasMore),
    towns: [...towns]
      .sort(([one], [other]) => one.localeCompare(other, lang))
      .map(([name, held]) => ({ name, cafes: toLines(held, lang) })),
    go: { text: leaflet.go, address: shown, href: address, code: sheet.code(shown) },
    printed: leaflet.printed(plainDate(dayInParis(now), lang)),
    credit: sheet.credit,
  }
}

/** Dates of a series that differ in their day alone are one line: `jeu. 3, 10, 17 déc., 13 h 30`. */
function toLines(cafes: readonly Cafe[], lang: Lang) {
  const lines = cafes.map((cafe) => toLine(cafe, lang))
  const alike = Map.groupBy(lines, ({ of, title, place, weekday, hour }) =>
    JSON.stringify([of, title, place, weekday, hour]),
  )
  return [...alike.values()].flatMap(([first, ...others]) => {
    if (!first) return []
    const { weekday, month, hour, title, place } = first
    const days = [first, ...others].map(({ day }) => day).join(', ')
    const { dayAndHour } = messagesFor(lang).kit.sheet
    return { when: dayAndHour(`${weekday} ${days}\u00a0${month}`, hour), title, place }
  })
}

function toLine(cafe: Cafe, lang: Lang) {
  const { sheet } = messagesFor(lang).kit
  const start = startsAtPlace(cafe)
  const { venue, title, series, id } = cafe
  return {
    ...dayParts(start, lang),
    ...{ of: series ?? id, title, day: dayOfMonth(start, lang), hour: clock(start, lang) },
    place: venue ? [venue.name, venue.streetAddress].filter(Boolean).join(', ') : sheet.online,
  }
}
