import type { Child } from 'hono/jsx'
import { type FormState, TextArea } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { type BulkItem, itemText } from './bulk.tsx'
import { AdminPage, type AdminProps } from './layout.tsx'

/** One of the chosen: `problem` says why nothing is or was done to it. */
export type BulkLine = { name: string; problem?: string | undefined }

/** The texts that ask before an act; `total` counts the rows to which it can be done. */
type BulkTexts = {
  question: (total: number) => string
  /** What happens, one sentence per line. */
  effects: string
  submit: (total: number) => string
}

type Shared = AdminProps & {
  /** The list that the rows were chosen in. */
  from: string
}

export type BulkQuestionPageProps = Shared & {
  action: string
  act: string
  texts: (words: Messages['admin']['bulk']) => BulkTexts
  chosen: readonly (BulkItem & BulkLine)[]
  /** What else happens. */
  children?: Child
  /** The one reason for all, which somebody else will read; `message` says what is wrong with it. */
  reason?:
    | { label: string; text: string; max: number; isOptional: boolean; message?: string }
    | undefined
}

/**
 * At least one of the chosen is without a problem. POST the same: `csrf`, `act`, `item`, `confirmed`, and `reason` where
 * a reason is asked for.
 */
export function BulkQuestionPage(props: BulkQuestionPageProps) {
  const { site, session, from, action, act, chosen, reason } = props
  const t = messagesFor(site.lang)
  const texts = props.texts(t.admin.bulk)
  const possible = chosen.filter(({ problem }) => problem === undefined)
  const message = reason?.message
  const form: FormState = {
    values: { reason: reason?.text ?? '' },
    messages: message === undefined ? [] : [{ name: 'reason', message }],
    labels: { reason: reason?.label ?? '' },
    hints: {},
    t,
  }
  const title = texts.question(possible.length)
  return (
    <AdminPage {...{ title, form, site, session }} current={from} narrow>
      <PostForm csrf={session.csrf} action={action} novalidate>
        <input type="hidden" name="act" value={act} />
        <input type="hidden" name="confirmed" value="1" />
        <ul class="plain">
          {possible.map((item) => (
            <li>
              <label>
                <input type="checkbox" name="item" value={itemText(item)} checked /> {item.name}
              </label>
            </li>
          ))}
        </ul>
        {possible.length < chosen.length && (
          <>
            <h2>{t.admin.bulk.left}</h2>
            <Lines lines={chosen.filter(({ problem }) => problem !== undefined)} />
          </>
        )}
        <ul>
          {texts.effects.split('\n').map((effect) => (
            <li>{effect}</li>
          ))}
        </ul>
        {props.children}
        {reason && (
          <TextArea
            form={form}
            name="reason"
            rows={2}
            max={reason.max}
            optional={reason.isOptional}
          />
        )}
        <p class="buttons">
          <button type="submit" class="button danger">
            {texts.submit(possible.length)}
          </button>
          <Link href={from}>{t.admin.form.cancel}</Link>
        </p>
      </PostForm>
    </AdminPage>
  )
}

export type BulkDonePageProps = Shared & { lines: readonly BulkLine[] }

/** Says of each of the chosen whether it was done, and why not. */
export function BulkDonePage({ site, session, from, lines }: BulkDonePageProps) {
  const t = messagesFor(site.lang)
  const texts = t.admin.bulk
  const done = lines.filter(({ problem }) => problem === undefined)
  const left = lines.filter(({ problem }) => problem !== undefined)
  return (
    <AdminPage
      title={texts.title}
      {...{ site, session }}
      current={from}
      done={texts.done(done.length, left.length)}
      back={{ href: from, label: texts.back }}
      narrow
    >
      {left.length > 0 && (
        <>
          <h2>{texts.left}</h2>
          <Lines lines={left} />
        </>
      )}
      {done.length > 0 && (
        <>
          <h2>{texts.right}</h2>
          <Lines lines={done} />
        </>
      )}
    </AdminPage>
  )
}

const Lines = ({ lines }: { lines: readonly BulkLine[] }) => (
  <ul>
    {lines.map(({ name, problem }) => (
      <li>
        {name}
        {problem && <span class="line warn">{problem}</span>}
      </li>
    ))}
  </ul>
)
