import { REFERENT_WORDS } from '../../node/domain/referents/referent.ts'
import { NewPassword, type PasswordProblem, passwordMessage } from '../accounts/sign-in-pages.tsx'
import {
  Choices,
  ErrorSummary,
  FieldError,
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
  titleOfForm,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import type { Site } from '../components/site.ts'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** POST on the same address: `answer` (`oui`, `non`, `fin`), and with `oui` `name`, `word`, `email`, `agree`. */
export type MandatePageProps = {
  site: Site
  token: string
  territory: string
  /** Dates in words. */
  from: string
  until: string
  /** The words to agree to, or that were agreed to. */
  consent: string
} & (
  | { state: 'proposed'; proposedBy: string; values: FormValues; messages: FieldMessage[] }
  | { state: 'appointed'; role: string; agreedOn: string }
  | { state: 'consented'; agreedOn: string }
  | { state: 'declined' | 'ended' | 'resigned' }
)

/** The person's own page, by their link: yes, no, or no longer. */
export function MandatePage(props: MandatePageProps) {
  const { site } = props
  const t = stringsFor(site.lang)
  const title = titleOf(props, t)
  const pageTitle = props.state === 'proposed' ? titleOfForm(formOf(props, t), title) : title
  return (
    <Layout title={pageTitle} site={site} noindex>
      <div class="narrow">
        {props.state === 'proposed' && <ErrorSummary form={formOf(props, t)} />}
        <h1>{title}</h1>
        {props.state === 'proposed' ? <Proposal {...props} t={t} /> : <State {...props} t={t} />}
      </div>
    </Layout>
  )
}

function titleOf(props: MandatePageProps, { referent: { person } }: Strings): string {
  if (props.state === 'proposed') return person.title
  if (props.state === 'appointed') return person.appointed(props.role, props.territory)
  return person[props.state]
}

type Asked = Extract<MandatePageProps, { state: 'proposed' }>

const formOf = ({ values, messages }: Asked, t: Strings): FormState => {
  const words = t.referent.person
  return {
    values,
    messages,
    labels: { name: words.name, word: words.word, email: words.email, agree: words.agree },
    hints: { email: words.emailHint },
    t,
  }
}

function Proposal(props: Asked & { t: Strings }) {
  const { token, territory, from, until, proposedBy, consent, t } = props
  const words = t.referent.person
  const form = formOf(props, t)
  const missing = form.messages.find(({ name }) => name === 'agree')?.message
  return (
    <>
      <p class="lead">{words.proposed(proposedBy, territory)}</p>
      <p>{words.dates(from, until)}</p>
      <h2>{words.what}</h2>
      <ul>
        {words.tasks.split('\n').map((task) => (
          <li>{task}</li>
        ))}
      </ul>
      <form method="post" action={paths.mandate(token)} class="stack" novalidate>
        <input type="hidden" name="answer" value="oui" />
        <InputField form={form} name="name" autocomplete="name" required />
        <Choices
          form={form}
          name="word"
          type="radio"
          choices={REFERENT_WORDS.map((word) => [word, words.words[word]] as const)}
        />
        <InputField form={form} name="email" type="email" autocomplete="email" required />
        <h2>{words.public}</h2>
        <Consent text={consent} />
        <div class="field">
          <label class="choice">
            <input
              type="checkbox"
              id="agree"
              name="agree"
              value="1"
              required
              aria-invalid={missing ? 'true' : undefined}
              aria-describedby={missing ? 'agree-erreur' : undefined}
            />
            <span>{words.agree}</span>
          </label>
          <FieldError id="agree-erreur" message={missing} />
        </div>
        <p>
          <button type="submit" class="button">
            {words.accept}
          </button>
        </p>
      </form>
      <p class="fine">{words.keep}</p>
      <h2>{words.decline}</h2>
      <p>{words.declineLead}</p>
      <Answer token={token} answer="non" label={words.decline} isQuiet />
    </>
  )
}

const Consent = ({ text }: { text: string }) => (
  <blockquote class="consent">
    {text.split('\n').map((line) => (
      <p>{line}</p>
    ))}
  </blockquote>
)

type AnswerProps = { token: string; answer: 'non' | 'fin'; label: string; isQuiet?: boolean }

const Answer = ({ token, answer, label, isQuiet }: AnswerProps) => (
  <form method="post" action={paths.mandate(token)}>
    <input type="hidden" name="answer" value={answer} />
    <p>
      <button type="submit" class={isQuiet ? 'button quiet' : 'button danger'}>
        {label}
      </button>
    </p>
  </form>
)

type Answered = Exclude<MandatePageProps, { state: 'proposed' }> & { t: Strings }

function State(props: Answered) {
  const { state, token, until, consent, t } = props
  const words = t.referent.person
  if (state !== 'appointed' && state !== 'consented')
    return (
      <p class="lead" role="status">
        {words[`${state}Lead`]}
      </p>
    )
  return (
    <>
      <p class="lead" role="status">
        {state === 'appointed' ? words.appointedLead(until) : words.consentedLead}
      </p>
      {state === 'appointed' && (
        <p>
          <a class="button" href={paths.territoryDesk}>
            {words.desk}
          </a>
        </p>
      )}
      <h2>{words.agreed(props.agreedOn)}</h2>
      <Consent text={consent} />
      <h2>{words.resign}</h2>
      <p>{words.resignLead}</p>
      <details>
        <summary>{words.resign}</summary>
        <Answer token={token} answer="fin" label={words.resignSubmit} />
      </details>
    </>
  )
}

/** POST on the same address: `password`, `passwordAgain`; the link is used up then. */
export type ReferentAccessPageProps = {
  site: Site
  token: string
  territory: string
  email: string
  /** Whether that address has an account here, and whether it is the one that is signed in. */
  account: 'none' | 'other' | 'own'
  problems: PasswordProblem[]
}

export function ReferentAccessPage(props: ReferentAccessPageProps) {
  const { site, token, territory, email, account, problems } = props
  const t = stringsFor(site.lang)
  const words = t.referent.access
  const fields = t.desk.choosePassword
  const form: FormState = {
    values: { email },
    messages: problems.map((problem) => passwordMessage(problem, t)),
    labels: { password: fields.password, passwordAgain: fields.again },
    hints: { password: fields.passwordHint },
    t,
  }
  const leads = {
    none: words.lead(territory, email),
    other: words.signInFirst(email),
    own: words.known(email),
  }
  return (
    <Layout title={titleOfForm(form, words.title)} site={site} noindex>
      <div class="narrow">
        <ErrorSummary form={form} secret />
        <h1>{words.title}</h1>
        <p class="lead">{leads[account]}</p>
        {account === 'other' ? (
          <p>
            <a class="button" href={paths.signIn}>
              {t.desk.signIn.title}
            </a>
          </p>
        ) : (
          <form method="post" action={paths.referentAccess(token)} class="stack" novalidate>
            {account === 'none' && (
              <>
                <input type="hidden" name="username" autocomplete="username" value={email} />
                <NewPassword form={form} />
              </>
            )}
            <p>
              <button type="submit" class="button">
                {account === 'own' ? words.attach : words.submit}
              </button>
            </p>
          </form>
        )}
      </div>
    </Layout>
  )
}
