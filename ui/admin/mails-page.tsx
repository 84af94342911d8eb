import { relativePast } from '../../node/domain/values/date-text.ts'
import { PostForm } from '../components/link.tsx'
import { userTextLang } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { AdminPage, type AdminProps } from './layout.tsx'
import { List, type ListPage, type ListQuery } from './list.tsx'
import { mailFailureOf } from './mail-failure.ts'

type ShownMail = {
  id: string
  to: string
  byPhone: boolean
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

type MailState = 'open' | 'sent' | 'lost'

/** The value of `etat` in the address, for each state. */
export const MAIL_STATE_NAMES: Record<MailState, string> = {
  open: 'a-envoyer',
  sent: 'envoyes',
  lost: 'perdus',
}

/** GET `/administration/courriels`: `etat` · `q` · `page`. */
export type MailsPageProps = AdminProps & {
  query: Omit<ListQuery<MailState>, 'page'>
  counts: Record<MailState, number>
  /** The mails, newest first. */
  found: ListPage<ShownMail>
  /** False where the site sends no mail and only shows it here. */
  mailWorks: boolean
  now: Temporal.Instant
}

export function MailsPage(props: MailsPageProps) {
  const { site, session, query, counts, found, mailWorks, flash } = props
  const t = messagesFor(site.lang)
  const { col, ...texts } = t.team.courriels
  const shared = { ...props, t }
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
      <p>{texts.kept}</p>
      <List
        path={paths.mails}
        states={{ names: MAIL_STATE_NAMES, labels: texts.states, counts }}
        texts={{ ...texts, states: texts.title }}
        isUnnamed
        columns={[
          [col.mail, (mail) => <MailText {...shared} mail={mail} />],
          [col.to, ({ to }) => to],
          [col.state, (mail) => <MailStanding {...shared} mail={mail} />],
          query.state !== 'sent' && [
            col.actions,
            (mail) => <MailActions {...shared} mail={mail} />,
          ],
        ]}
        {...{ query, found, t }}
      />
    </AdminPage>
  )
}

type RowProps = Pick<MailsPageProps, 'session' | 'mailWorks' | 'now' | 'found'> & {
  mail: ShownMail
  t: Messages
}

/** The subject, and the text while it is kept; it is open where it is the only one, and the team has to send it. */
const MailText = ({ mail, mailWorks, found, t }: RowProps) => {
  const texts = t.team.courriels
  return (
    <>
      <span lang={mail.subject ? userTextLang({}, t) : undefined}>
        {mail.subject || texts.signInLink}
      </span>
      {mail.text && (
        <details open={found.total === 1 && (mail.byPhone || !mailWorks)}>
          <summary>{texts.read}</summary>
          <p class="mail-text" lang={userTextLang({}, t)}>
            {mail.text}
          </p>
        </details>
      )}
    </>
  )
}

const MailStanding = ({ mail, mailWorks, now, t }: RowProps) => {
  const texts = t.team.courriels
  return (
    <>
      {texts.state[stateOf(mail, mailWorks, now)]}
      <span class="line fine">{texts.written(relativePast(mail.createdAt, now, t.lang))}</span>
      {mail.error && !mail.isHandedOver && (
        <span class="line warn">
          {texts.failure[mailFailureOf(mail.error)]} ({texts.attempts(mail.attempts)})
          <span class="line fine" lang="en">
            {mail.error}
          </span>
        </span>
      )}
    </>
  )
}

const MailActions = ({ mail, session: { csrf }, mailWorks, now, t }: RowProps) => {
  const texts = t.team.courriels
  const state = stateOf(mail, mailWorks, now)
  return (
    <div class="actions">
      {mail.hasLink && (state === 'waits' || state === 'toCall') && (
        <PostForm csrf={csrf} action={paths.prepareMail(mail.id)}>
          <button type="submit" class="button quiet small">
            {texts.prepare}
            <span class="unseen">{texts.prepareOn(mail.subject)}</span>
          </button>
        </PostForm>
      )}
      {mail.text && ['waits', 'toCall', 'failing'].includes(state) && (
        <HandedOver id={mail.id} subject={mail.subject} csrf={csrf} t={t} />
      )}
      {mail.error && !mail.sentAt && (
        <PostForm csrf={csrf} action={paths.removeMail(mail.id)}>
          <button type="submit" class="link">
            {state === 'failing' ? texts.giveUp : texts.remove}
            <span class="unseen">{texts.prepareOn(mail.subject || texts.signInLink)}</span>
          </button>
        </PostForm>
      )}
    </div>
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
  if (mail.byPhone) return 'toCall'
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
