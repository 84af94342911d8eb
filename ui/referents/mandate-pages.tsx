import { REFERENT_TITLES } from '../../node/domain/referents/referent.ts'
import { NewPassword, type PasswordProblem, passwordMessage } from '../accounts/sign-in-pages.tsx'
import {
  Choices,
  ErrorSummary,
  FieldError,
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
  SubmitButton,
  titleOfForm,
} from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { Consent } from './consent-text.tsx'
import { CodeField, GivenCode, HiddenCode, type MandateCode, OpenByCode } from './mandate-code.tsx'
import { Answer, Decline, Proposed } from './mandate-parts.tsx'
import { MandateProfile, type MandateProfileProps } from './mandate-profile.tsx'

/**
 * POST on the same address: `answer` (`oui`, `non`, `fin`, `prolonger`, `garder`, `ouvrir`, or as in
 * `MandateProfileProps`), the days that were shown (`shownFrom`, `shownUntil`), with `oui` `name`, `word`, `email`,
 * `agree`, and by a link that was handed over `code`.
 */
export type MandatePageProps = {
  site: Site
  token: string
  territory: string
  /** The dates in words. */
  from: string
  until: string
  /** The same dates, as the form sends them back. */
  shown: Days
  /** The text to agree to, or that was agreed to. */
  consent: string
} & (
  | {
      state: 'proposed'
      proposedBy: string
      values: FormValues
      messages: FieldMessage[]
      /** By a link that the team handed over, where the person has a code. */
      code?: MandateCode | undefined
    }
  | {
      state: 'appointed'
      role: string
      agreedOn: string
      asked?: AskedDay | undefined
      /** Undefined by a link that proves no mailbox, until the code is given. */
      profile: MandateProfileProps | undefined
      lock?: Lock | undefined
    }
  | {
      state: 'consented'
      agreedOn: string
      profile: MandateProfileProps | undefined
      lock?: Lock | undefined
    }
  | { state: 'declined' | 'ended' | 'resigned' }
)

/** What the person's code opens: what was typed wrong, or the code that opened it. */
type Lock = { messages: FieldMessage[] } | { code: string }

/** ISO 8601 dates. */
type Days = { startsOn: string; endsOn: string }

/** A new last day, with the text to agree to. */
type AskedDay = { endsOn: string; until: string; consent: string }

/** The person's own page, by their link: they accept, decline or end the mandate. */
export function MandatePage(props: MandatePageProps) {
  const { site } = props
  const t = messagesFor(site.lang)
  const title = titleOf(props, t)
  const lock = 'lock' in props ? props.lock : undefined
  const messages = lock && 'messages' in lock ? lock.messages : []
  const form = props.state === 'proposed' ? formOf(props, t) : { ...NO_FORM, messages, t }
  const pageTitle = titleOfForm(form, title)
  return (
    <Layout title={pageTitle} site={site} noindex narrow>
      {props.state === 'proposed' && <ErrorSummary form={formOf(props, t)} />}
      <h1>{title}</h1>
      {props.state === 'proposed' ? <Proposal {...props} t={t} /> : <State {...props} t={t} />}
    </Layout>
  )
}

const NO_FORM = { values: {}, labels: {}, hints: {} }

function titleOf(props: MandatePageProps, { referent: { person } }: Messages): string {
  if (props.state === 'proposed') return person.title
  if (props.state === 'appointed') return person.appointed(props.role, props.territory)
  return person[props.state]
}

type Asked = Extract<MandatePageProps, { state: 'proposed' }>

const formOf = ({ values, messages }: Asked, t: Messages): FormState => {
  const texts = t.referent.person
  return {
    values,
    messages,
    labels: {
      ...{ name: texts.name, word: texts.word, email: texts.email, agree: texts.agree },
      code: texts.code.field,
    },
    hints: { email: texts.emailHint, code: texts.code.hint },
    t,
  }
}

function Proposal(props: Asked & { t: Messages }) {
  const { token, shown, consent, t } = props
  const texts = t.referent.person
  const form = formOf(props, t)
  const missing = form.messages.find(({ name }) => name === 'agree')?.message
  return (
    <>
      <Proposed {...props} />
      {props.code && <GivenCode code={props.code} t={t} />}
      <Form method="post" action={paths.mandate(token)} class="stack" novalidate>
        <input type="hidden" name="answer" value="oui" />
        <ShownDays {...shown} />
        <InputField form={form} name="name" autocomplete="name" required />
        <Choices
          form={form}
          name="word"
          type="radio"
          choices={REFERENT_TITLES.map((word) => [word, texts.texts[word]] as const)}
        />
        <InputField form={form} name="email" type="email" autocomplete="email" required />
        <h2>{texts.public}</h2>
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
            <span>{texts.agree}</span>
          </label>
          <FieldError id="agree-erreur" message={missing} />
        </div>
        {props.code && <CodeField form={form} />}
        <SubmitButton>{texts.accept}</SubmitButton>
      </Form>
      <p class="fine">{texts.keep}</p>
      <Decline token={token} t={t} />
    </>
  )
}

const ShownDays = ({ startsOn, endsOn }: Days) => (
  <>
    <input type="hidden" name="shownFrom" value={startsOn} />
    <input type="hidden" name="shownUntil" value={endsOn} />
  </>
)

/** The question whether the person agrees to a new last day, which nobody may change without their consent. */
function AskedDate({
  asked,
  token,
  shown,
  code,
  t,
}: Pick<MandatePageProps, 'token' | 'shown'> & AskedDateProps) {
  const texts = t.referent.person
  return (
    <>
      <h2>{texts.other(asked.until)}</h2>
      <p>{texts.otherLead}</p>
      <Consent text={asked.consent} />
      <Form method="post" action={paths.mandate(token)}>
        <input type="hidden" name="answer" value="prolonger" />
        <HiddenCode code={code} />
        <ShownDays startsOn={shown.startsOn} endsOn={asked.endsOn} />
        <SubmitButton>{texts.acceptOther}</SubmitButton>
      </Form>
      <Answer token={token} answer="garder" label={texts.keepDate} isQuiet code={code} />
    </>
  )
}

type AskedDateProps = { asked: AskedDay; code: string | undefined; t: Messages }

type Answered = Exclude<MandatePageProps, { state: 'proposed' }> & { t: Messages }

function State(props: Answered) {
  const { state, token, until, consent, t } = props
  const texts = t.referent.person
  if (state !== 'appointed' && state !== 'consented')
    return (
      <p class="lead" role="status">
        {texts[`${state}Lead`]}
      </p>
    )
  const { lock } = props
  const code = lock && 'code' in lock ? lock.code : undefined
  return (
    <>
      <p class="lead" role="status">
        {state === 'appointed' ? texts.appointedLead(until) : texts.consentedLead}
      </p>
      {state === 'appointed' && (
        <p>
          <Link class="button" href={paths.referentDashboard}>
            {texts.admin}
          </Link>
        </p>
      )}
      {state === 'appointed' && props.asked && (
        <AskedDate asked={props.asked} {...{ token, code, t }} shown={props.shown} />
      )}
      <h2>{texts.agreed(props.agreedOn)}</h2>
      <Consent text={consent} />
      {props.profile && <MandateProfile profile={props.profile} {...{ token, code, t }} />}
      {lock && 'messages' in lock && <OpenByCode messages={lock.messages} {...{ token, t }} />}
      <h2>{texts.resign}</h2>
      <p>{texts.resignLead}</p>
      <details>
        <summary>{texts.resign}</summary>
        <Answer token={token} answer="fin" label={texts.resignSubmit} />
      </details>
    </>
  )
}

/** POST on the same address: `password`, `passwordAgain`, and `code` where the mandate has one. This uses the link up. */
export type ReferentAccessPageProps = {
  site: Site
  token: string
  territory: string
  email: string
  /** Whether the e-mail address has an account here, and whether that account is signed in. */
  account: 'none' | 'other' | 'own'
  problems: PasswordProblem[]
  /** The messages about the code, which the person of a mandate that has one gives. */
  code?: FieldMessage[] | undefined
}

export function ReferentAccessPage(props: ReferentAccessPageProps) {
  const { site, token, territory, email, account, problems, code } = props
  const t = messagesFor(site.lang)
  const texts = t.referent.access
  const fields = t.admin.choosePassword
  const form: FormState = {
    values: { email },
    messages: [...problems.map((problem) => passwordMessage(problem, t)), ...(code ?? [])],
    labels: {
      ...{ password: fields.password, passwordAgain: fields.again },
      code: t.referent.person.code.field,
    },
    hints: { password: fields.passwordHint, code: t.referent.person.code.hint },
    t,
  }
  const leads = {
    none: texts.lead(territory, email),
    other: texts.signInFirst(email),
    own: texts.known(email),
  }
  return (
    <Layout title={titleOfForm(form, texts.title)} site={site} noindex narrow>
      <ErrorSummary form={form} secret />
      <h1>{texts.title}</h1>
      <p class="lead">{leads[account]}</p>
      {account === 'other' ? (
        <p>
          <Link class="button" href={paths.signIn}>
            {t.admin.signIn.title}
          </Link>
        </p>
      ) : (
        <Form method="post" action={paths.referentAccess(token)} class="stack" novalidate>
          {account === 'none' && (
            <>
              <input type="hidden" name="username" autocomplete="username" value={email} />
              <NewPassword form={form} />
            </>
          )}
          {code && <CodeField form={form} />}
          <SubmitButton>{account === 'own' ? texts.attach : texts.submit}</SubmitButton>
        </Form>
      )}
    </Layout>
  )
}
