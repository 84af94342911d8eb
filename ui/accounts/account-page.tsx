import { relativePast } from '../../node/domain/values/date-text.ts'
import { AdminLayout, type FlashKey } from '../admin/layout.tsx'
import {
  ActionButton,
  CsrfInput,
  ErrorSummary,
  type FieldMessage,
  type FormState,
  InputField,
  titleOfForm,
} from '../components/fields.tsx'
import { Form } from '../components/link.tsx'
import type { AdminSession, Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { NewPassword, type PasswordProblem, passwordMessage } from './sign-in-pages.tsx'

type OpenSession = {
  id: string
  userAgent: string
  createdAt: Temporal.Instant
  lastUsedAt: Temporal.Instant
  isCurrent: boolean
}

/**
 * POST `/administration/compte`: `csrf`, `name`, `email`, `emailPassword` · POST `/administration/compte/mot-de-passe`:
 * `csrf`, `currentPassword`, `password`, `passwordAgain`.
 */
export type AccountPageProps = {
  site: Site
  session: AdminSession
  values: { name: string; email: string }
  /** The address that is not confirmed yet. */
  askedEmail?: string | undefined
  sessions: OpenSession[]
  now: Temporal.Instant
  problems?: AccountProblem[] | undefined
  flash?: FlashKey | undefined
}

type AccountProblem =
  | PasswordProblem
  | 'wrongCurrent'
  | 'passwordWait'
  | 'emailPassword'
  | 'emailWait'

export function AccountPage(props: AccountPageProps) {
  const { site, session, values, sessions, now, flash } = props
  const t = messagesFor(site.lang)
  const texts = t.admin.account
  const form: FormState = {
    values,
    messages: (props.problems ?? []).map((problem) => messageFor(problem, t)),
    labels: {
      name: texts.name,
      email: texts.email,
      emailPassword: t.safety.email.password,
      currentPassword: texts.current,
      password: texts.next,
      passwordAgain: texts.again,
    },
    hints: {
      emailPassword: t.safety.email.passwordHint,
      password: t.admin.choosePassword.passwordHint,
    },
    t,
  }
  return (
    <AdminLayout
      title={titleOfForm(form, texts.title)}
      site={site}
      session={session}
      current={paths.account}
      flash={flash}
    >
      <div class="narrow">
        <h1>{texts.title}</h1>
        <ErrorSummary form={form} secret />
        {props.askedEmail && <p class="notice">{t.safety.email.waiting(props.askedEmail)}</p>}
        <Form method="post" action={paths.account} class="stack" novalidate>
          <CsrfInput csrf={session.csrf} />
          <InputField form={form} name="name" autocomplete="name" optional />
          <InputField form={form} name="email" type="email" autocomplete="email" required />
          <InputField
            form={form}
            name="emailPassword"
            type="password"
            autocomplete="current-password"
          />
          <p>
            <button type="submit" class="button">
              {texts.save}
            </button>
          </p>
        </Form>
        <Form method="post" action={paths.password} class="panel stack" novalidate>
          <h2>{texts.password}</h2>
          <CsrfInput csrf={session.csrf} />
          <InputField
            form={form}
            name="currentPassword"
            type="password"
            autocomplete="current-password"
            required
          />
          <NewPassword form={form} />
          <p>{texts.passwordEffect}</p>
          <p>
            <button type="submit" class="button">
              {texts.passwordSubmit}
            </button>
          </p>
        </Form>
        <Sessions sessions={sessions} csrf={session.csrf} now={now} t={t} />
      </div>
    </AdminLayout>
  )
}

function messageFor(problem: AccountProblem, t: Messages): FieldMessage {
  const texts = t.admin.account
  if (problem === 'wrongCurrent') return { name: 'currentPassword', message: texts.wrongCurrent }
  if (problem === 'passwordWait') return { name: 'currentPassword', message: t.admin.signIn.wait }
  if (problem === 'emailWait') return { name: 'emailPassword', message: t.admin.signIn.wait }
  if (problem === 'emailPassword')
    return { name: 'emailPassword', message: t.safety.email.passwordMissing }
  return passwordMessage(problem, t)
}

type SessionsProps = { sessions: OpenSession[]; csrf: string; now: Temporal.Instant; t: Messages }

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
    </section>
  )
}

const BROWSERS = ['Firefox', 'Edg', 'OPR', 'Chrome', 'Safari']
const SYSTEMS = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux']

/** `Firefox, Android`: enough to recognise one's own; browsers name several, the most telling comes first. */
function deviceName(userAgent: string, t: Messages): string {
  const browser = BROWSERS.find((name) => userAgent.includes(name))
  const system = SYSTEMS.find((name) => userAgent.includes(name))
  const names = { Edg: 'Edge', OPR: 'Opera' } as Record<string, string>
  const texts = [browser && (names[browser] ?? browser), system].filter(Boolean)
  return texts.length > 0 ? texts.join(', ') : t.admin.account.unknownDevice
}
