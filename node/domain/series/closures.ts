import { readDay } from '../values/days.ts'
import type { Day } from './recurrence.ts'

/** Days on which a place is closed, both included. */
export type Closure = { from: Day; until: Day; reason: string | undefined }

/** The maximum length of what is typed about the closures of a venue, in characters. */
export const CLOSURES_MAX = 4000

/** « 24/12/2026 au 03/01/2027 : fin d’année », with a last day and a reason or without. */
const CLOSURE =
  /^(?:du |le )?(\d{1,2}\/\d{1,2}\/\d{4}|\d{4}-\d{2}-\d{2})(?: ?(?:au|\u2013|-|\u2192) ?(\d{1,2}\/\d{1,2}\/\d{4}|\d{4}-\d{2}-\d{2}))?(?: ?[:,] ?(.*)| (?!au\b)(\D.*))?$/

/** Reads the closures of a venue, one on each line, until one that is not understood, which is `wrong`. */
export function readClosures(text: string): { closures: Closure[]; wrong?: string | undefined } {
  const closures: Closure[] = []
  for (const line of text
    .split('\n')
    .map((each) => each.trim())
    .filter(Boolean)) {
    const closure = readClosure(line)
    if (!closure) return { closures, wrong: line.slice(0, 100) }
    closures.push(closure)
  }
  return { closures }
}

function readClosure(line: string): Closure | undefined {
  const [, from, until = from, reason, words = reason] = CLOSURE.exec(line) ?? []
  const [first, last] = [toDay(from), toDay(until)]
  if (!first || !last || last < first) return undefined
  return { from: first, until: last, reason: words?.trim() || undefined }
}

/** Returns `24/12/2026` and `2026-12-24` as the latter; undefined for a day that no calendar has. */
function toDay(text = ''): string | undefined {
  const [day = '', month = '', year = ''] = text.split('/')
  const iso = text.includes('/')
    ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    : text
  return readDay(iso)?.toString()
}

/** Finds the closure in which a day is. */
export const findClosure = (closures: readonly Closure[], day: string): Closure | undefined =>
  closures.find(({ from, until }) => from <= day && day <= until)
