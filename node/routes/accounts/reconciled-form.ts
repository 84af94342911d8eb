import type { FormValues } from '../../../ui/components/fields.tsx'
import type { EditChange } from '../../store/accounts/acts.ts'
import { textOf, textsOf, valuesOf } from '../http/forms.ts'
import { type Groups, groupOf, hashShown, reconcileEdit } from './reconciled-edit.ts'

/** The field that holds what a form showed (`hashShown`), and that of the page that asks what to keep. */
const SHOWN = 'shown'
const ASKED = 'asked'
const KEEP = 'keep.'

/** Adds to a form that edits something the hashes of what it shows, so that nobody's texts are lost. */
export const withShown = (values: FormValues): FormValues => ({
  ...values,
  [SHOWN]: hashShown(values),
})

export type ReconciledForm = {
  /** What the form had shown, as `hashShown` writes it. */
  shown: string
  /** Names that both changed and that must be asked about; the form holds the sender's texts. */
  conflicts: string[]
  /** Names in which the texts of somebody else are kept. */
  kept: string[]
  /** The sender's texts that they chose not to keep. */
  setAside: EditChange[]
}

/**
 * Merges a form with what others saved while it was open; the form then holds the result, and says that it showed what
 * is stored now. A form that does not say what it showed is left as it is.
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

/** Lists what an edit changed, by the names of its form, with the texts before. */
export const listChanges = (before: FormValues, after: FormValues): EditChange[] =>
  Object.keys(before)
    .filter(
      (name) =>
        hashShown({ [name]: before[name] ?? '' }) !== hashShown({ [name]: after[name] ?? '' }),
    )
    .map((name) => ({ name, before: before[name] ?? '' }))
