import type { FieldMessage, FormState, FormValues } from '../components/fields.tsx'
import { ErrorSummary, InputField, SubmitButton, titleOfForm } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { Consent } from './consent-text.tsx'
import { Answer, Decline, Proposed } from './mandate-parts.tsx'

/** POST on the same address: `answer` (`recevoir`, with `email` where none is known, `code`, or `non`). */
type HandedMandatePageProps = {
  site: Site
  token: string
  territory: string
  from: string
  until: string
  consent: string
  proposedBy: string
  /** How a link to answer reaches the person: their address, if it is known; where no mail is sent, they get a code. */
  way:
    | { to: string | undefined; isSent: boolean; values: FormValues; messages: FieldMessage[] }
    | undefined
}

/**
 * The page of a proposal by a link that the team handed over: it proposes, and takes no agreement. Opening it gives no
 * code, since programs open links too: the person asks for it.
 */
export function HandedMandatePage(props: HandedMandatePageProps) {
  const { site, token, consent, way } = props
  const t = messagesFor(site.lang)
  const texts = t.referent.person
  const form: FormState = {
    ...{ values: way?.values ?? {}, messages: way?.messages ?? [], t },
    labels: { email: texts.email },
    hints: { email: texts.emailHint },
  }
  return (
    <Layout title={titleOfForm(form, texts.title)} site={site} noindex narrow>
      <ErrorSummary form={form} />
      <h1>{texts.title}</h1>
      <Proposed {...props} t={t} />
      <h2>{texts.public}</h2>
      <Consent text={consent} />
      <h2>{way ? texts.handed.title : texts.code.title}</h2>
      <p>{way ? texts.handed.lead : texts.code.lead}</p>
      {way?.isSent && way.to && <p role="status">{texts.handed.sent(way.to)}</p>}
      {way && (
        <Form method="post" action={paths.mandate(token)} class="stack" novalidate>
          <input type="hidden" name="answer" value="recevoir" />
          {way.to === undefined && (
            <InputField form={form} name="email" type="email" autocomplete="email" required />
          )}
          <SubmitButton>{texts.handed.submit}</SubmitButton>
        </Form>
      )}
      {!way && <Answer token={token} answer="code" label={texts.code.submit} />}
      <Decline token={token} t={t} />
    </Layout>
  )
}
