import type { AccountMail } from '../../node/domain/values/link.ts'
import { Choices, type FormState, SubmitButton } from '../components/fields.tsx'
import { PostForm } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

export type Rhythm = keyof Messages['admin']['account']['toDo']['rhythms']

const RHYTHMS: readonly Rhythm[] = ['daily', 'weekly', 'never']

/** The id of the field to which the links in the mails about what waits lead. */
export const TO_DO_ID = 'toDo'

export type MailsFormProps = {
  csrf: string
  toDoRhythm?: Rhythm | undefined
  otherMails?: readonly { mail: AccountMail; isWanted: boolean }[] | undefined
}

/** Which mails come to this account; nothing where none can come. */
export function MailsForm({
  csrf,
  toDoRhythm,
  otherMails = [],
  form,
  t,
}: MailsFormProps & { form: FormState; t: Messages }) {
  const texts = t.admin.account
  if (!toDoRhythm && otherMails.length === 0) return null
  return (
    <PostForm csrf={csrf} action={paths.mailsOfAccount} class="panel stack" novalidate>
      {toDoRhythm && (
        <Choices
          form={form}
          name={TO_DO_ID}
          type="radio"
          choices={RHYTHMS.map((rhythm) => [rhythm, texts.toDo.rhythms[rhythm]])}
        />
      )}
      {otherMails.length > 0 && (
        <Choices
          form={form}
          name="mails"
          type="checkbox"
          isLong
          choices={otherMails.map(({ mail }) => [mail, texts.mails.kinds[mail]])}
        />
      )}
      <SubmitButton quiet>{texts.save}</SubmitButton>
    </PostForm>
  )
}
