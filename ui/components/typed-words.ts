import { clock, longDate } from '../../node/domain/values/date-text.ts'
import type { Lang } from '../../node/domain/values/lang.ts'

/**
 * Returns the text of a field in words where it is a date or a time, by the field's name: `date` and `2027-01-05` give
 * « mardi 5 janvier 2027 », `time` and `18:00` « 18 h ». All other text, and a date that no calendar has, stays as it
 * was typed.
 */
export function typedWords(name: string, text: string, lang: Lang): string {
  try {
    if (/(?:date|On)$/i.test(name) && /^\d{4}-\d{2}-\d{2}$/.test(text))
      return longDate(Temporal.PlainDate.from(text), lang)
    if (/time$/i.test(name) && /^\d{2}:\d{2}$/.test(text))
      return clock(Temporal.PlainTime.from(text), lang)
  } catch {
    return text
  }
  return text
}
