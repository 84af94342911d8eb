import { type FormState, TextArea } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { AdminPage, type AdminProps } from './layout.tsx'
import { Meanwhile, type MeanwhileProps } from './meanwhile.tsx'

/** POST to `action`: `csrf`, the fields in `fields`, and `reason` where a reason is asked for. */
export type ConfirmActionPageProps = AdminProps & {
  /** The menu's entry that the person came from, to which « revenir » leads. */
  from: string
  action: string
  fields?: { readonly [name: string]: string } | undefined
  question: (texts: Messages['safety']['sure']) => {
    title: string
    /** What happens, one sentence per line. */
    effects: string
    submit: string
  }
  /** Whether the action is a positive one, such as accepting. */
  isGood?: boolean | undefined
  /** What was done last to what it is about, where the page that was sent is out of date. */
  meanwhile?: Pick<MeanwhileProps, 'edit'> | undefined
  /** The text that the action is about, one paragraph per line. */
  about?: string | undefined
  /** The reason, which somebody else will read; `message` says what is wrong with it. */
  reason?:
    | { text: string; max: number; message?: string | undefined; hint?: string | undefined }
    | undefined
}

/** Asks for confirmation of an action that cannot be undone easily, and lists its effects. */
export function ConfirmActionPage(props: ConfirmActionPageProps) {
  const { site, session, from, action } = props
  const t = messagesFor(site.lang)
  const { title, effects, submit } = props.question(t.safety.sure)
  const form = reasonForm(props.reason, t)
  return (
    <AdminPage {...{ title, form, site, session }} current={from} narrow>
      {props.meanwhile && <Meanwhile words={t.admin.edits.meanwhile} {...props.meanwhile} t={t} />}
      {props.about
        ?.split(/\n+/)
        .filter((line) => line.trim() !== '')
        .map((line) => (
          <p>{line}</p>
        ))}
      <ul>
        {effects.split('\n').map((effect) => (
          <li>{effect}</li>
        ))}
      </ul>
      <PostForm csrf={session.csrf} action={action} novalidate={props.reason !== undefined}>
        {Object.entries(props.fields ?? {}).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {props.reason && <TextArea form={form} name="reason" rows={3} max={props.reason.max} />}
        <p class="buttons">
          <button type="submit" class={props.isGood ? 'button' : 'button danger'}>
            {submit}
          </button>
          <Link href={from}>{t.admin.form.cancel}</Link>
        </p>
      </PostForm>
    </AdminPage>
  )
}

const reasonForm = (reason: ConfirmActionPageProps['reason'], t: Messages): FormState => ({
  values: { reason: reason?.text ?? '' },
  messages: reason?.message === undefined ? [] : [{ name: 'reason', message: reason.message }],
  labels: { reason: t.safety.sure.reason },
  hints: { reason: reason?.hint ?? t.safety.sure.reasonHint },
  t,
})
