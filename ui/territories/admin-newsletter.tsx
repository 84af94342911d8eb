import { organizerNameOf } from '../../node/domain/cafes/announced-for.ts'
import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { type Newsletter, OPENING_MAX } from '../../node/domain/territories/newsletter.ts'
import { clock, plainDate, shortDate } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { ErrorSummary, SubmitButton, TextArea } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** POST `/administration/lettre`: `csrf`, `ouverture`, `version`; `/cafes/{id}`: `csrf`, `choix`. */
export type AdminNewsletterPageProps = AdminProps & {
  newsletter: Newsletter
  leftOut: Cafe[]
  sentAt: Temporal.Instant | undefined
  /** How many people get it by mail. */
  readers: number
  /** The opening as it was typed, and the version of the one that is stored. */
  opening: { text: string; version: string }
  /** Why the opening was not saved; `other` is the stored one. */
  problem?: { kind: 'too_long' | 'stale'; other: string } | undefined
}

export function AdminNewsletterPage(props: AdminNewsletterPageProps) {
  const { site, session, newsletter, leftOut, sentAt, flash } = props
  const t = messagesFor(site.lang)
  const w = t.newsletter.admin
  const shared = { csrf: session.csrf, t }
  const total =
    newsletter.forward.length + newsletter.sections.reduce((n, { cafes }) => n + cafes.length, 0)
  return (
    <AdminPage
      title={w.title}
      lead={w.lead}
      {...{ site, session, flash }}
      current={paths.adminNewsletter}
    >
      <p>
        <strong>{w.total(total)}</strong> · <Link href={paths.newsletter}>{w.see}</Link>
      </p>
      <OpeningForm {...props} t={t} />
      {newsletter.changes.length > 0 && <Changes newsletter={newsletter} t={t} />}
      <section>
        <h2>{w.forward}</h2>
        {newsletter.forward.length === 0 && <p class="hint">{w.noForward}</p>}
        <Rows
          cafes={newsletter.forward}
          actions={(index) => [...(index > 0 ? ['monter' as const] : []), 'remettre']}
          {...shared}
        />
      </section>
      <section>
        <h2>{w.others}</h2>
        {total === 0 && <p class="hint">{w.none}</p>}
        {newsletter.sections.map(({ territory, cafes }) => (
          <>
            <h3>{territory ?? w.online}</h3>
            <Rows cafes={cafes} actions={() => ['avant', 'dehors']} {...shared} />
          </>
        ))}
      </section>
      {leftOut.length > 0 && (
        <section>
          <h2>{w.leftOut}</h2>
          <Rows cafes={leftOut} actions={() => ['remettre']} {...shared} />
        </section>
      )}
      {newsletter.questions.length > 0 && (
        <section>
          <h2>{w.questions}</h2>
          <ul>
            {newsletter.questions.map(({ id, text }) => (
              <li>
                <Link href={paths.question(id)}>{text}</Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {newsletter.resources.length > 0 && (
        <section>
          <h2>{w.resources}</h2>
          <ul>
            {newsletter.resources.map(({ slug, title }) => (
              <li>
                <Link href={paths.resource(slug)}>{title}</Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      <PostForm csrf={session.csrf} action={paths.newsletterSent} class="panel">
        <p>
          {sentAt && `${w.lastSent(plainDate(dayInParis(sentAt), t.lang))} `}
          {w.sentHint}
        </p>
        <p>{w.readers(props.readers)}</p>
        <SubmitButton>{w.sent}</SubmitButton>
      </PostForm>
    </AdminPage>
  )
}

/** The words with which the letter begins. */
function OpeningForm({ opening, problem, session, t }: AdminNewsletterPageProps & { t: Messages }) {
  const w = t.newsletter.admin
  const message = problem && w.openingProblem[problem.kind]
  const form = {
    values: { ouverture: opening.text },
    messages: message ? [{ name: 'ouverture', message }] : [],
    ...{ labels: { ouverture: w.opening }, hints: { ouverture: w.openingHint }, t },
  }
  return (
    <>
      <ErrorSummary form={form} />
      <PostForm csrf={session.csrf} action={paths.adminNewsletter} class="stack">
        <input type="hidden" name="version" value={opening.version} />
        <TextArea form={form} name="ouverture" rows={6} max={OPENING_MAX} optional />
        {problem?.kind === 'stale' && (
          <blockquote class="written">
            <p>{problem.other || w.openingEmpty}</p>
          </blockquote>
        )}
        <SubmitButton quiet>{w.saveOpening}</SubmitButton>
      </PostForm>
    </>
  )
}

const Changes = ({ newsletter, t }: { newsletter: Newsletter; t: Messages }) => (
  <section>
    <h2>{t.newsletter.admin.changes}</h2>
    <ul>
      {newsletter.changes.map(({ sent, kinds }) => (
        <li>
          <Link href={sent.url}>{sent.title}</Link> :{' '}
          {kinds.map((kind) => t.newsletter.admin.change[kind]).join(', ')}
        </li>
      ))}
    </ul>
  </section>
)

type Action = keyof Messages['newsletter']['admin']['actions']

type RowsProps = {
  cafes: readonly Cafe[]
  actions: (index: number) => Action[]
  csrf: string
  t: Messages
}

const Rows = ({ cafes, actions, csrf, t }: RowsProps) => (
  <ul class="letter-rows">
    {cafes.map((cafe, index) => (
      <li id={`c-${cafe.id}`}>
        <p>
          <Link href={paths.cafe(cafe.id)}>{cafe.title}</Link>
          <small>
            {whenShort(cafe, t)} · {cafe.venue?.commune ?? t.newsletter.admin.online} ·{' '}
            {organizerNameOf(cafe)}
          </small>
        </p>
        <PostForm csrf={csrf} action={paths.newsletterCafe(cafe.id)}>
          {actions(index).map((action) => (
            <button type="submit" class="link" name="choix" value={action}>
              {t.newsletter.admin.actions[action]}
              <span class="unseen">
                {'\u00a0: '}
                {cafe.title}
              </span>
            </button>
          ))}
        </PostForm>
      </li>
    ))}
  </ul>
)

const whenShort = (cafe: Cafe, t: Messages): string => {
  const start = startsAtPlace(cafe)
  return `${shortDate(start, t.lang)}, ${clock(start, t.lang)}`
}
