import type { FormState, FormValues } from '../components/fields.tsx'
import { fieldDateText } from '../components/time.tsx'
import type { Messages } from '../locales/messages.ts'
import { languageName } from './details.tsx'

/** Items that have an id and a name. */
type Named = readonly { id: string; name: string }[]

/** Returns what a field of the café form holds in words: the label of a code, a date as people write it. */
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
    if (name === 'venue.id')
      return text === 'online' ? t.cafe.mode.online : (nameOf(venues, text) ?? '')
    if (name === 'facilitators') return nameOf(people, text) ?? ''
    return tables[name]?.[text] ?? fieldDateText(name, text, t.lang)
  }
  const texts = [value ?? []].flat().filter((text) => text !== '')
  return texts.map(wordOf).filter(Boolean).join(', ')
}

/** The parts of the café form that are folded. */
export type FoldName =
  | 'presentation'
  | 'duration'
  | 'registration'
  | 'leading'
  | 'access'
  | 'publishing'

export type AnsweredForm = { form: FormState; people: Named; isNew: boolean }

/** Returns the summary that a folded part shows when the form is opened: « entrée libre, 15 places ». */
export function foldAnswerText(name: FoldName, { form, people, isNew }: AnsweredForm): string {
  const { values, t } = form
  const texts = t.admin.cafeForm.answers
  const has = (...names: string[]) => names.some((each) => textsIn(values, each).length > 0)
  const wordsOf = (each: string) => fieldWords(each, values[each], { t, people, venues: [] })
  const byName: Record<FoldName, () => (string | false)[]> = {
    presentation: () => [
      has('descriptionMarkdown', 'summary') ? texts.written : texts.unwritten,
      has('image.media', 'image.alt') ? texts.withImage : texts.withoutImage,
    ],
    duration: () => [has('endTime', 'endDate') ? endText(values, t) : texts.usual],
    registration: () => [
      texts.entry[textsIn(values, 'registration.mode')[0] ?? 'none'] ?? '',
      texts.seats(textsIn(values, 'registration.capacity')[0] ?? ''),
    ],
    leading: () => [has('facilitators') ? wordsOf('facilitators') : texts.unnamed],
    access: () => [
      values.openTo === 'reserved' ? texts.reserved : texts.open,
      has('languages') && texts.spoken(wordsOf('languages')),
      has('accessibility')
        ? wordsOf('accessibility').toLowerCase()
        : isNew && has('venue.id') && values['venue.id'] !== 'online' && texts.asVenue,
    ],
    publishing: () => [has('publishDate') ? texts.at(wordsOf('publishDate')) : texts.atOnce],
  }
  return byName[name]()
    .filter((text) => text !== false && text !== '')
    .join(', ')
}

const textsIn = (values: FormValues, name: string): string[] =>
  [values[name] ?? []].flat().filter((text) => text !== '')

/** Returns the end in words; text that cannot be parsed is returned as it was typed. */
function endText(values: FormValues, t: Messages): string {
  const [day, time] = ['endDate', 'endTime'].map((name) => {
    const [text] = textsIn(values, name)
    return text && fieldDateText(name, text, t.lang)
  })
  return t.admin.cafeForm.answers.until(day, time)
}
