import type { FormValues } from '../../../../ui/components/fields.tsx'
import type { Context } from '../../../context.ts'
import { type Cafe, type CafeContent, ownRegistrationOf } from '../../../domain/cafes/cafe.ts'
import { listOverridden } from '../../../domain/cafes/import-snapshot.ts'
import type { Lang } from '../../../domain/values/lang.ts'
import { toDescription } from '../../../formats/text/html-text.ts'
import { renderMarkdown } from '../../../formats/text/markdown.ts'
import { findImportSnapshot } from '../../../store/cafes/import-snapshots.ts'
import type { FieldWords } from '../../accounts/edited-form.tsx'
import { groupOf } from '../../accounts/reconciled-edit.ts'
import type { Admin } from '../../workspaces/access.ts'
import { CAFE_GROUPS, findFieldWords } from '../field-words.ts'
import { valuesOfCafe } from '../form.ts'

/** A field that somebody changed here, and what the source of the café says of it; empty where it says nothing. */
export type OverriddenField = { label: string; here: string; fromSource: string }

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
  return listOverriddenFields(cafe, overridden, await findFieldWords(context, admin, lang))
}

/** Lists the fields in which a café differs from what its source says of some of them, in the words of the form. */
export function listOverriddenFields(
  cafe: Cafe,
  overridden: Partial<CafeContent>,
  { labelOf, wordsOf }: FieldWords,
): OverriddenField[] {
  const here = valuesOfCafe(cafe)
  const there = valuesOfCafe({ ...cafe, ...takeFromSource(cafe, overridden) })
  const changed = Object.keys(there).filter(
    (name) => !HIDDEN.test(name) && !isSame(here[name], there[name]),
  )
  const groups = Map.groupBy(changed, (name) => groupOf(CAFE_GROUPS, name)[0] ?? name)
  return [...groups.values()].flatMap(([name]) => {
    if (name === undefined) return []
    const wordsIn = (values: FormValues) =>
      groupOf(CAFE_GROUPS, name)
        .map((each) => wordsOf(each, values[each]))
        .filter(Boolean)
        .join(', ')
    return { label: labelOf(name), here: wordsIn(here), fromSource: wordsIn(there) }
  })
}

/** Returns the fields of a café as its source says them, with what follows from them. */
export const takeFromSource = (
  cafe: Cafe,
  overridden: Partial<CafeContent>,
): Partial<CafeContent> => ({
  ...overridden,
  ...('descriptionMarkdown' in overridden &&
    toDescription(renderMarkdown(overridden.descriptionMarkdown ?? ''))),
  registration: overridden.registration
    ? withSeats(cafe, overridden.registration)
    : cafe.registration,
})

/** A source that names no address or no capacity has none; there are never more seats left than that. */
function withSeats(
  cafe: Cafe,
  { mode, url, capacity }: CafeContent['registration'],
): CafeContent['registration'] {
  const { seatsLeft, waitlist } = cafe.registration
  const isKnown = seatsLeft === 0 || (seatsLeft ?? 0) <= (capacity ?? -1)
  return {
    ...ownRegistrationOf(cafe),
    ...{ mode, url, capacity, waitlist, seatsLeft: isKnown ? seatsLeft : undefined },
  }
}

const isSame = (one: FormValues[string] | undefined, other: FormValues[string] | undefined) =>
  JSON.stringify(one) === JSON.stringify(other)
