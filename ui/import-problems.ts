import type { Problem } from '../node/domain/problem.ts'
import { inputFor } from './cafe-form.tsx'
import { problemMessage, stringsFor } from './strings.ts'
import { frenchSpaces } from './typography.ts'

/** One problem of a row, or of a whole file, in words: the field as the form calls it, then what the source says. */
export function importProblemMessage({ field, code, detail }: Problem): string {
  const { desk } = stringsFor('fr')
  const own = desk.import.problem[`${field}.${code}`]
  if (own !== undefined) return frenchSpaces(typeof own === 'string' ? own : own(detail ?? ''))
  const message = problemMessage({ field, code, ...(detail !== undefined && { detail }) }, 'fr')
  const label = desk.cafeForm.labels[inputFor(field)]
  const said = detail === undefined || message.includes(detail) ? '' : ` (${detail})`
  return frenchSpaces(`${label === undefined ? '' : `${label} : `}${message}${said}`)
}
