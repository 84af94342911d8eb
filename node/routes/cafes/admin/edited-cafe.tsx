import type { Context as HonoContext } from 'hono'
import { paths } from '../../../../ui/paths.ts'
import type { Context } from '../../../context.ts'
import type { Cafe } from '../../../domain/cafes/cafe.ts'
import {
  answerDeletedOf,
  type EditedForm,
  findDeletion,
  findLastEdit,
} from '../../accounts/edited-form.tsx'
import { languageOf } from '../../http/language.ts'
import type { Admin, WebEnv } from '../../workspaces/access.ts'
import { CAFE_GROUPS, findFieldWords } from '../field-words.ts'

/** Returns the form of a café as one that two people may edit at the same time. */
export const editedCafeOf = (
  context: Context,
  admin: Admin,
  { id }: Pick<Cafe, 'id'>,
): EditedForm => ({
  ...{ subject: { type: 'cafe', id }, action: paths.editCafe(id), page: paths.newCafe },
  groups: CAFE_GROUPS,
  findWords: (lang) => findFieldWords(context, admin, lang),
})

/** Finds what was done last to a café, in words, for a page that is out of date. */
export const findMeanwhile = async (
  context: Context,
  c: HonoContext<WebEnv>,
  cafe: Pick<Cafe, 'id'>,
) => ({
  meanwhile: {
    edit: await findLastEdit(context, editedCafeOf(context, c.var.admin, cafe), languageOf(c)),
  },
})

/** Finds the deletion of a café, in words; undefined for one that is there, or that the log does not know. */
export const findCafeDeletion = (context: Context, c: HonoContext<WebEnv>, id: string) =>
  findDeletion(context, editedCafeOf(context, c.var.admin, { id }), languageOf(c))

/** Answers with 409 where the café of an action was deleted meanwhile, and gives back what was typed. */
export const answerDeleted = (context: Context, c: HonoContext<WebEnv>, id: string) =>
  answerDeletedOf(c, context, editedCafeOf(context, c.var.admin, { id }))
