import type { FormValues } from '../../../../ui/components/fields.tsx'
import type { Context } from '../../../context.ts'
import type { Cafe } from '../../../domain/cafes/cafe.ts'
import { listOverridden } from '../../../domain/cafes/import-snapshot.ts'
import type { Lang } from '../../../domain/values/lang.ts'
import { findImportSnapshot } from '../../../store/cafes/import-snapshots.ts'
import { groupOf } from '../../accounts/reconciled-edit.ts'
import type { Admin } from '../../workspaces/access.ts'
import { CAFE_GROUPS, findFieldWords } from '../field-words.ts'
import { valuesOfCafe } from '../form.ts'

/** A field that somebody changed here, and what the source of the café says of it; empty where it says nothing. */
export type OverriddenField = { label: string; fromSource: string }

/** The fields that are not shown; of a picture only its alternative text is. */
const HIDDEN = /^(?:publish|image\.(?!alt))/

/** Finds the fields in which an imported café differs from what its source said last, with the labels of the form. */
export async function findOverridden(
  context: Context,
  { admin, cafe, lang }: { admin: Admin; cafe: Cafe; lang: Lang },
): Promise<OverriddenField[]> {
  const said = await findImportSnapshot(context.db, cafe.id)
  const overridden = said && listOverridden(cafe, said)
  if (!overridden || Object.keys(overridden).length === 0) return []
  const here = valuesOfCafe(cafe)
  const there = valuesOfCafe({
    ...cafe,
    ...overridden,
    registration: { ...cafe.registration, ...overridden.registration },
  })
  const { labelOf, wordsOf } = await findFieldWords(context, admin, lang)
  const changed = Object.keys(there).filter(
    (name) => !HIDDEN.test(name) && !isSame(here[name], there[name]),
  )
  const groups = Map.groupBy(changed, (name) => groupOf(CAFE_GROUPS, name)[0] ?? name)
  return [...groups.values()].flatMap(([name]) => {
    if (name === undefined) return []
    const words = groupOf(CAFE_GROUPS, name).map((each) => wordsOf(each, there[each]))
    return { label: labelOf(name), fromSource: words.filter(Boolean).join(', ') }
  })
}

const isSame = (one: FormValues[string] | undefined, other: FormValues[string] | undefined) =>
  JSON.stringify(one) === JSON.stringify(other)
