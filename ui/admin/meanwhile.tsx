import { momentText } from '../../node/domain/values/date-text.ts'
import type { Messages } from '../locales/messages.ts'
import type { ShownEdit } from './edit-history-page.tsx'

/** The field with the version of what a page shows, by which a page that is out of date is found. */
export const VERSION = 'version'

export type MeanwhileProps = {
  words: string
  /** What was done last, where the log still says it. */
  edit: ShownEdit | undefined
  t: Messages
}

/** Says that nothing was saved, since somebody edited the same while the page was open: who, when and why. */
export const Meanwhile = ({ words, edit, t }: MeanwhileProps) => (
  <div class="notice" role="alert">
    <p>{words}</p>
    {edit && (
      <p>
        <strong>{edit.title}</strong>
        {['', momentText(edit.at, t.lang), edit.who]
          .filter((text, index) => index === 0 || text)
          .join(', ')}
        {edit.reason && <q>{edit.reason}</q>}
      </p>
    )}
  </div>
)
