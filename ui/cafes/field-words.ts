import { plainDate } from '../../node/domain/values/date-text.ts'
import type { Messages } from '../locales/messages.ts'
import { languageName } from './details.tsx'

/** What ids stand for. */
type Named = readonly { id: string; name: string }[]

/** What a field of the café form holds, as a person would say it: a code is its label, a day is a date. */
export function fieldWords(
  name: string,
  value: string | readonly string[] | undefined,
  { t, venues, people }: { t: Messages; venues: Named; people: Named },
): string {
  const { registrationMode, openTo, onlineFor } = t.admin.cafeForm
  const tables: { [name: string]: { readonly [code: string]: string } } = {
    attendanceMode: t.cafe.mode,
    'registration.mode': registrationMode,
    openTo,
    onlineFor,
    intentions: t.cafe.intention,
    accessibility: t.cafe.access,
  }
  const nameOf = (named: Named, id: string) => named.find((one) => one.id === id)?.name
  const wordOf = (text: string): string => {
    if (name === 'languages') return languageName(text, t)
    if (name === 'venue.id') return nameOf(venues, text) ?? ''
    if (name === 'facilitators') return nameOf(people, text) ?? ''
    if (/date$/i.test(name) && /^\d{4}-\d{2}-\d{2}$/.test(text))
      return plainDate(Temporal.PlainDate.from(text), t.lang)
    return tables[name]?.[text] ?? text
  }
  const texts = [value ?? []].flat().filter((text) => text !== '')
  return texts.map(wordOf).filter(Boolean).join(', ')
}
