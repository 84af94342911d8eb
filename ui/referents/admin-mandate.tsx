import type { Child } from 'hono/jsx'
import type { JournalAct } from '../../node/domain/referents/referent.ts'
import { longDate, plainDate, relativePast } from '../../node/domain/values/date-text.ts'
import { DeskLayout, type FlashKey } from '../admin/layout.tsx'
import {
  CsrfInput,
  ErrorSummary,
  type FieldMessage,
  type FormState,
  InputField,
  titleOfForm,
} from '../components/fields.tsx'
import type { DeskSession, Site } from '../components/site.ts'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { paths, type ReferentAction, webHref } from '../paths.ts'
import type { DeskReferent } from './admin-list.tsx'

type Consent = { act: 'consented' | 'declined' | 'resigned'; text: string; at: Temporal.Instant }

/** POST `/administration/referents/{id}/{action}`: `csrf`; `endsOn` to renew and `startsOn` too to appoint; `way` of a link. */
export type DeskReferentPageProps = {
  site: Site
  session: DeskSession
  referent: DeskReferent
  consents: Consent[]
  attestationHref: string | undefined
  /** Shown this once. */
  newLink?: string | undefined
  messages: FieldMessage[]
  values: { startsOn: string; endsOn: string }
  mailWorks: boolean
  now: Temporal.Instant
  flash?: FlashKey | undefined
}

/** One mandate, and what the team may do about it. */
export function DeskReferentPage(props: DeskReferentPageProps) {
  const { site, referent, newLink, messages, values } = props
  const t = stringsFor(site.lang)
  const words = t.referentDesk.one
  const form: FormState = { values, messages, labels: t.referentDesk.field, hints: {}, t }
  return (
    <DeskLayout title={titleOfForm(form, referent.name)} current={paths.deskReferents} {...props}>
      <ErrorSummary form={form} />
      <h1>{`${referent.name} : ${referent.label}`}</h1>
      {newLink && (
        <section class="panel" aria-labelledby="lien-montre">
          <h2 id="lien-montre">{words.shown}</h2>
          <p>{words.shownLead}</p>
          <p>
            <code class="handle">{newLink}</code>
          </p>
        </section>
      )}
      <Facts {...props} t={t} />
      <Actions {...props} form={form} t={t} />
      <Consents {...props} t={t} />
      <p>
        <a href={paths.deskReferents}>{words.back}</a>
      </p>
    </DeskLayout>
  )
}

type Shown = DeskReferentPageProps & { t: Strings }

function Facts({ referent, attestationHref, now, t }: Shown) {
  const { one, state, reason } = t.referentDesk
  const { startsOn, endsOn, lastSeenAt, facilitatorUri } = referent
  const link = (href: string) => <a href={href}>{href}</a>
  const seen = lastSeenAt ? relativePast(lastSeenAt, now, t.lang) : one.neverSeen
  const profileHref = webHref(facilitatorUri)
  const facts: [string, Child][] = [
    [
      t.referentDesk.col.state,
      referent.endReason ? reason[referent.endReason] : state[referent.state],
    ],
    [one.dates, one.range(plainDate(startsOn, t.lang), plainDate(endsOn, t.lang))],
    [one.proposedBy, referent.proposedBy],
    [one.email, referent.email ?? one.noEmail],
    ...(referent.state === 'appointed' ? [[one.seen, seen] as [string, Child]] : []),
    ...(attestationHref ? [[one.attestation, link(attestationHref)] as [string, Child]] : []),
    ...(profileHref ? [[one.profile, link(profileHref)] as [string, Child]] : []),
  ]
  return (
    <dl class="facts-list">
      {facts.map(([term, value]) => (
        <div>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Actions(props: Shown & { form: FormState }) {
  const { referent, form, t } = props
  const words = t.referentDesk.one
  const shared = { referent, csrf: props.session.csrf }
  switch (referent.state) {
    case 'proposed':
      return (
        <>
          <LinkAction {...props} purpose="person" />
          <Action
            {...shared}
            action="retirer"
            heading={words.withdraw}
            lead={words.withdrawLead}
            isDanger
          />
        </>
      )
    case 'consented':
      return (
        <>
          <Action {...shared} action="nommer" heading={words.appoint} lead={words.appointLead}>
            <InputField form={form} name="startsOn" type="date" short />
            <InputField form={form} name="endsOn" type="date" short />
          </Action>
          <Action {...shared} action="terminer" heading={words.end} lead={words.endLead} isDanger />
        </>
      )
    case 'appointed':
      return (
        <>
          <LinkAction {...props} purpose={referent.accountId ? 'person' : 'access'} />
          <Action {...shared} action="prolonger" heading={words.renew} lead={words.renewLead}>
            <InputField form={form} name="endsOn" type="date" short />
          </Action>
          <Action {...shared} action="terminer" heading={words.end} lead={words.endLead} isDanger />
        </>
      )
    default:
      return null
  }
}

type ActionProps = {
  referent: DeskReferent
  csrf: string
  action: ReferentAction
  heading: string
  lead: string
  isDanger?: boolean
  children?: Child
}

const Action = ({ referent, csrf, action, heading, lead, isDanger, children }: ActionProps) => (
  <section aria-labelledby={action}>
    <h2 id={action}>{heading}</h2>
    <p>{lead}</p>
    <form method="post" action={paths.referentAction(referent.id, action)} novalidate>
      <CsrfInput csrf={csrf} />
      {children}
      <p>
        <button type="submit" class={isDanger ? 'button danger' : 'button'}>
          {heading}
        </button>
      </p>
    </form>
  </section>
)

function LinkAction({
  referent,
  session,
  mailWorks,
  purpose,
  t,
}: Shown & { purpose: 'person' | 'access' }) {
  const words = t.referentDesk.one
  return (
    <section aria-labelledby="lien">
      <h2 id="lien">{words.link}</h2>
      <p>{words.linkLead[purpose]}</p>
      <form method="post" action={paths.referentAction(referent.id, 'lien')}>
        <CsrfInput csrf={session.csrf} />
        <p class="buttons">
          {mailWorks && referent.email && (
            <button type="submit" name="way" value="courriel" class="button">
              {words.mailIt}
            </button>
          )}
          <button type="submit" name="way" value="papier" class="button quiet">
            {words.showIt}
          </button>
        </p>
      </form>
    </section>
  )
}

const Consents = ({ consents, t }: Shown) =>
  consents.length === 0 ? null : (
    <section aria-labelledby="accords">
      <h2 id="accords">{t.referentDesk.one.consents}</h2>
      {consents.map(({ act, text, at }) => (
        <>
          <p>
            <strong>{t.referentDesk.one.act[act]}</strong>,{' '}
            {longDate(at.toZonedDateTimeISO('Europe/Paris'), t.lang)}
          </p>
          <blockquote class="consent">
            {text.split('\n').map((line) => (
              <p>{line}</p>
            ))}
          </blockquote>
        </>
      ))}
    </section>
  )

export type ShownJournalEntry = {
  at: Temporal.Instant
  who: string
  act: JournalAct
  title: string
  /** In words. */
  territory: string
  reason: string
}

/** Every act of moderation, newest first. */
export function JournalTable({
  entries,
  t,
}: {
  entries: readonly ShownJournalEntry[]
  t: Strings
}) {
  const { col, act, none } = t.referentDesk.journal
  if (entries.length === 0) return <p>{none}</p>
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">{col.at}</th>
          <th scope="col">{col.who}</th>
          <th scope="col">{col.act}</th>
          <th scope="col">{col.territory}</th>
          <th scope="col">{col.reason}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr>
            <td data-label={col.at}>
              {plainDate(entry.at.toZonedDateTimeISO('Europe/Paris'), t.lang)}
            </td>
            <td data-label={col.who}>{entry.who}</td>
            <td data-label={col.act}>{`${act[entry.act]} «\u00a0${entry.title}\u00a0»`}</td>
            <td data-label={col.territory}>{entry.territory}</td>
            <td data-label={col.reason}>{entry.reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export type JournalPageProps = {
  site: Site
  session: DeskSession
  entries: readonly ShownJournalEntry[]
}

export function JournalPage({ site, session, entries }: JournalPageProps) {
  const t = stringsFor(site.lang)
  const words = t.referentDesk.journal
  return (
    <DeskLayout title={words.title} site={site} session={session} current={paths.deskReferents}>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <JournalTable entries={entries} t={t} />
    </DeskLayout>
  )
}
