import { clock, longDate } from '../../node/domain/values/date-text.ts'
import { readDay } from '../../node/domain/values/days.ts'
import type { Lang } from '../../node/domain/values/lang.ts'

/** Returns the `datetime` of HTML, which allows an offset but no zone in brackets (RFC 9557). */
const machine = (zdt: Temporal.ZonedDateTime): string =>
  zdt.toString({ timeZoneName: 'never', smallestUnit: 'minute' })

type TimeProps = { at: Temporal.ZonedDateTime; text: string; hours?: string | undefined }

/** A date in words, with the instant as the `datetime` attribute; no line ends within its hours. */
export const Time = ({ at, text, hours }: TimeProps) => (
  <time datetime={machine(at)}>
    {text}
    {hours && <span class="unbroken">{hours}</span>}
  </time>
)

/**
 * Returns the text of a field in words where it is a date or a time, by the field's name: `date` and `2027-01-05` give
 * « mardi 5 janvier 2027 », `time` and `18:00` « 18 h ». All other text, and a date that no calendar has, stays as it
 * was typed.
 */
export function fieldDateText(name: string, text: string, lang: Lang): string {
  const day = /(?:date|On)$/i.test(name) && readDay(text)
  if (day) return longDate(day, lang)
  const time = /time$/i.test(name) && readTime(text)
  return time ? clock(time, lang) : text
}

/**
 * Returns the type of an input for a date or a time: `text` where its value is none, since browsers leave such a value
 * out of the other types, and what was typed would be gone.
 */
export function inputTypeOf(type: string, value: string): string {
  if (value === '') return type
  const isWrong = (type === 'date' && !readDay(value)) || (type === 'time' && !readTime(value))
  return isWrong ? 'text' : type
}

const readTime = (text: string): Temporal.PlainTime | undefined =>
  /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text) ? Temporal.PlainTime.from(text) : undefined
