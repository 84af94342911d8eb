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
      .map(([name, held]) => ({ name, cafes: held.map((cafe) => toLine(cafe, lang)) })),
    go: { text: leaflet.go, address: shown, href: address, code: sheet.code(shown) },
    printed: leaflet.printed(plainDate(dayInParis(now), lang)),
    credit: sheet.credit,
  }
}

function toLine(cafe: Cafe, lang: Lang) {
  const { sheet } = messagesFor(lang).kit
  const start = startsAtPlace(cafe)
  const { weekday, month } = dayParts(start, lang)
  const { venue } = cafe
  return {
    when: sheet.dayAndHour(
      `${weekday} ${dayOfMonth(start, lang)}\u00a0${month}`,
      clock(start, lang),
    ),
    title: cafe.title,
    place: venue ? [venue.name, venue.streetAddress].filter(Boolean).join(', ') : sheet.online,
  }
}
