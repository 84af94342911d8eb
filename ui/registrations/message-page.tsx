import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { whenText } from '../../node/domain/cafes/cafe-text.ts'
import type { Registration } from '../../node/domain/registrations/registration.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import {
  Choices,
  type FieldMessage,
  type FormState,
  type FormValues,
  SubmitButton,
  TextArea,
} from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths, telHref } from '../paths.ts'

/** The most that a team writes at once. */
export const MESSAGE_MAX = 2000

/** To whom a team writes: the value of `a` in the form. */
export const MESSAGE_GROUPS = { coming: 'viennent', waiting: 'attendent', all: 'tous' } as const
export type MessageGroup = keyof typeof MESSAGE_GROUPS

/** POST on the same address: `csrf`, `a`, `message`, and `confirmed` once the mail was shown. */
export type MessagePageProps = AdminProps & {
  cafe: Cafe
  /** How many registrations each group has. */
  counts: Record<MessageGroup, number>
  values: FormValues
  messages: FieldMessage[]
  /** What would be sent, which is shown before it is. */
  preview?: MessagePreview | undefined
}

export type MessagePreview = {
  subject: string
  text: string
  mails: number
  /** How many accounts of other servers get a message of their own. */
  accounts: number
  /** Those whom neither reaches. */
  toCall: readonly Pick<Registration, 'id' | 'name' | 'phone'>[]
}

/** Writes to those who come to a café, or wait: one mail each. */
export function MessagePage(props: MessagePageProps) {
  const { site, session, cafe, counts, values, messages, preview } = props
  const t = messagesFor(site.lang)
  const texts = t.registrationTeam.message
  const form: FormState = {
    ...{ values, messages, t },
    labels: { a: texts.to, message: texts.text },
    hints: { message: texts.hint(MESSAGE_MAX) },
  }
  const groups = Object.keys(MESSAGE_GROUPS) as MessageGroup[]
  return (
    <AdminPage
      title={texts.title}
      lead={
        <UserText t={t}>{t.registrationTeam.lead(cafe.title, whenText(cafe, t.lang))}</UserText>
      }
      {...{ site, session, form }}
      back={{ href: paths.registrations(cafe.id), label: t.registrationTeam.back }}
      narrow
    >
      {preview && <Preview {...{ ...props, preview, t }} />}
      <PostForm
        csrf={session.csrf}
        action={paths.writeToRegistered(cafe.id)}
        class="panel stack"
        novalidate
      >
        <Choices
          form={form}
          name="a"
          type="radio"
          choices={groups.map((group) => [
            MESSAGE_GROUPS[group],
            texts.groups[group](counts[group]),
          ])}
        />
        <TextArea form={form} name="message" rows={7} max={MESSAGE_MAX} />
        <SubmitButton quiet={preview !== undefined}>{texts.see}</SubmitButton>
      </PostForm>
    </AdminPage>
  )
}

type PreviewProps = MessagePageProps & { preview: MessagePreview; t: Messages }

function Preview({ cafe, session, values, preview, t }: PreviewProps) {
  const texts = t.registrationTeam.message
  const { subject, text, mails, accounts, toCall } = preview
  return (
    <section aria-labelledby="apercu">
      <h2 id="apercu">{texts.preview}</h2>
      <figure class="seen-elsewhere">
        <figcaption>{subject}</figcaption>
        <p class="mail-text">{text}</p>
      </figure>
      <p>{texts.mails(mails)}</p>
      {accounts > 0 && <p>{texts.accounts(accounts)}</p>}
      <NotReached some={toCall} t={t} />
      {mails + accounts > 0 && (
        <PostForm csrf={session.csrf} action={paths.writeToRegistered(cafe.id)}>
          <input type="hidden" name="a" value={String(values.a ?? '')} />
          <input type="hidden" name="message" value={String(values.message ?? '')} />
          <input type="hidden" name="confirmed" value="1" />
          <SubmitButton>{texts.send(mails + accounts)}</SubmitButton>
        </PostForm>
      )}
    </section>
  )
}

/** Who reads nothing of a message, and how the team may reach them. */
const NotReached = ({ some, t }: { some: MessagePreview['toCall']; t: Messages }) =>
  some.length > 0 && (
    <>
      <p>{t.registrationTeam.message.toCall}</p>
      <ul>
        {some.map(({ name, phone }) => (
          <li>
            <UserText t={t}>{name}</UserText>{' '}
            {phone ? (
              <Link href={telHref(phone)}>{phone}</Link>
            ) : (
              t.registrationTeam.message.noContact
            )}
          </li>
        ))}
      </ul>
    </>
  )
