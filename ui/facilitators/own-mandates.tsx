import { type FieldMessage, type FormState, InputField } from '../components/fields.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** A mandate that the person's profile names. */
export type ClaimedMandate = {
  uri: string
  /** The name of the territory. */
  territory: string
  host: string
  /** Whether the directory that gave the mandate names the profile too. */
  isTied: boolean
}

/** POST `…/mandats`: `mandate`, its address, and `answer`, `yes` or `no`. */
export type OwnMandatesProps = {
  token: string
  mandates: readonly ClaimedMandate[]
  /** The address that was typed, and what is wrong with it. */
  typed: string
  messages: FieldMessage[]
  t: Messages
}

export const ownMandatesForm = ({
  typed,
  messages,
  t,
}: Pick<OwnMandatesProps, 'typed' | 'messages' | 't'>): FormState => ({
  values: { mandate: typed },
  messages,
  labels: { mandate: t.facilitator.mandates.label },
  hints: { mandate: t.facilitator.mandates.hint },
  t,
})

/** Shows which mandates a public profile names, with a form to add another. */
export function OwnMandates(props: OwnMandatesProps) {
  const { token, mandates, messages, t } = props
  const texts = t.facilitator.mandates
  return (
    <>
      <h2 id="mandats">{texts.title}</h2>
      <div class="stack">
        {mandates.map((mandate) => (
          <Form method="post" action={paths.ownProfile(token, 'mandats')} class="panel">
            <p>
              <strong>
                <Link href={mandate.uri}>{texts.of(mandate.territory, mandate.host)}</Link>
              </strong>
            </p>
            <p>{mandate.isTied ? texts.tied : texts.waits}</p>
            <input type="hidden" name="mandate" value={mandate.uri} />
            <p>
              <button type="submit" class="button quiet" name="answer" value="no">
                {texts.drop}
              </button>
            </p>
          </Form>
        ))}
        <details class="more-fields" open={messages.length > 0}>
          <summary>{texts.add}</summary>
          <Form method="post" action={paths.ownProfile(token, 'mandats')} class="stack" novalidate>
            <p>{texts.lead}</p>
            <InputField form={ownMandatesForm(props)} name="mandate" autocomplete="off" required />
            <p>{t.facilitator.consent.mandate}</p>
            <p>
              <button type="submit" class="button" name="answer" value="yes">
                {texts.submit}
              </button>
            </p>
          </Form>
        </details>
      </div>
    </>
  )
}
