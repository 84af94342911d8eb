import { CAFE_FIELDS, cafeFieldWords } from '../../../ui/cafes/cafe-fields.ts'
import type { FormValues } from '../../../ui/components/fields.tsx'
import { groupsOf } from '../../../ui/forms/description.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import type { Context } from '../../context.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { listVenues } from '../../store/cafes/venues.ts'
import type { FieldWords } from '../accounts/edited-form.tsx'
import { type Groups, groupOf } from '../accounts/reconciled-edit.ts'
import type { Admin } from '../workspaces/access.ts'
import { listCafeFacilitators } from './facilitators.ts'

/** Fields of the café form that only make sense together. */
export const CAFE_GROUPS: Groups = groupsOf(CAFE_FIELDS)

/** Returns the labels of the fields of the café form, and their values in words. */
export async function findFieldWords(
  context: Context,
  admin: Admin,
  lang: Lang,
): Promise<FieldWords> {
  const t = messagesFor(lang)
  const { labels } = t.admin.cafeForm
  const named = {
    t,
    venues: await listVenues(context.db, admin.organization.id),
    people: await listCafeFacilitators(context, admin),
  }
  const wordsOf = (name: string, value: FormValues[string] | undefined) =>
    cafeFieldWords(name, value, named)
  return {
    /** The label of the first field of a group. */
    labelOf: (name: string): string => {
      const [first = name] = groupOf(CAFE_GROUPS, name)
      return first === 'facilitators'
        ? t.facilitator.admin.attached
        : ((labels as { [name: string]: string })[first] ?? first)
    },
    wordsOf,
  }
}
