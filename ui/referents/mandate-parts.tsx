import { Form } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { HiddenCode } from './mandate-code.tsx'

type ProposedProps = {
  proposedBy: string
  territory: string
  /** The dates in words. */
  from: string
  until: string
  t: Messages
}

/** What is proposed: by whom, for how long, and what a referent does. */
export function Proposed({ proposedBy, territory, from, until, t }: ProposedProps) {
  const texts = t.referent.person
  return (
    <>
      <p class="lead">{texts.proposed(proposedBy, territory)}</p>
      <p>{texts.dates(from, until)}</p>
      <h2>{texts.what}</h2>
      <ul>
        {texts.tasks.split('\n').map((task) => (
          <li>{task}</li>
        ))}
      </ul>
    </>
  )
}

/** The form by which the person says no. */
export const Decline = ({ token, t }: { token: string; t: Messages }) => (
  <>
    <h2>{t.referent.person.decline}</h2>
    <p>{t.referent.person.declineLead}</p>
    <Answer token={token} answer="non" label={t.referent.person.decline} isQuiet />
  </>
)

type AnswerProps = {
  token: string
  answer: 'non' | 'fin' | 'garder' | 'code'
  label: string
  isQuiet?: boolean
  code?: string | undefined
}

/** A form with one button, by which the person answers. */
export const Answer = ({ token, answer, label, isQuiet, code }: AnswerProps) => (
  <Form method="post" action={paths.mandate(token)}>
    <input type="hidden" name="answer" value={answer} />
    <HiddenCode code={code} />
    <p>
      <button
        type="submit"
        class={isQuiet ? 'button quiet' : answer === 'code' ? 'button' : 'button danger'}
      >
        {label}
      </button>
    </p>
  </Form>
)
