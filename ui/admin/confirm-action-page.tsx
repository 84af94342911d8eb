import { CsrfInput } from '../components/fields.tsx'
import { Form, Link } from '../components/link.tsx'
import type { AdminSession, Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { AdminLayout } from './layout.tsx'

/** POST to `action`: `csrf`, and what `fields` hold. */
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
}

/** What cannot be undone by the next click is asked about first, with what follows from it spelled out. */
export function ConfirmActionPage(props: ConfirmActionPageProps) {
  const { site, session, from, action } = props
  const t = messagesFor(site.lang)
  const { title, effects, submit } = props.question(t.safety.sure)
  return (
    <AdminLayout title={title} site={site} session={session} current={from}>
      <div class="narrow">
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
        <Form method="post" action={action}>
          <CsrfInput csrf={session.csrf} />
          {Object.entries(props.fields ?? {}).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <p class="buttons">
            <button type="submit" class={props.isGood ? 'button' : 'button danger'}>
              {submit}
            </button>
            <Link href={from}>{t.admin.form.cancel}</Link>
          </p>
        </Form>
      </div>
    </AdminLayout>
  )
}
