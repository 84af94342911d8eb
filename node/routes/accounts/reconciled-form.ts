import type { FormValues } from '../../../ui/components/fields.tsx'
import type { EditChange } from '../../store/accounts/edits.ts'
import { textOf, textsOf, valuesOf } from '../http/forms.ts'
import { type Groups, groupOf, hashShown, reconcileEdit } from './reconciled-edit.ts'

/** The field that says what a form showed (`hashShown`), and those of the page that asks what to keep. */
const SHOWN = 'shown'
const ASKED = 'asked'
const KEEP = 'keep.'

/** What a form that edits something sends along, so that nobody's words are lost. */
export const withShown = (values: FormValues): FormValues => ({
  ...values,
  [SHOWN]: hashShown(values),
})

export type ReconciledForm = {
  /** What the form had shown, by `hashShown`. */
  shown: string
  /** Names that both changed: to be asked about; the form holds the words of who sent it. */
  conflicts: string[]
  /** Names in which the words of somebody else are kept. */
  kept: string[]
  /** Words of who sent it, which they chose not to keep. */
  setAside: EditChange[]
}

/**
 * Brings together a form and what others saved while it was open; the form holds the result, and says that it showed what
 * is saved now. A form that does not say what it showed is left as it is.
 * @param current - What the form would show now.
 */
export function reconcileForm(
  form: FormData,
  current: FormValues,
  groups: Groups = [],
): ReconciledForm {
  const takeCurrent = (names: readonly string[]) => {
    for (const name of names) setValues(form, name, current[name])
  }
  const setAside: EditChange[] = []
  const unanswered: string[] = []
  for (const name of textsOf(form, ASKED).filter((each) => Object.hasOwn(current, each))) {
    const choice = textOf(form, `${KEEP}${name}`)
    if (choice !== 'mine' && choice !== 'theirs') unanswered.push(name)
    if (choice !== 'theirs') continue
    const mine = valuesOf(form)
    for (const each of groupOf(groups, name))
      setAside.push({ name: each, before: mine[each] ?? '', isSetAside: true })
    takeCurrent(groupOf(groups, name))
  }
  const shown = textOf(form, SHOWN)
  const merged = reconcileEdit({ shown, typed: valuesOf(form), current }, groups)
  takeCurrent(merged.kept)
  for (const name of [...form.keys()])
    if (name === ASKED || name.startsWith(KEEP)) form.delete(name)
  if (form.has(SHOWN)) form.set(SHOWN, hashShown(current))
  return {
    shown,
    kept: merged.kept,
    conflicts: [...new Set([...unanswered, ...merged.conflicts])],
    setAside: setAside.filter(({ before }) => before.length > 0),
  }
}

function setValues(form: FormData, name: string, value: FormValues[string] | undefined): void {
  form.delete(name)
  for (const text of [value ?? []].flat()) form.append(name, text)
}

/** What an edit changed, by the names of its form, with the words before. */
export const listChanges = (before: FormValues, after: FormValues): EditChange[] =>
  Object.keys(before)
    .filter(
      (name) =>
        hashShown({ [name]: before[name] ?? '' }) !== hashShown({ [name]: after[name] ?? '' }),
    )
    .map((name) => ({ name, before: before[name] ?? '' }))
