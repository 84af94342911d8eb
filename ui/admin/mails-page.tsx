import { relativePast } from '../../node/domain/values/date-text.ts'
import { PostForm } from '../components/link.tsx'
import { userTextLang } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { AdminPage, type AdminProps } from './layout.tsx'

type ShownMail = {
  id: string
  to: string
  /** Empty for a request to sign in. */
  subject: string
  text: string
  /** Whether the text holds a personal link, which is made when somebody prepares the mail. */
  hasLink: boolean
  createdAt: Temporal.Instant
  expiresAt: Temporal.Instant
  attempts: number
  sentAt: Temporal.Instant | undefined
  droppedAt: Temporal.Instant | undefined
  error: string | undefined
  isHandedOver: boolean
  /**
   * The address for answers, as in the store: it is empty when a person wrote the mail and it was sent, or cannot be
   * sent any more.
   */
  replyTo: string | undefined
}

export type MailsPageProps = AdminProps & {
  /** The mails, newest first. */
  mails: ShownMail[]
  /** False where the site sends no mail and only shows it here. */
  mailWorks: boolean
  now: Temporal.Instant
}

export function MailsPage(props: MailsPageProps) {
  const { site, session, mails, mailWorks, now, flash } = props
  const t = messagesFor(site.lang)
  const texts = t.team.courriels
  return (
    <AdminPage
      title={texts.title}
      lead={mailWorks ? texts.withMail : undefined}
      {...{ site, session, flash }}
      current={paths.mails}
    >
      {!mailWorks && (
        <section class="notice" aria-labelledby="sans-courriel">
          <h2 id="sans-courriel">{texts.without}</h2>
          <p>{texts.withoutMeans}</p>
          <p>{texts.withoutHow}</p>
        </section>
      )}
      <p>{mails.length === 0 ? texts.none : texts.kept}</p>
      {mails.length > 0 && (
        <ul class="requests">
          {mails.map((mail) => (
            <MailPanel {...{ mail, session, mailWorks, now, t }} />
          ))}
        </ul>
      )}
    </AdminPage>
  )
}

type PanelProps = Pick<MailsPageProps, 'session' | 'mailWorks' | 'now'> & {
  mail: ShownMail
  t: Messages
}

function MailPanel({ mail, session, mailWorks, now, t }: PanelProps) {
  const texts = t.team.courriels
  const title = mail.subject || texts.signInLink
  const state = stateOf(mail, mailWorks, now)
  return (
    <li class="panel">
      <h2 lang={mail.subject ? userTextLang({}, t) : undefined}>{title}</h2>
      <p>
        {texts.to(mail.to)}, {texts.written(relativePast(mail.createdAt, now, t.lang))}{' '}
        <span class="tag">{texts.state[state]}</span>
      </p>
      {mail.error && (
        <p>
          {texts.error(mail.error)} ({texts.attempts(mail.attempts)})
        </p>
      )}
      {mail.text && (
        <p class="mail-text" lang={userTextLang({}, t)}>
          {mail.text}
        </p>
      )}
      {mail.hasLink && state === 'waits' && (
        <PostForm csrf={session.csrf} action={paths.prepareMail(mail.id)}>
          <button type="submit" class="button quiet">
            {texts.prepare}
            <span class="unseen">{texts.prepareOn(mail.subject)}</span>
          </button>
        </PostForm>
      )}
      {mail.text && (state === 'waits' || state === 'failing') && (
        <HandedOver id={mail.id} subject={mail.subject} csrf={session.csrf} t={t} />
      )}
    </li>
  )
}

type HandedOverProps = { id: string; subject: string; csrf: string; t: Messages }

/** A button by which the team says that it gave the mail to its reader, so that it no longer waits. */
const HandedOver = ({ id, subject, csrf, t }: HandedOverProps) => (
  <PostForm csrf={csrf} action={paths.handOverMail(id)}>
    <button type="submit" class="link">
      {t.team.courriels.handOver}
      <span class="unseen">{t.team.courriels.prepareOn(subject)}</span>
    </button>
  </PostForm>
)

function stateOf(
  mail: ShownMail,
  mailWorks: boolean,
  now: Temporal.Instant,
): keyof Messages['team']['courriels']['state'] {
  if (mail.sentAt) return mail.isHandedOver ? 'handed' : 'sent'
  if (mail.replyTo === '') return 'undelivered'
  if (mail.droppedAt) return 'dropped'
  if (Temporal.Instant.compare(mail.expiresAt, now) <= 0) return 'expired'
  if (!mailWorks) return 'waits'
  return mail.error ? 'failing' : 'due'
}

export type PreparedMailPageProps = AdminProps & {
  id: string
  to: string
  subject: string
  text: string
}

/** Shows a mail with its personal links, for the team to send itself; only this answer shows the links. */
export function PreparedMailPage(props: PreparedMailPageProps) {
  const { site, session, id, to, subject, text } = props
  const t = messagesFor(site.lang)
  const texts = t.team.courriels
  return (
    <AdminPage
      title={texts.prepared}
      {...{ site, session }}
      current={paths.mails}
      done={texts.preparedOnce}
      back={{ href: paths.mails, label: texts.back }}
    >
      <div class="panel secret">
        <h2 lang={userTextLang({}, t)}>{subject}</h2>
        <p>{texts.to(to)}</p>
        <p class="mail-text" lang={userTextLang({}, t)}>
          {text}
        </p>
      </div>
      <HandedOver id={id} subject={subject} csrf={session.csrf} t={t} />
    </AdminPage>
  )
}
