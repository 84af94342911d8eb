import { type Cafe, type CafeContent, isOff } from '../cafes/cafe.ts'
import { whenText, whereText } from '../cafes/cafe-text.ts'
import { changeMessage, type KnownState } from '../cafes/change-message.ts'
import { longDate } from '../values/date-text.ts'
import { plural } from '../values/number-text.ts'

/** What followers read of a series as a whole, which is shown before it is sent. */
export type SeriesMessage = { title: string; lines: string[] }

/** Returns what says that a series begins: what, its first date, where. */
export const seriesBeginningMessage = (cafe: CafeContent): SeriesMessage => ({
  title: `Nouvelle série : ${cafe.title}`,
  lines: [`📅 Première date : ${whenText(cafe)}`, `📍 ${whereText(cafe)}`],
})

type Change = { cafe: Cafe; before: KnownState | undefined }

/** The maximum number of dates, and of different changes, that a post names one by one. */
const NAMED = 6

/** Returns what has changed in several dates: each thing that is new once, with the dates of which it is. */
export function seriesChangeMessage(changes: readonly [Change, ...Change[]]): SeriesMessage {
  const sorted = changes.toSorted((one, other) => (knownDay(one) < knownDay(other) ? -1 : 1))
  const [{ cafe }] = changes
  const groups = [...Map.groupBy(sorted, (change) => newsOf(change).join(' : '))]
  const lines = groups.slice(0, NAMED).map(([news, some]) => `${news} ${daysText(some)}`)
  const left = groups.slice(NAMED).reduce((sum, [, some]) => sum + some.length, 0)
  const places = new Set(sorted.flatMap((each) => (isOff(each.cafe) ? [] : whereText(each.cafe))))
  return {
    title: `${sorted.length} dates changent : ${cafe.title}`,
    lines: [
      ...lines,
      ...(left > 0 ? [`Et ${otherDates(left)}.`] : []),
      ...(places.size === 1 ? [...places].map((where) => `📍 ${where}`) : []),
      ...(cafe.statusNote ? [cafe.statusNote] : []),
    ],
  }
}

/** Returns what is new in one date, in a few words and a sentence. That of what is off is the same for all dates. */
function newsOf({ before, cafe }: Change): [string, string] {
  if (cafe.status === 'cancelled') return ['Annulé', 'pas de café']
  if (cafe.status === 'postponed') return ['Reporté', 'la nouvelle date n’est pas encore connue']
  const { title, lines } = changeMessage(before, cafe)
  return [title.slice(0, title.indexOf(' : ')), lines[0] ?? '']
}

/** Returns the days of which followers knew these dates, e.g. `(le jeudi 7 janvier 2027, le jeudi 14 janvier 2027)`. */
function daysText(changes: readonly Change[]): string {
  const days = changes.slice(0, NAMED).map(({ before, cafe }) => {
    const known = before ? Temporal.Instant.from(before.startsAt) : cafe.startsAt
    return `le ${longDate(known.toZonedDateTimeISO(cafe.timezone))}`
  })
  const more = changes.length - days.length
  return `(${days.join(', ')}${more > 0 ? `, et ${otherDates(more)}` : ''})`
}

const otherDates = (n: number): string => plural(n, 'autre date', 'autres dates')

const knownDay = ({ before, cafe }: Change): string => before?.startsAt ?? cafe.startsAt.toString()
