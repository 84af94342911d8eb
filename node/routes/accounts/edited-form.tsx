import type { Context as HonoContext } from 'hono'
import { DeletedPage, type DeletedPageProps } from '../../../ui/admin/deleted-page.tsx'
import { EditConflictPage } from '../../../ui/admin/edit-conflict-page.tsx'
import { EditHistoryPage, type ShownEdit } from '../../../ui/admin/edit-history-page.tsx'
import type { FormValues } from '../../../ui/components/fields.tsx'
import { type Fields, fieldWords, groupsOf } from '../../../ui/forms/description.ts'
import { type Messages, messagesFor } from '../../../ui/locales/messages.ts'
import type { Context } from '../../context.ts'
import { DomainError } from '../../domain/values/errors.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { type ActSubject, appendEdit, listEdits } from '../../store/accounts/acts.ts'
import { type EditedNoun, saveEdit } from '../../store/accounts/saved-edit.ts'
import { readFlash } from '../http/flash.ts'
import { unsavedTextsOf, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { findSite } from '../http/site.ts'
import { adminSession, authorOf, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { type Groups, groupOf, hashShown } from './reconciled-edit.ts'
import { listChanges, type ReconciledForm, reconcileForm } from './reconciled-form.ts'

/** The labels of the fields of a form, and their values in words. */
export type FieldWords = {
  labelOf: (name: string) => string
  wordsOf: (name: string, value: FormValues[string] | undefined) => string
}

/** A form of the administration that changes something which others of the team may change too. */
export type EditedForm = {
  subject: ActSubject
  /** Its own address, and the page of the menu to which it belongs. */
  action: string
  page: string
  /** Fields that only make sense together. */
  groups?: Groups
  findWords: (lang: Lang) => Promise<FieldWords> | FieldWords
}

type Reconciling = {
  /** The values that the form would show now. */
  current: FormValues
  /** Finds what the form holds beside its texts, such as a picture, where the form has to be sent again. */
  findHeld?: () => Promise<FormValues | undefined>
}

/** The maximum number of edits that a page shows, and that are searched for the person who changed something. */
const EDITS_MAX = 50

/**
 * Merges the form that was sent with what others saved meanwhile (`reconcileForm`). Texts that its sender chose not to
 * keep are in the history from now on, whatever becomes of the rest. Undefined when the form may be saved; otherwise
 * the page (409) that asks what to keep, and nothing is saved.
 */
export async function reconcileWithOthers(
  c: HonoContext<WebEnv>,
  context: Context,
  edited: EditedForm,
  { current, findHeld }: Reconciling,
): Promise<Response | undefined> {
  const reconciled = reconcileForm(c.var.form, current, edited.groups)
  const by = authorOf(c.var.admin)
  const { subject } = edited
  const changes = reconciled.setAside
  if (changes.length > 0)
    await appendEdit(context.db, { subject, by, act: 'changed', changes }, context.now())
  if (reconciled.conflicts.length === 0) return undefined
  return conflictPage(c, context, edited, { current, reconciled, held: await findHeld?.() })
}

async function conflictPage(
  c: HonoContext<WebEnv>,
  context: Context,
  { subject, action, page, groups, findWords }: EditedForm,
  {
    current,
    reconciled,
    held,
  }: { current: FormValues; reconciled: ReconciledForm; held: FormValues | undefined },
): Promise<Response> {
  const { admin, form } = c.var
  const site = await findSite(context, c)
  const words = await findWords(site.lang)
  const values = { ...valuesOf(form), ...held }
  const edits = await listEdits(context.db, subject, EDITS_MAX)
  // These are the edits that began from the very texts that the form had shown.
  const shown = new Set(reconciled.shown.split(' '))
  const findEdit = (name: string) =>
    edits.findLast(({ changes }) =>
      changes.some(
        (change) =>
          groupOf(groups, name).includes(change.name) &&
          !change.isSetAside &&
          shown.has(hashShown({ [change.name]: change.before })),
      ),
    )
  const textOf = (name: string, from: FormValues) =>
    groupOf(groups, name)
      .map((each) => words.wordsOf(each, from[each]))
      .filter(Boolean)
      .join(', ')
  return c.html(
    <EditConflictPage
      {...{ site, session: adminSession(admin), action, values }}
      current={page}
      conflicts={reconciled.conflicts.map((name) => ({
        ...{ name, label: words.labelOf(name) },
        ...{ theirs: textOf(name, current), mine: textOf(name, values), by: findEdit(name) },
      }))}
      kept={[...new Set(reconciled.kept.map(words.labelOf))]}
    />,
    409,
  )
}

type EditedValue<T> = {
  noun: EditedNoun<T>
  valuesOf: (value: T) => FormValues
  /** Decides what the form says in place of what is stored, or answers with what is wrong in it. */
  decide: (before: T) => Promise<T | Response> | T | Response
}

/**
 * Answers such a form: what others saved meanwhile is merged into it, and the rest is saved by `saveEdit`, which logs
 * who changed what.
 * @returns What is stored, or the answer where nothing was saved.
 */
export async function saveEditedForm<T extends object>(
  c: HonoContext<WebEnv>,
  context: Context,
  edited: EditedForm,
  { noun, valuesOf, decide }: EditedValue<T>,
): Promise<{ value: T } | Response> {
  const { db, now, wake } = context
  const { id } = edited.subject
  const before = await noun.find(db, id)
  if (before === undefined) throw new DomainError('not_found', 'site.no_such_page')
  const conflict = await reconcileWithOthers(c, context, edited, { current: valuesOf(before) })
  if (conflict) return conflict
  const value = await decide(before)
  if (value instanceof Response) return value
  const edit = {
    ...{ id, by: authorOf(c.var.admin), seen: noun.versionOf(before), decide: () => ({ value }) },
    changesOf: (_: T, after: T) => listChanges(valuesOf(before), valuesOf(after)),
  }
  const saved = await saveEdit(db, noun, edit, now())
  // Somebody else may have saved while a picture was being read; then both are merged again.
  if (saved.outcome !== 'saved')
    return saveEditedForm(c, context, edited, { noun, valuesOf, decide })
  wake()
  return saved
}

/** Shows who changed what by this form, the newest first, with the texts before. */
export async function editHistoryPage(
  c: HonoContext<WebEnv>,
  context: Context,
  { subject, action, page, findWords }: EditedForm,
  forgetAction?: string,
): Promise<Response> {
  const site = await findSite(context, c)
  return c.html(
    <EditHistoryPage
      {...{ site, session: adminSession(c.var.admin), current: page, formHref: action }}
      {...{ forgetAction, flash: readFlash(c) }}
      edits={await listEditsInWords(context, subject, await findWords(site.lang), site.lang)}
    />,
  )
}

/** Lists the same in words, for a page of any kind. */
export async function listEditsInWords(
  { db }: Pick<Context, 'db'>,
  subject: ActSubject,
  words: FieldWords,
  lang: Lang,
): Promise<ShownEdit[]> {
  const { acts, author } = messagesFor(lang).admin.edits
  const edits = await listEdits(db, subject, EDITS_MAX)
  return edits.map(({ at, who, kind, act, reason, changes }) => {
    const labels = [...new Set(changes.map(({ name }) => words.labelOf(name)))]
    const named = act !== 'changed' || labels.length === 0 ? [acts[act]] : []
    return {
      ...{ at, act, reason, who: who || kind !== 'team' ? author[kind](who) : '' },
      title: [...named, ...labels].join(', '),
      changes: changes.map(({ name, before, isSetAside, isForgotten }) => ({
        ...{ label: words.labelOf(name), before: words.wordsOf(name, before) },
        ...{ isSetAside, isForgotten },
      })),
    }
  })
}

/** Finds what was done last to the object of this form; undefined where the log no longer says it. */
export async function findLastEdit(
  context: Pick<Context, 'db'>,
  { subject, findWords }: EditedForm,
  lang: Lang,
): Promise<ShownEdit | undefined> {
  return (await listEditsInWords(context, subject, await findWords(lang), lang))[0]
}

/** Finds the deletion of the object of this form, after which nothing is done to it. */
export async function findDeletion(
  context: Pick<Context, 'db'>,
  edited: EditedForm,
  lang: Lang,
): Promise<ShownEdit | undefined> {
  const last = await findLastEdit(context, edited, lang)
  return last?.act === 'deleted' ? last : undefined
}

/**
 * Answers with 409 where somebody else deleted the object of a form that was sent: who did it, when and why, and
 * everything that was typed. Undefined where it was not deleted, or was never there.
 */
export async function answerDeletedOf(
  c: HonoContext<WebEnv>,
  context: Context,
  edited: EditedForm,
): Promise<Response | undefined> {
  const edit = await findDeletion(context, edited, languageOf(c))
  if (!edit) return undefined
  const noun = edited.subject.type as DeletedPageProps['noun']
  const typed = unsavedTextsOf(c.var.form)
  const props = await adminPropsFor(context, c)
  return c.html(<DeletedPage {...props} {...{ noun, edit, typed }} />, 409)
}

/** Returns what an edited form takes from its description, with the labels of its messages. */
export const editedFormOf = (
  fields: Fields,
  labelsOf: (t: Messages) => { readonly [name: string]: string },
): Pick<EditedForm, 'groups' | 'findWords'> => ({
  groups: groupsOf(fields),
  findWords: (lang) => {
    const t = messagesFor(lang)
    return {
      labelOf: (name) => labelsOf(t)[name] ?? name,
      wordsOf: (name, value) => fieldWords(fields[name] ?? { kind: 'text' }, value, t),
    }
  },
})
