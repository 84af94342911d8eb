import {
  ErrorSummary,
  type FieldMessage,
  type FormState,
  InputField,
  SubmitButton,
} from '../components/fields.tsx'
import { Form } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** The code of a mandate, as the page of a handed link knows it. */
export type MandateCode = {
  /** The code itself, in the one answer that shows it. */
  fresh?: string | undefined
  /** The day on which it was made, in words. */
  madeOn: string
}

/** Shows the code, the one time that it is, or says when it was given. */
export const GivenCode = ({ code: { fresh, madeOn }, t }: { code: MandateCode; t: Messages }) => {
  const texts = t.referent.person.code
  if (fresh === undefined) return <p class="notice">{texts.made(madeOn)}</p>
  return (
    <section class="panel" aria-labelledby="votre-code">
      <h2 id="votre-code">{texts.title}</h2>
      <p>
        {texts.fresh} <strong class="paper-link">{fresh}</strong>
      </p>
      <p>{texts.freshHint}</p>
    </section>
  )
}

/** The field of the code; no browser keeps what is typed there. */
export const CodeField = ({ form }: { form: FormState }) => (
  <InputField form={form} name="code" autocomplete="off" required short />
)

/** The code that was typed, in each form of a page that it opened. */
export const HiddenCode = ({ code }: { code: string | undefined }) =>
  code === undefined ? null : <input type="hidden" name="code" value={code} />

type OpenByCodeProps = { token: string; messages: FieldMessage[]; t: Messages }

/** POST on the page of the mandate: `answer` (`ouvrir`), `code`. The answer is the page with everything on it. */
export function OpenByCode({ token, messages, t }: OpenByCodeProps) {
  const texts = t.referent.person.code
  const form: FormState = {
    ...{ values: {}, messages, t },
    labels: { code: texts.field },
    hints: { code: texts.hint },
  }
  return (
    <section aria-labelledby="ouvrir">
      <h2 id="ouvrir">{texts.open}</h2>
      <ErrorSummary form={form} secret />
      <p>{texts.openLead}</p>
      <Form method="post" action={paths.mandate(token)} class="stack" novalidate>
        <input type="hidden" name="answer" value="ouvrir" />
        <CodeField form={form} />
        <SubmitButton>{texts.openSubmit}</SubmitButton>
      </Form>
    </section>
  )
}
