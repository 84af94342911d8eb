import type { Messages } from '../locales/messages.ts'

/** Gives back the texts of a form that could not be saved. */
export const UnsavedTexts = ({ typed, t }: { typed: readonly string[]; t: Messages }) =>
  typed.length === 0 ? null : (
    <>
      <p>{t.admin.edits.typed}</p>
      {typed.map((text) => (
        <p class="mail-text">
          <q>{text}</q>
        </p>
      ))}
    </>
  )
