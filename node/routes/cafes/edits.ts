import type { ShownEdit } from '../../../ui/admin/edit-history.tsx'
import { fieldWords } from '../../../ui/cafes/field-words.ts'
import type { FormValues } from '../../../ui/components/fields.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import type { Context } from '../../context.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { listEdits } from '../../store/accounts/edits.ts'
import { listVenues } from '../../store/cafes/venues.ts'
import type { FieldWords } from '../accounts/edit-conflict.tsx'
import type { Groups } from '../accounts/reconciled-edit.ts'
import type { Admin } from '../http/access.ts'
import { listCafeFacilitators } from './facilitators.ts'

/** Fields of the café form that mean one thing together. */
export const CAFE_GROUPS: Groups = [
  ['venue.id', 'venue.shown', 'venue.name', 'venue.town', 'venue.streetAddress'],
  ['registration.mode', 'registration.url', 'registration.capacity'],
  ['onlineUrl', 'onlineFor'],
  ['endTime', 'endDate'],
  ['publishDate', 'publishTime'],
]

/** Edits of a café that its page shows. */
const SHOWN_MAX = 50

/** How the fields of the café form are called, and what they hold, in words. */
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
    name === 'venue.shown' ? '' : fieldWords(name, value, named)
  const groupOf = (name: string) => CAFE_GROUPS.find((group) => group.includes(name)) ?? [name]
  return {
    /** Of the first of a group. */
    labelOf: (name: string): string => {
      const [first = name] = groupOf(name)
      return first === 'facilitators'
        ? t.facilitator.admin.attached
        : ((labels as { [name: string]: string })[first] ?? first)
    },
    wordsOf,
  }
}

/** Who changed a café by its form, newest first. */
export async function listShownEdits(
  context: Context,
  admin: Admin,
  { id, lang }: { id: string; lang: Lang },
): Promise<ShownEdit[]> {
  const { labelOf, wordsOf } = await findFieldWords(context, admin, lang)
  const edits = await listEdits(context.db, { type: 'cafe', id }, SHOWN_MAX)
  return edits.map(({ changes, ...edit }) => ({
    ...edit,
    changes: changes
      .filter(({ name }) => name !== 'venue.shown')
      .map(({ name, before, isSetAside }) => ({
        ...{ label: labelOf(name), before: wordsOf(name, before), isSetAside },
      })),
  }))
}
