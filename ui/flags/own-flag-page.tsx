import {
  type Appeal,
  type AppealRefusal,
  endOfAppeal,
  FLAG_WORDS_MAX,
  type Flag,
  type FlagCase,
} from '../../node/domain/flags/flag.ts'
import { longDate } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import { type FieldMessage, SubmitButton, TextArea } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Form, Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** POST `/recours/{token}`: `act` (`appeal` or `erase`), `words`. */
export type OwnFlagPageProps = {
  site: Site
  /** Undefined where the flag is only counted. */
  token: string | undefined
  flagCase: FlagCase
  /** What is shown of the thing: its name, and its page where it is still there. */
  about: { name: string; href: string | undefined }
  /** Undefined where it is only counted, since many have flagged the same before. */
  flag: Flag | undefined
  appeal: Appeal | undefined
  /** Why nothing can be appealed. */
  refusal: AppealRefusal | undefined
  /** Whether it was sent just now, and whether a mail says so too. */
  isNew?: boolean | undefined
  values?: { words: string }
  messages?: FieldMessage[]
  now: Temporal.Instant
}

/** What became of a flag, for who flagged it: the term, the decision with its reasons, the appeal, and erasing it. */
export function OwnFlagPage(props: OwnFlagPageProps) {
  const { site, flagCase, flag, about, token, isNew } = props
  const t = messagesFor(site.lang)
  const texts = t.flag.own
  const title = isNew ? texts.received : texts.title
  return (
    <Layout title={title} site={site} noindex narrow>
      <h1>{title}</h1>
      <p class="lead" role={isNew ? 'status' : undefined}>
        <UserText t={t}>{about.name}</UserText>
      </p>
      {isNew && !flag && <p>{texts.counted}</p>}
      {isNew && flag && token && (
        <>
          <p>
            {texts.keep} {flag.email !== undefined && texts.mailed}
          </p>
          <p>
            <Link href={paths.ownFlag(token)}>
              <code class="address">{site.origin + paths.ownFlag(token)}</code>
            </Link>
          </p>
        </>
      )}
      <State {...props} t={t} />
      {!flagCase.decidedAt &&
        props.messages?.map(({ message }) => (
          <p class="error" role="alert">
            {message}
          </p>
        ))}
      {flag && <Said flag={flag} t={t} />}
      {token && flagCase.decidedAt && <AppealPart {...props} token={token} t={t} />}
      {token && flag && (flag.words !== '' || flag.email !== undefined || props.appeal?.words) && (
        <Form method="post" action={paths.ownFlag(token)} class="stack">
          <input type="hidden" name="act" value="erase" />
          <p class="fine">{texts.eraseHint}</p>
          <SubmitButton quiet>{texts.erase}</SubmitButton>
        </Form>
      )}
      {about.href && (
        <p>
          <Link href={about.href}>{texts.page}</Link>
        </p>
      )}
    </Layout>
  )
}

type Shown = OwnFlagPageProps & { t: Messages }

const Said = ({ flag, t }: { flag: Flag; t: Messages }) => (
  <dl class="facts-list">
    <div>
      <dt>{t.flag.own.reason}</dt>
      <dd>{t.flag.reason[flag.reason]}</dd>
    </div>
    <div>
      <dt>{t.flag.own.words}</dt>
      <dd>
        <UserText t={t}>{flag.words || t.flag.own.erased}</UserText>
      </dd>
    </div>
  </dl>
)

function State({ flagCase, now, t }: Shown) {
  const texts = t.flag.own
  const { decidedAt, outcome, answer, dueAt } = flagCase
  if (!decidedAt || !outcome) {
    const isLate = Temporal.Instant.compare(dueAt, now) < 0
    const until = t.flag.before(longDate(dayInParis(dueAt), t.lang))
    return <p>{isLate ? texts.overdue(until) : texts.waiting(until)}</p>
  }
  return (
    <section aria-labelledby="decision">
      <h2 id="decision">{texts.decided}</h2>
      <p>
        <strong>{texts.outcome[outcome]}</strong> {longDate(dayInParis(decidedAt), t.lang)}
      </p>
      <p>
        <UserText t={t}>{answer}</UserText>
      </p>
    </section>
  )
}

/** The appeal that was made, with what was decided about it; else the form, or why there is none. */
function AppealPart({
  flagCase,
  appeal,
  refusal,
  token,
  values,
  messages = [],
  t,
}: Shown & { token: string }) {
  const texts = t.flag.own.appeal
  const { decidedAt } = flagCase
  if (appeal)
    return (
      <section aria-labelledby="recours">
        <h2 id="recours">{t.flag.admin.appeals}</h2>
        {appeal.decidedAt ? (
          <>
            <p>{appeal.isUpheld ? texts.upheld : texts.denied}</p>
            <p>
              <UserText t={t}>{appeal.answer}</UserText>
            </p>
          </>
        ) : (
          <p>{texts.sent(t.flag.before(longDate(dayInParis(appeal.dueAt), t.lang)))}</p>
        )}
      </section>
    )
  if (refusal || !decidedAt) return <p>{texts.refused[refusal ?? 'undecided']}</p>
  const labels = { words: texts.words }
  const form = { values: values ?? { words: '' }, messages, labels, hints: {}, t }
  return (
    <section aria-labelledby="recours">
      <h2 id="recours">{texts.title}</h2>
      <p>{texts.lead(t.flag.until(longDate(dayInParis(endOfAppeal(decidedAt)), t.lang)))}</p>
      <Form method="post" action={paths.ownFlag(token)} class="stack" novalidate>
        <input type="hidden" name="act" value="appeal" />
        <TextArea form={form} name="words" rows={4} max={FLAG_WORDS_MAX} />
        <SubmitButton>{texts.submit}</SubmitButton>
      </Form>
    </section>
  )
}
