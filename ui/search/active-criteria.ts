import type { Messages } from '../locales/messages.ts'
import { textOf } from './choices.ts'
import { monthDayText } from './title.ts'
import type { SearchValues } from './values.ts'

/** The names of what an address has only as a code. */
export type SearchNames = {
  territory: string | undefined
  organizer: string | undefined
  network?: string | undefined
}

/** No name is known. */
export const NO_NAMES: SearchNames = { territory: undefined, organizer: undefined }

/** A condition in words, and the changes that remove it. */
type Active = { changes: Partial<SearchValues>; label: string }

/** Returns the search's conditions in words, except place and « Quand ? », each with what removes it. */
export function listActive(values: SearchValues, names: SearchNames, t: Messages): Active[] {
  const without = (changes: Partial<SearchValues>, label: string | undefined): Active[] =>
    label ? [{ changes, label }] : []
  const codes = values.acces === '' ? [] : values.acces.split(',')
  const day = (name: 'du' | 'au', word: string) => {
    const text = monthDayText(values[name], t)
    return text && `${word} ${text}`
  }
  return [
    ...without({ q: '' }, values.q && t.search.quoted(values.q)),
    ...without({ du: '' }, day('du', t.search.from)),
    ...without({ au: '' }, day('au', t.search.until)),
    ...without({ mode: '' }, values.mode && textOf('mode', values.mode, t)),
    ...without({ intention: '' }, values.intention && textOf('intention', values.intention, t)),
    ...without({ territoire: '' }, names.territory),
    ...without({ format: '' }, values.format),
    ...without({ public: '' }, values.public),
    ...codes.flatMap((code) =>
      without(
        { acces: codes.filter((other) => other !== code).join(',') },
        textOf('accessibility', code, t),
      ),
    ),
    ...without({ type: '' }, values.type && textOf('kind', values.type, t)),
    ...without({ langue: '' }, values.langue && textOf('language', values.langue, t)),
    ...without({ organisateur: '', structure: '' }, names.organizer),
    ...without({ reseau: '' }, names.network && t.structureNetworks.chip(names.network)),
    ...without({ ouvert: '' }, values.ouvert && t.find.title.openTo[values.ouvert]),
    ...without({ passes: '' }, values.passes && t.find.title.past),
  ]
}
