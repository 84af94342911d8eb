import { relativePast } from '../../node/domain/values/date-text.ts'
import type { AccountMail } from '../../node/domain/values/link.ts'
import {
  ActionButton,
  type FieldMessage,
  type FormState,
  InputField,
  SubmitButton,
} from '../components/fields.tsx'
import { PostForm } from '../components/link.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { AccountFrame, type AccountFrameProps } from './account-frame.tsx'
import { MailsForm, type Rhythm, TO_DO_ID } from './mails-form.tsx'
import { SecondFactorPanel, type ShownFactor } from './second-factor-pages.tsx'
import { NewPassword, type PasswordProblem, passwordMessage, WaysBack } from './sign-in-pages.tsx'

type OpenSession = {
  id: string
  userAgent: string
  createdAt: Temporal.Instant
  lastUsedAt: Temporal.Instant
  isCurrent: boolean
}

/**
 * POST `/administration/compte`: `csrf`, `name`, `email`, `emailPassword` · POST `/administration/compte/mot-de-passe`:
 * `csrf`, `currentPassword`, `password`, `passwordAgain` · POST `/administration/compte/courriels`: `csrf`, `toDo`, `mails` · POST `/administration/compte/sans-mot-de-passe`: `csrf`,
 * `removalPassword` · POST `/administration/compte/sessions/fermer`: `csrf`, `which`
 * (`others`, `all`).
 */
export type AccountPageProps = AccountFrameProps & {
  values: { name: string; email: string }
  /** The address that is not confirmed yet. */
  askedEmail?: string | undefined
  /** Where this is false, the person signs in by links sent by e-mail, and can choose a password by such a link. */
  hasPassword: boolean
  mailWorks: boolean
  /**
   * How often the person gets a mail about what waits for the team; undefined where no such mail could come, or no mail
   * is sent.
   */
  toDoRhythm?: Rhythm | undefined
  /** The other kinds of mail that come to this account, each with whether the person wants it. */
  otherMails?: readonly { mail: AccountMail; isWanted: boolean }[] | undefined
  sessions: OpenSession[]
  now: Temporal.Instant
  problems?: AccountProblem[] | undefined
  factor: ShownFactor | undefined
  /** Whether every account must have a second factor. */
  isFactorRequired: boolean
}

type AccountProblem =
  | PasswordProblem
  | 'wrongCurrent'
  | 'passwordWait'
  | 'wrongRemoval'
  | 'removalWait'
  | 'emailPassword'
  | 'emailWait'
  | 'toDoMissing'
  | 'factorPassword'
  | 'factorWait'
  | 'codeWrong'
  | 'codeUnreadable'
  | 'codeWait'

export function AccountPage(props: AccountPageProps) {
  const { site, team, values } = props
  const t = messagesFor(site.lang)
  const texts = t.admin.account
  const form: FormState = {
    values: {
      ...values,
      toDo: props.toDoRhythm ?? '',
      mails: props.otherMails?.flatMap(({ mail, isWanted }) => (isWanted ? mail : [])) ?? [],
    },
    messages: (props.problems ?? []).map((problem) => messageFor(problem, t)),
    labels: {
      name: texts.name,
      email: texts.email,
      emailPassword: t.safety.email.password,
      toDo: texts.toDo.title,
      mails: texts.mails.title,
      currentPassword: texts.current,
      password: texts.next,
      passwordAgain: texts.again,
      removalPassword: texts.current,
      factorPassword: t.admin.secondFactor.password,
      code: t.admin.secondFactor.code,
    },
    hints: {
      toDo: texts.toDo.hint,
      mails: texts.mails.hint,
      emailPassword: t.safety.email.passwordHint,
      password: t.admin.choosePassword.passwordHint,
      code: t.admin.secondFactor.codeHint,
    },
    t,
  }
  return (
    <AccountFrame {...props} title={texts.title} form={form}>
      {team ? <Identity {...props} form={form} t={t} /> : <p>{texts.signedInAs(values.email)}</p>}
      <MailsForm {...props} form={form} t={t} />
      {props.hasPassword ? (
        <Password {...props} form={form} t={t} />
      ) : (
        <ByLink mailWorks={props.mailWorks} t={t} />
      )}
      <SecondFactorPanel {...props} isRequired={props.isFactorRequired} form={form} />
      <Sessions {...props} t={t} />
    </AccountFrame>
  )
}

type PartProps = AccountPageProps & { form: FormState; t: Messages }

/** The forms that change the password and, where a link by e-mail can take its place, remove it. */
function Password({ csrf, form, mailWorks, t }: PartProps) {
  const texts = t.admin.account
  return (
    <>
      <PostForm csrf={csrf} action={paths.password} class="panel stack" novalidate>
        <h2>{texts.password}</h2>
        <InputField
          form={form}
          name="currentPassword"
          type="password"
          autocomplete="current-password"
          required
        />
        <NewPassword form={form} />
        <p>{texts.passwordEffect}</p>
        <SubmitButton>{texts.passwordSubmit}</SubmitButton>
      </PostForm>
      {mailWorks && (
        <details open={form.messages.some(({ name }) => name === 'removalPassword')}>
          <summary>{texts.without.title}</summary>
          <PostForm csrf={csrf} action={paths.withoutPassword} class="stack" novalidate>
            <p>{texts.without.effect}</p>
            <InputField
              form={form}
              name="removalPassword"
              type="password"
              autocomplete="current-password"
              required
            />
            <SubmitButton quiet>{texts.without.submit}</SubmitButton>
          </PostForm>
        </details>
      )}
    </>
  )
}

function ByLink({ mailWorks, t }: Pick<PartProps, 'mailWorks' | 't'>) {
  const texts = t.admin.account.without
  return (
    <section class="panel stack" aria-labelledby="par-lien">
      <h2 id="par-lien">{texts.now}</h2>
      <p>{mailWorks ? texts.nowMeans : texts.nowWithoutMail}</p>
      <WaysBack mailWorks={mailWorks} t={t} />
    </section>
  )
}

/** The form for name and address, which a member of the team may change; a new address requires the password. */
const Identity = ({ csrf, askedEmail, hasPassword, values, form, t }: PartProps) => (
  <>
    {askedEmail && <p class="notice">{t.safety.email.waiting(askedEmail)}</p>}
    <PostForm csrf={csrf} action={paths.account} class="stack" novalidate>
      <InputField form={form} name="name" autocomplete="name" optional />
      {hasPassword ? (
        <>
          <InputField form={form} name="email" type="email" autocomplete="email" required />
          <InputField
            form={form}
            name="emailPassword"
            type="password"
            autocomplete="current-password"
          />
        </>
      ) : (
        <>
          <input type="hidden" name="email" value={String(values.email)} />
          <p>
            {t.admin.account.signedInAs(values.email)} {t.admin.account.without.addressStays}
          </p>
        </>
      )}
      <SubmitButton>{t.admin.account.save}</SubmitButton>
    </PostForm>
  </>
)

function messageFor(problem: AccountProblem, t: Messages): FieldMessage {
  const texts = t.admin.account
  if (problem === 'toDoMissing') return { name: TO_DO_ID, message: texts.toDo.missing }
  if (problem === 'wrongCurrent') return { name: 'currentPassword', message: texts.wrongCurrent }
  if (problem === 'passwordWait') return { name: 'currentPassword', message: t.admin.signIn.wait }
  if (problem === 'wrongRemoval') return { name: 'removalPassword', message: texts.wrongCurrent }
  if (problem === 'removalWait') return { name: 'removalPassword', message: t.admin.signIn.wait }
  const { secondFactor } = t.admin
  if (problem === 'factorPassword')
    return { name: 'factorPassword', message: secondFactor.passwordWrong }
  if (problem === 'factorWait') return { name: 'factorPassword', message: t.admin.signIn.wait }
  if (problem === 'codeWrong') return { name: 'code', message: secondFactor.wrong }
  if (problem === 'codeUnreadable') return { name: 'code', message: secondFactor.unreadable }
  if (problem === 'codeWait') return { name: 'code', message: secondFactor.wait }
  if (problem === 'emailWait') return { name: 'emailPassword', message: t.admin.signIn.wait }
  if (problem === 'emailPassword')
    return { name: 'emailPassword', message: t.safety.email.passwordMissing }
  return passwordMessage(problem, t)
}

type SessionsProps = Pick<AccountPageProps, 'sessions' | 'csrf' | 'now'> & { t: Messages }

const Sessions = ({ sessions, csrf, now, t }: SessionsProps) => {
  const texts = t.admin.account
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{texts.sessions}</h2>
      <ul class="requests">
        {sessions.map(({ id, userAgent, createdAt, lastUsedAt, isCurrent }) => (
          <li class="panel">
            <p>
              <strong>{deviceName(userAgent, t)}</strong>
              {isCurrent && <span class="tag">{texts.thisOne}</span>}
              <small class="line">
                {texts.openedOn(relativePast(createdAt, now, t.lang))},{' '}
                {texts.seen(relativePast(lastUsedAt, now, t.lang))}
              </small>
            </p>
            {!isCurrent && (
              <ActionButton action={paths.endSession(id)} csrf={csrf} quiet>
                {texts.end}
                <span class="unseen">{t.admin.home.about(deviceName(userAgent, t))}</span>
              </ActionButton>
            )}
          </li>
        ))}
      </ul>
      <PostForm csrf={csrf} action={paths.endSessions}>
        <p class="buttons">
          {sessions.length > 2 && (
            <button type="submit" name="which" value="others" class="button quiet">
              {texts.endOthers}
            </button>
          )}
          <button type="submit" name="which" value="all" class="button quiet">
            {texts.endAll}
          </button>
        </p>
      </PostForm>
    </section>
  )
}

const BROWSERS = ['Firefox', 'Edg', 'OPR', 'Chrome', 'Safari']
const SYSTEMS = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux']

/**
 * Returns the browser and the system, as `Firefox, Android`, so that people recognise their own sessions. A User-Agent
 * names several browsers; the most specific name is tried first.
 */
function deviceName(userAgent: string, t: Messages): string {
  const browser = BROWSERS.find((name) => userAgent.includes(name))
  const system = SYSTEMS.find((name) => userAgent.includes(name))
  const names = { Edg: 'Edge', OPR: 'Opera' } as Record<string, string>
  const texts = [browser && (names[browser] ?? browser), system].filter(Boolean)
  return texts.length > 0 ? texts.join(', ') : t.admin.account.unknownDevice
}
