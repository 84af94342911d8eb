import { momentText } from '../../node/domain/values/date-text.ts'
import type { Messages } from '../locales/messages.ts'

/** One edit, in words: what is `isLong` has its former text in a fold of its own. */
export type ShownEdit = {
  at: Temporal.Instant
  who: string
  changes: readonly { label: string; before: string; isSetAside?: boolean | undefined }[]
}

/** Who changed which words, newest first, with what stood there before. */
export function EditHistory({ edits, t }: { edits: readonly ShownEdit[]; t: Messages }) {
  const texts = t.admin.edits
  if (edits.length === 0) return null
  return (
    <section class="history" aria-labelledby="historique">
      <h2 id="historique">{texts.history}</h2>
      <ol class="lines">
        {edits.map(({ at, who, changes }) => (
          <li>
            <strong>{momentText(at, t.lang)}</strong>
            {who && `, ${who}`}
            <details>
              <summary>{[...new Set(changes.map(({ label }) => label))].join(', ')}</summary>
              <dl>
                {changes.map(({ label, before, isSetAside }) => (
                  <>
                    <dt>{isSetAside ? texts.wasSetAside(label) : texts.before(label)}</dt>
                    <dd>{before || texts.nothing}</dd>
                  </>
                ))}
              </dl>
            </details>
          </li>
        ))}
      </ol>
      <p class="hint">{texts.historyKept}</p>
    </section>
  )
}
