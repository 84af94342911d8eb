import { relativePast } from '../../node/domain/values/date-text.ts'
import { CsrfInput } from '../components/fields.tsx'
import type { DeskSession, Site } from '../components/site.ts'
import { typedLang } from '../components/user-text.tsx'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { DeskLayout } from './layout.tsx'

type ShownMail = {
  id: string
  to: string
  /** Empty for a request to sign in. */
  subject: string
  text: string
  /** It holds a personal link, which is made when somebody prepares the mail. */
  hasLink: boolean
  createdAt: Temporal.Instant
  expiresAt: Temporal.Instant
  attempts: number
  sentAt: Temporal.Instant | undefined
  droppedAt: Temporal.Instant | undefined
  error: string | undefined
}

export type MailsPageProps = {
  site: Site
  session: DeskSession
  /** Newest first. */
  mails: ShownMail[]
  /** False where mails are only shown here. */
  mailWorks: boolean
  now: Temporal.Instant
}

export function MailsPage({ site, session, mails, mailWorks, now }: MailsPageProps) {
  const t = stringsFor(site.lang)
  const words = t.team.courriels
  return (
    <DeskLayout title={words.title} site={site} session={session} current={paths.mails}>
      <h1>{words.title}</h1>
      {mailWorks ? (
        <p class="lead">{words.withMail}</p>
      ) : (
        <section class="notice" aria-labelledby="sans-courriel">
          <h2 id="sans-courriel">{words.without}</h2>
          <p>{words.withoutMeans}</p>
          <p>{words.withoutHow}</p>
        </section>
      )}
      <p>{mails.length === 0 ? words.none : words.kept}</p>
      {mails.length > 0 && (
        <ul class="requests">
          {mails.map((mail) => (
            <MailPanel {...{ mail, session, mailWorks, now, t }} />
          ))}
        </ul>
      )}
    </DeskLayout>
  )
}

type PanelProps = Pick<MailsPageProps, 'session' | 'mailWorks' | 'now'> & {
  mail: ShownMail
  t: Strings
}

function MailPanel({ mail, session, mailWorks, now, t }: PanelProps) {
  const words = t.team.courriels
  const title = mail.subject || words.signInLink
  const state = stateOf(mail, mailWorks, now)
  return (
    <li class="panel">
      <h2 lang={mail.subject ? typedLang({}, t) : undefined}>{title}</h2>
      <p>
        {words.to(mail.to)}, {words.written(relativePast(mail.createdAt, now, t.lang))}{' '}
        <span class="tag">{words.state[state]}</span>
      </p>
      {mail.error && (
        <p>
          {words.error(mail.error)} ({words.attempts(mail.attempts)})
        </p>
      )}
      {mail.text && (
        <p class="mail-text" lang={typedLang({}, t)}>
          {mail.text}
        </p>
      )}
      {mail.hasLink && state === 'waits' && (
        <form method="post" action={paths.prepareMail(mail.id)}>
          <CsrfInput csrf={session.csrf} />
          <button type="submit" class="button quiet">
            {words.prepare}
            <span class="unseen">{words.prepareOn(mail.subject)}</span>
          </button>
        </form>
      )}
    </li>
  )
}

function stateOf(
  mail: ShownMail,
  mailWorks: boolean,
  now: Temporal.Instant,
): keyof Strings['team']['courriels']['state'] {
  if (mail.sentAt) return 'sent'
  if (mail.droppedAt) return 'dropped'
  if (Temporal.Instant.compare(mail.expiresAt, now) <= 0) return 'expired'
  if (!mailWorks) return 'waits'
  return mail.error ? 'failing' : 'due'
}

export type PreparedMailPageProps = {
  site: Site
  session: DeskSession
  to: string
  subject: string
  text: string
}

/** A mail with links of its own, for the team to send by itself: shown in this answer alone. */
export function PreparedMailPage({ site, session, to, subject, text }: PreparedMailPageProps) {
  const t = stringsFor(site.lang)
  const words = t.team.courriels
  return (
    <DeskLayout title={words.prepared} site={site} session={session} current={paths.mails}>
      <h1>{words.prepared}</h1>
      <p>{words.preparedOnce}</p>
      <div class="panel secret">
        <h2 lang={typedLang({}, t)}>{subject}</h2>
        <p>{words.to(to)}</p>
        <p class="mail-text" lang={typedLang({}, t)}>
          {text}
        </p>
      </div>
      <p>
        <a href={paths.mails}>{words.back}</a>
      </p>
    </DeskLayout>
  )
}
