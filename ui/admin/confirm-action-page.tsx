import { ErrorSummary, type FormState, TextArea, titleOfForm } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import type { AdminSession, Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { AdminLayout } from './layout.tsx'

/** POST to `action`: `csrf`, what `fields` hold, and `reason` where one is asked for. */
export type ConfirmActionPageProps = {
  site: Site
  session: AdminSession
  /** The menu's entry that one came from, where « revenir » leads. */
  from: string
  action: string
  fields?: { readonly [name: string]: string } | undefined
  question: (texts: Messages['safety']['sure']) => {
    title: string
    /** What happens, a sentence per line. */
    effects: string
    submit: string
  }
  /** What is said yes to. */
  isGood?: boolean | undefined
  /** What it is about, in its own words: a paragraph per line. */
  about?: string | undefined
  /** What somebody else will read of why; `message` says what is wrong with it. */
  reason?: { text: string; max: number; message?: string | undefined } | undefined
}

/** What cannot be undone by the next click is asked about first, with what follows from it spelled out. */
export function ConfirmActionPage(props: ConfirmActionPageProps) {
  const { site, session, from, action } = props
  const t = messagesFor(site.lang)
  const { title, effects, submit } = props.question(t.safety.sure)
  const form = reasonForm(props.reason, t)
  return (
    <AdminLayout
      title={titleOfForm(form, title)}
      site={site}
      session={session}
      current={from}
      narrow
    >
      <ErrorSummary form={form} />
      <h1>{title}</h1>
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
    </AdminLayout>
  )
}

const reasonForm = (reason: ConfirmActionPageProps['reason'], t: Messages): FormState => ({
  values: { reason: reason?.text ?? '' },
  messages: reason?.message === undefined ? [] : [{ name: 'reason', message: reason.message }],
  labels: { reason: t.safety.sure.reason },
  hints: { reason: t.safety.sure.reasonHint },
  t,
})
