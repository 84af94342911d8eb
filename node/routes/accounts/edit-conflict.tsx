import type { Context as HonoContext } from 'hono'
import { EditConflictPage } from '../../../ui/admin/edit-conflict-page.tsx'
import type { FormValues } from '../../../ui/components/fields.tsx'
import type { Context } from '../../context.ts'
import { type EditSubject, insertEdit, listEdits } from '../../store/accounts/edits.ts'
import { adminSession, type WebEnv } from '../http/access.ts'
import { valuesOf } from '../http/forms.ts'
import { findSite } from '../http/site.ts'
import { type Groups, hashShown } from './reconciled-edit.ts'
import { listChanges, type ReconciledForm } from './reconciled-form.ts'

/** How the fields of a form are called, and what they hold, in words. */
export type FieldWords = {
  labelOf: (name: string) => string
  wordsOf: (name: string, value: FormValues[string] | undefined) => string
}

type Conflicting = {
  /** The form's own address, and the page of the menu that it belongs to. */
  action: string
  page: string
  subject: EditSubject
  merged: ReconciledForm
  /** What the form would show now. */
  current: FormValues
  groups?: Groups
  words: FieldWords
  /** What the form holds besides its texts. */
  held?: FormValues | undefined
}

/** Edits that are looked through for who changed something. */
const EDITS_MAX = 200

/** Asks what to keep where two people changed the same words (409); nothing is saved. */
export async function editConflictPage(
  c: HonoContext<WebEnv>,
  context: Context,
  { action, page, subject, merged, current, groups = [], words, held }: Conflicting,
): Promise<Response> {
  const { admin, form } = c.var
  const values = { ...valuesOf(form), ...held }
  const edits = await listEdits(context.db, subject, EDITS_MAX)
  const groupOf = (name: string) => groups.find((group) => group.includes(name)) ?? [name]
  // Who changed it from the very words that the form had shown.
  const shown = new Set(merged.shown.split(' '))
  const findEdit = (name: string) =>
    edits.findLast(({ changes }) =>
      changes.some(
        (change) =>
          groupOf(name).includes(change.name) &&
          !change.isSetAside &&
          shown.has(hashShown({ [change.name]: change.before })),
      ),
    )
  const textOf = (name: string, from: FormValues) =>
    groupOf(name)
      .map((each) => words.wordsOf(each, from[each]))
      .filter(Boolean)
      .join(', ')
  return c.html(
    <EditConflictPage
      {...{ site: await findSite(context, c), session: adminSession(admin), action, values }}
      current={page}
      conflicts={merged.conflicts.map((name) => ({
        ...{ name, label: words.labelOf(name) },
        ...{ theirs: textOf(name, current), mine: textOf(name, values), by: findEdit(name) },
      }))}
      kept={[...new Set(merged.kept.map(words.labelOf))]}
    />,
    409,
  )
}

/** Keeps who changed which words by a form, and the words that were not kept. */
export async function appendEdit(
  { db, now }: Context,
  { admin }: WebEnv['Variables'],
  {
    subject,
    before,
    after,
    merged,
  }: { subject: EditSubject; before: FormValues; after: FormValues; merged: ReconciledForm },
): Promise<void> {
  const changes = [...listChanges(before, after), ...merged.setAside]
  await insertEdit(db, { subject, who: adminSession(admin).name, changes }, now())
}

/** Of a form whose fields hold texts or codes: `tables` has the words for the codes of a field. */
export function simpleWords(
  labels: { readonly [name: string]: string },
  tables: { readonly [name: string]: { readonly [code: string]: string } } = {},
): FieldWords {
  return {
    labelOf: (name) => labels[name] ?? name,
    wordsOf: (name, value) =>
      [value ?? []]
        .flat()
        .map((text) => tables[name]?.[text] ?? text)
        .filter(Boolean)
        .join(', '),
  }
}
