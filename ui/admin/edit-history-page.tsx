import type { EditAct } from '../../node/domain/cafes/edit.ts'
import { momentText } from '../../node/domain/values/date-text.ts'
import { SubmitButton } from '../components/fields.tsx'
import { PostForm } from '../components/link.tsx'
import { messagesFor } from '../locales/messages.ts'
import { AdminPage, type AdminProps } from './layout.tsx'

/** One edit, with the words that the page shows. */
export type ShownEdit = {
  at: Temporal.Instant
  /** Who did it, and in which capacity. */
  who: string
  act?: EditAct | undefined
  /** What was done: the act, the fields that were changed, or both. */
  title: string
  reason?: string | undefined
  changes: readonly {
    label: string
    before: string
    isSetAside?: boolean | undefined
    isForgotten?: boolean | undefined
  }[]
}

export type EditHistoryPageProps = AdminProps & {
  /** The page of the menu that the form belongs to. */
  current: string
  formHref: string
  edits: readonly ShownEdit[]
  /** POST with `csrf`: where the words of this history can be erased. */
  forgetAction?: string | undefined
}

/** Shows who changed what by a form, newest first, with the text before each change. */
export function EditHistoryPage({
  site,
  session,
  current,
  formHref,
  edits,
  forgetAction,
  flash,
}: EditHistoryPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.admin.edits
  return (
    <AdminPage
      title={texts.history}
      lead={texts.historyLead}
      {...{ site, session, current, flash }}
      back={{ href: formHref, label: texts.backToForm }}
      narrow
    >
      {edits.length === 0 ? (
        <p>{texts.historyNone}</p>
      ) : (
        <ol class="lines history">
          {edits.map(({ at, who, title, reason, changes }) => (
            <li>
              <strong>{momentText(at, t.lang)}</strong>
              {who && `, ${who}`}
              {changes.length === 0 && <p>{title}</p>}
              {reason && <q>{reason}</q>}
              {changes.length > 0 && (
                <details>
                  <summary>{title}</summary>
                  <dl>
                    {changes.map(({ label, before, isSetAside, isForgotten }) => (
                      <>
                        <dt>{isSetAside ? texts.wasSetAside(label) : texts.before(label)}</dt>
                        <dd>{isForgotten ? texts.forgotten : before || texts.nothing}</dd>
                      </>
                    ))}
                  </dl>
                </details>
              )}
            </li>
          ))}
        </ol>
      )}
      {forgetAction && edits.length > 0 && (
        <details>
          <summary>{texts.forget.title}</summary>
          <p>{texts.forget.lead}</p>
          <PostForm csrf={session.csrf} action={forgetAction}>
            <SubmitButton>{texts.forget.submit}</SubmitButton>
          </PostForm>
        </details>
      )}
    </AdminPage>
  )
}
