import type { Child } from 'hono/jsx'
import { mandateVersion } from '../../node/domain/referents/mandate.ts'
import type { JournalAct } from '../../node/domain/referents/referent.ts'
import { longDate, plainDate, relativePast } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import { webHref } from '../../node/domain/values/web-address.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { List, type ListPage, Rows, type RowsProps } from '../admin/list.tsx'
import { Meanwhile, VERSION } from '../admin/meanwhile.tsx'
import { UnsavedTexts } from '../admin/unsaved-texts.tsx'
import type { Column } from '../components/card-table.tsx'
import { type FieldMessage, type FormState, InputField } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths, type ReferentAction } from '../paths.ts'
import type { AdminReferent } from './admin-list.tsx'

/**
 * `person`: the link by which the person answers, and ends the mandate; `access`: the link that opens the territory's
 * pages for the first time.
 */
type LinkKind = 'person' | 'access'

type Consent = {
  act: 'consented' | 'declined' | 'resigned'
  text: string
  at: Temporal.Instant
  /** Whether it was said by a link that the team handed over. */
  isByHandedLink: boolean
}

/**
 * POST `/administration/referents/{id}/{action}`: `csrf`, `version`; `endsOn` to renew, also `startsOn` to appoint; `way` and
 * `link` to make a link.
 */
export type AdminReferentPageProps = AdminProps & {
  referent: AdminReferent
  consents: Consent[]
  attestationHref: string | undefined
  /** The new link, shown in this answer only; `until` is its last day in words, where it has one. */
  newLink?: { href: string; purpose: LinkKind; until: string | undefined } | undefined
  messages: FieldMessage[]
  values: { startsOn: string; endsOn: string }
  /** What was typed, where the mandate was changed since the page of that form; then nothing was saved. */
  unsaved?: readonly string[]
  mailWorks: boolean
  now: Temporal.Instant
}

/** Shows one mandate, and what the team may do about it. */
export function AdminReferentPage(props: AdminReferentPageProps) {
  const { site, session, referent, newLink, messages, values, flash } = props
  const t = messagesFor(site.lang)
  const texts = t.referentAdmin.one
  const form: FormState = { values, messages, labels: t.referentAdmin.field, hints: {}, t }
  return (
    <AdminPage
      title={referent.name}
      heading={`${referent.name}\u00a0: ${referent.label}`}
      {...{ form, site, session, flash }}
      current={paths.adminReferents}
      done={newLink && t.team.paper.once}
      back={{ href: paths.adminReferents, label: texts.back }}
    >
      {props.unsaved && (
        <>
          <Meanwhile words={t.admin.edits.meanwhile} edit={undefined} t={t} />
          <UnsavedTexts typed={props.unsaved} t={t} />
        </>
      )}
      {newLink && (
        <section class="panel" aria-labelledby="lien-montre">
          <h2 id="lien-montre">{texts.shown}</h2>
          <p>
            {texts.linkLead[newLink.purpose]} {texts.shownLead}
          </p>
          <p>
            {t.team.paper.open} <strong class="paper-link">{newLink.href}</strong>
          </p>
          <p>
            {t.team.paper.letters} {newLink.until && t.team.paper.until(newLink.until)}
          </p>
        </section>
      )}
      <Facts {...props} t={t} />
      <Actions {...props} form={form} t={t} />
      <Consents {...props} t={t} />
    </AdminPage>
  )
}

type Shown = AdminReferentPageProps & { t: Messages }

function Facts({ referent, attestationHref, now, t }: Shown) {
  const { one, state, reason } = t.referentAdmin
  const { startsOn, endsOn, lastSeenAt, facilitatorUri } = referent
  const link = (href: string) => <Link href={href}>{href}</Link>
  const seen = lastSeenAt ? relativePast(lastSeenAt, now, t.lang) : one.neverSeen
  const profileHref = webHref(facilitatorUri)
  const facts: [string, Child][] = [
    [
      t.referentAdmin.col.state,
      referent.endReason ? reason[referent.endReason] : state[referent.state],
    ],
    [one.dates, one.range(plainDate(startsOn, t.lang), plainDate(endsOn, t.lang))],
    ...(referent.askedEndsOn
      ? [[one.asked, one.askedUntil(plainDate(referent.askedEndsOn, t.lang))] as [string, Child]]
      : []),
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
  const texts = t.referentAdmin.one
  const shared = { referent, csrf: props.session.csrf }
  switch (referent.state) {
    case 'proposed':
      return (
        <>
          <LinkAction {...props} purpose="person" />
          <Action
            {...shared}
            action="retirer"
            heading={texts.withdraw}
            lead={texts.withdrawLead}
            isDanger
          />
        </>
      )
    case 'consented':
      return (
        <>
          <Action
            {...shared}
            action="nommer"
            heading={texts.appoint}
            lead={`${texts.appointLead[props.mailWorks ? 'mail' : 'hand']} ${texts.otherDays}`}
          >
            <InputField form={form} name="startsOn" type="date" short />
            <InputField form={form} name="endsOn" type="date" short />
          </Action>
          <Action {...shared} action="terminer" heading={texts.end} lead={texts.endLead} isDanger />
        </>
      )
    case 'appointed':
      return (
        <>
          {!referent.accountId && <LinkAction {...props} purpose="access" />}
          <LinkAction {...props} purpose="person" />
          <Action {...shared} action="prolonger" heading={texts.renew} lead={texts.renewLead}>
            <InputField form={form} name="endsOn" type="date" short />
          </Action>
          <Action {...shared} action="terminer" heading={texts.end} lead={texts.endLead} isDanger />
        </>
      )
    default:
      return null
  }
}

type ActionProps = {
  referent: AdminReferent
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
    <PostForm csrf={csrf} action={paths.referentAction(referent.id, action)} novalidate>
      <input type="hidden" name={VERSION} value={mandateVersion(referent)} />
      {children}
      <p>
        <button type="submit" class={isDanger ? 'button danger' : 'button'}>
          {heading}
        </button>
      </p>
    </PostForm>
  </section>
)

function LinkAction({ referent, session, mailWorks, purpose, t }: Shown & { purpose: LinkKind }) {
  const texts = t.referentAdmin.one
  const id = `lien-${purpose}`
  const byHand = referent.state === 'proposed' ? texts.noAgreement : texts.byHand
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{texts.link[purpose]}</h2>
      <p>
        {texts.linkLead[purpose]} {!mailWorks && byHand}
      </p>
      <PostForm csrf={session.csrf} action={paths.referentAction(referent.id, 'lien')}>
        <input type="hidden" name="link" value={purpose} />
        <p class="buttons">
          {mailWorks && referent.email && (
            <button type="submit" name="way" value="courriel" class="button">
              {texts.mailIt}
              <span class="unseen">{`\u00a0: ${texts.link[purpose]}`}</span>
            </button>
          )}
          <button type="submit" name="way" value="papier" class="button quiet">
            {texts.showIt}
            <span class="unseen">{`\u00a0: ${texts.link[purpose]}`}</span>
          </button>
        </p>
      </PostForm>
    </section>
  )
}

const Consents = ({ consents, t }: Shown) =>
  consents.length === 0 ? null : (
    <section aria-labelledby="accords">
      <h2 id="accords">{t.referentAdmin.one.consents}</h2>
      {consents.map(({ act, text, at, isByHandedLink }) => (
        <>
          <p>
            <strong>{t.referentAdmin.one.act[act]}</strong>, {longDate(dayInParis(at), t.lang)}
            {isByHandedLink && `, ${t.admin.edits.author.handed()}`}
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
  /** The name of the territory. */
  territory: string
  reason: string
}

/** Lists acts of moderation, newest first: all of them by pages, or the last ones in a part of a page. */
export const JournalRows = ({ rows, section, t }: JournalRowsProps) => (
  <Rows
    none={t.referentAdmin.journal.none}
    isUnnamed
    columns={journalColumns(t)}
    {...{ rows, t }}
    {...(section && { section })}
  />
)

type JournalRowsProps = Pick<RowsProps<ShownJournalEntry>, 'rows' | 'section' | 't'>

function journalColumns(t: Messages): Column<ShownJournalEntry>[] {
  const { col, act } = t.referentAdmin.journal
  return [
    [col.at, (entry) => plainDate(dayInParis(entry.at), t.lang)],
    [col.who, (entry) => entry.who],
    [col.act, (entry) => act[entry.act] + (entry.title ? ` «\u00a0${entry.title}\u00a0»` : '')],
    [col.territory, (entry) => entry.territory],
    [col.reason, (entry) => entry.reason],
  ]
}

export type JournalPageProps = AdminProps & { found: ListPage<ShownJournalEntry> }

export function JournalPage({ site, session, found }: JournalPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.referentAdmin.journal
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead}
      {...{ site, session }}
      current={paths.adminReferents}
    >
      <List path={paths.journal} columns={journalColumns(t)} isUnnamed {...{ found, texts, t }} />
    </AdminPage>
  )
}
