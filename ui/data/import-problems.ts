import type { Lang } from '../../node/domain/values/lang.ts'
import type { Problem } from '../../node/domain/values/problem.ts'
import { inputFor } from '../cafes/form.tsx'
import { messagesFor, problemMessage } from '../locales/messages.ts'
import { frenchSpaces } from '../locales/typography.ts'

/**
 * Returns one problem of a row, or of the whole file, in words: the field's label in the form, then what the source
 * holds.
 */
export function importProblemMessage({ field, code, detail }: Problem, lang: Lang = 'fr'): string {
  const { admin } = messagesFor(lang)
  const spaced = lang === 'fr' ? frenchSpaces : (text: string) => text
  const own = admin.import.problem[`${field}.${code}`]
  if (own !== undefined) return spaced(typeof own === 'string' ? own : own(detail ?? ''))
  const message = problemMessage({ field, code, ...(detail !== undefined && { detail }) }, lang)
  const label = admin.cafeForm.labels[inputFor(field)]
  const said = detail === undefined || message.includes(detail) ? '' : ` (${detail})`
  return spaced(`${label === undefined ? '' : admin.form.inField(label)}${message}${said}`)
}
