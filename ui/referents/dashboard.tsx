import type { PropsWithChildren } from 'hono/jsx'
import { organizerNameOf } from '../../node/domain/cafes/announced-for.ts'
import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import type { Peer } from '../../node/domain/federation/peer.ts'
import type { ReferentSettings } from '../../node/domain/referents/referent.ts'
import { clock, plainDate, shortDate } from '../../node/domain/values/date-text.ts'
import type { FlashKey } from '../admin/layout.tsx'
import { OtherWorkspaces } from '../admin/other-workspaces.tsx'
import { SignedInLayout } from '../admin/signed-in-layout.tsx'
import { territoryLinks } from '../admin/territory-links.ts'
import { FieldError, SubmitButton } from '../components/fields.tsx'
import { Flash, flashTitle } from '../components/flash.tsx'
import { Link, PostForm } from '../components/link.tsx'
import type { NavLink, Site } from '../components/site.ts'
import { type Messages, messagesFor, problemMessage } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { JournalTable, type ShownJournalEntry } from './admin-mandate.tsx'

/** Somebody signed in under a mandate. */
export type TerritorySession = { csrf: string; territory: { code: string; label: string } }

type LayoutProps = PropsWithChildren<{
  title: string
  site: Site
  session: Pick<TerritorySession, 'csrf'> & Partial<TerritorySession>
  current: string
}>

/** A page of the administration of a referent: its menu has what they may open, and nothing of the team's. */
function ReferentDashboardLayout({ title, site, session, current, children }: LayoutProps) {
  const t = messagesFor(site.lang)
  const code = session.territory?.code
  const nav = code ? territoryLinks(code, t) : []
  const { csrf } = session
  return <SignedInLayout {...{ title, site, csrf, nav, current }}>{children}</SignedInLayout>
}

/** Characters of the reason of an act. */
export const REASON_MAX = 300

/** The form whose reason is missing or too long, by its address, and what was typed. */
type WrongReason = { form: string; reason: string }

export type ReferentDashboardPageProps = {
  site: Site
  session: TerritorySession
  until: Temporal.PlainDate
  /** Where there are several mandates. */
  others: NavLink[]
  /** Where else this person works. */
  workspaces?: NavLink[] | undefined
  joining: Peer[]
  /** What this person has said of some of them, by their ids. */
  advice: ReadonlyMap<string, string>
  duplicates: { one: Cafe; other: Cafe }[]
  hidden: Cafe[]
  silent: Peer[]
  joiningMay: ReferentSettings['joining']
  demands: { total: number; communes: { label: string; total: number }[] }
  /** Announced by the directory under this territory, for structures. */
  announced: Cafe[]
  cafes: Cafe[]
  toCome: number
  past: number
  structures: { name: string; href: string; toCome: number; held: number }[]
  structureTotal: number
  /** Those who are shown to everybody. */
  people: { name: string; href: string }[]
  peopleTotal: number
  wrong?: WrongReason | undefined
  isDone?: boolean | undefined
  /** What has just been done to a café that was announced for a structure. */
  flash?: FlashKey | undefined
}

/** What waits in the territory first, then what is there. */
export function ReferentDashboardPage(props: ReferentDashboardPageProps) {
  const { site, session, until, others, wrong, isDone } = props
  const t = messagesFor(site.lang)
  const texts = t.referentDashboard
  const { code, label } = session.territory
  const title = texts.title(label)
  const done = isDone ? (props.flash ? t.admin.flash[props.flash] : texts.done) : undefined
  const nothing = ![props.joining, props.duplicates, props.hidden, props.silent].some(
    (list) => list.length > 0,
  )
  return (
    <ReferentDashboardLayout
      title={wrong ? t.admin.form.error + title : flashTitle(done, title)}
      {...{ site, session }}
      current={paths.referentDashboardOf(code)}
    >
      {wrong && (
        <div class="errors" role="alert">
          <p>
            <Link href={`#${idOfReason(wrong.form)}`}>{wrongReason(wrong, t)}</Link>
          </p>
        </div>
      )}
      {done !== undefined && <Flash>{done}</Flash>}
      <h1>{title}</h1>
      <p class="lead">{texts.lead(plainDate(until, t.lang))}</p>
      {others.length > 0 && (
        <nav aria-label={texts.switch}>
          <ul>
            {others.map(({ href, label }) => (
              <li>
                <Link href={href}>{label}</Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <OtherWorkspaces workspaces={props.workspaces} t={t} />
      <h2>{texts.waits}</h2>
      {nothing && <p>{texts.nothing}</p>}
      <Joining {...props} t={t} />
      <Duplicates {...props} t={t} />
      <CafeActs
        {...props}
        heading={texts.hidden}
        lead={texts.hiddenLead}
        cafes={props.hidden}
        decision="montrer"
        t={t}
      />
      <Silent {...props} t={t} />
      <Demands {...props} t={t} />
      <Announced {...props} t={t} />
      <h2>{texts.cafes}</h2>
      {props.cafes.length === 0 && <p>{texts.noCafe}</p>}
      <CafeActs {...props} cafes={props.cafes} decision="cacher" t={t} />
      {props.toCome > props.cafes.length && <p>{texts.more(props.toCome - props.cafes.length)}</p>}
      <p>{texts.past(props.past)}</p>
      <Structures {...props} t={t} />
      <h2>{texts.people}</h2>
      {props.people.length === 0 && <p>{texts.noPerson}</p>}
      <ul>
        {props.people.map(({ name, href }) => (
          <li>
            <Link href={href}>{name}</Link>
          </li>
        ))}
      </ul>
      {props.peopleTotal > props.people.length && (
        <p>{texts.more(props.peopleTotal - props.people.length)}</p>
      )}
      <p>
        <Link href={paths.territory(code)}>{texts.all}</Link>
      </p>
      <h2 id="arreter">{texts.resign}</h2>
      <p>{texts.resignLead}</p>
      <Folded isFolded label={texts.resign} about="">
        <PostForm csrf={session.csrf} action={paths.territoryAct(code, 'arreter')}>
          <SubmitButton danger>{texts.resignSubmit}</SubmitButton>
        </PostForm>
      </Folded>
    </ReferentDashboardLayout>
  )
}

type Shown = ReferentDashboardPageProps & { t: Messages }

type ActProps = {
  action: string
  csrf: string
  /** What it is about, for who does not see the line above. */
  about: string
  label: string
  fields?: { readonly [name: string]: string }
  wrong: WrongReason | undefined
  t: Messages
}

const wrongReason = ({ reason }: WrongReason, t: Messages): string =>
  reason === ''
    ? t.referentDashboard.reasonMissing
    : problemMessage({ field: 'reason', code: 'too_long', detail: String(REASON_MAX) }, t.lang)

const idOfReason = (key: string): string => `raison-${key.replaceAll(/[^\w-]/g, '-')}`

/** One act and its reason: nothing is done without one. POST: `csrf`, `reason`, `about`, and what `fields` hold. */
function Act({ action, csrf, about, label, fields, wrong, t }: ActProps) {
  const key = `${action} ${Object.values(fields ?? {}).join(' ')}`.trim()
  const id = idOfReason(key)
  const message = wrong?.form === key ? wrongReason(wrong, t) : undefined
  return (
    <PostForm csrf={csrf} action={action} class="act" novalidate>
      {Object.entries(fields ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <label for={id}>
        {t.referentDashboard.reason}
        <span class="unseen">{`\u00a0: ${about}`}</span>
      </label>
      <input
        id={id}
        name="reason"
        type="text"
        value={message && wrong?.reason}
        aria-invalid={message ? 'true' : undefined}
        aria-describedby={message ? `${id}-erreur` : undefined}
      />
      <button type="submit" class="button quiet small">
        {label}
        <span class="unseen">{`\u00a0: ${about}`}</span>
      </button>
      <FieldError id={`${id}-erreur`} message={message} />
    </PostForm>
  )
}

function Joining({ joining, advice, joiningMay, session, wrong, t }: Shown) {
  const texts = t.referentDashboard
  if (joining.length === 0) return null
  const decision = joiningMay === 'admit' ? 'accepter' : 'recommander'
  return (
    <>
      <h3>{texts.joining}</h3>
      <p>{texts.joiningLead[joiningMay]}</p>
      <ul class="plain acts">
        {joining.map(({ id, name, origin }) => (
          <li>
            <Link href={`${origin}/`}>{name}</Link>
            {advice.has(id) && <p class="fine">{texts.advised(advice.get(id) ?? '')}</p>}
            <Act
              action={paths.territoryAct(session.territory.code, `lieux/${id}/${decision}`)}
              csrf={session.csrf}
              about={name}
              label={joiningLabel(joiningMay, advice.has(id), t)}
              wrong={wrong}
              t={t}
            />
          </li>
        ))}
      </ul>
    </>
  )
}

function joiningLabel(
  joiningMay: Shown['joiningMay'],
  isAdvised: boolean,
  { referentDashboard: { act } }: Messages,
): string {
  if (joiningMay === 'admit') return act.admit
  return isAdvised ? act.recommendAgain : act.recommend
}

function Duplicates({ duplicates, session, wrong, t }: Shown) {
  const texts = t.referentDashboard
  if (duplicates.length === 0) return null
  return (
    <>
      <h3>{texts.duplicates}</h3>
      <p>{texts.duplicatesLead}</p>
      <ul class="plain acts">
        {duplicates.map(({ one, other }) => (
          <li>
            <Link href={paths.cafe(one.id)}>{one.title}</Link>
            <p class="fine">
              {texts.duplicateOne(organizerNameOf(one))}
              <br />
              <Link href={paths.cafe(other.id)}>
                {texts.duplicateOther(other.title, organizerNameOf(other))}
              </Link>
            </p>
            <Act
              action={paths.territoryAct(session.territory.code, 'doublons')}
              csrf={session.csrf}
              about={one.title}
              label={texts.act.apart}
              fields={{ one: one.id, other: other.id }}
              wrong={wrong}
              t={t}
            />
          </li>
        ))}
      </ul>
    </>
  )
}

/** Each leads to its own pages, where it is edited, postponed, cancelled, deleted. */
function Announced({ announced, t }: Shown) {
  const texts = t.referentDashboard
  if (announced.length === 0) return null
  return (
    <>
      <h2>{texts.announced}</h2>
      <p>{texts.announcedLead}</p>
      <ul class="plain acts">
        {announced.map((cafe) => (
          <li>
            <Link href={paths.editCafe(cafe.id)}>
              <CafeName cafe={cafe} t={t} />
            </Link>
            <br />
            <small>{whenAndWhere(cafe, t)}</small>
            <p class="buttons">
              <Link class="button quiet small" href={paths.editCafe(cafe.id)}>
                {texts.edit}
                <span class="unseen">{`\u00a0: ${cafe.title}`}</span>
              </Link>
              <Link class="button quiet small" href={paths.cafeSituation(cafe.id)}>
                {t.cafeStatus.change.open}
                <span class="unseen">{`\u00a0: ${cafe.title}`}</span>
              </Link>
              <Link class="button quiet small" href={paths.cafe(cafe.id)}>
                {texts.seePage}
                <span class="unseen">{`\u00a0: ${cafe.title}`}</span>
              </Link>
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}

const CafeName = ({ cafe, t }: { cafe: Cafe; t: Messages }) => (
  <>
    {(cafe.status === 'cancelled' || cafe.status === 'postponed') && t.cafe.state[cafe.status]}
    {cafe.title}
  </>
)

type CafesProps = Omit<Shown, 'cafes'> & {
  cafes: Cafe[]
  decision: 'montrer' | 'cacher'
  heading?: string
  lead?: string
}

function CafeActs({ cafes, decision, heading, lead, session, wrong, t }: CafesProps) {
  const texts = t.referentDashboard
  if (cafes.length === 0) return null
  return (
    <>
      {heading && <h3>{heading}</h3>}
      {lead && <p>{lead}</p>}
      <ul class="plain acts">
        {cafes.map((cafe) => (
          <li>
            <Link href={decision === 'cacher' ? paths.cafe(cafe.id) : cafe.url}>
              <CafeName cafe={cafe} t={t} />
            </Link>
            {cafe.openTo === 'reserved' && <span class="tag">{t.cafe.reserved}</span>}
            <br />
            <small>{whenAndWhere(cafe, t)}</small>
            {cafe.peerId && (
              <Folded
                isFolded={decision === 'cacher' && !wrong?.form.includes(cafe.id)}
                label={texts.act.hide}
                about={cafe.title}
              >
                {decision === 'cacher' && <p class="fine">{texts.hideTold}</p>}
                <Act
                  action={paths.territoryAct(
                    session.territory.code,
                    `cafes/${cafe.id}/${decision}`,
                  )}
                  csrf={session.csrf}
                  about={cafe.title}
                  label={decision === 'cacher' ? texts.act.hide : texts.act.show}
                  wrong={wrong}
                  t={t}
                />
              </Folded>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

type FoldedProps = PropsWithChildren<{ isFolded: boolean; label: string; about: string }>

/** What is seldom done is one step away. */
const Folded = ({ isFolded, label, about, children }: FoldedProps) =>
  isFolded ? (
    <details>
      <summary>
        {label}
        {about !== '' && <span class="unseen">{`\u00a0: ${about}`}</span>}
      </summary>
      {children}
    </details>
  ) : (
    children
  )

function whenAndWhere(cafe: Cafe, { lang }: Messages): string {
  const start = startsAtPlace(cafe)
  const parts = [
    shortDate(start, lang),
    clock(start, lang),
    cafe.venue?.commune,
    organizerNameOf(cafe),
  ]
  return parts.filter(Boolean).join(', ')
}

function Silent({ silent, t }: Shown) {
  const texts = t.referentDashboard
  if (silent.length === 0) return null
  return (
    <>
      <h3>{texts.silent}</h3>
      <p>{texts.silentLead}</p>
      <ul>
        {silent.map(({ name, origin }) => (
          <li>
            <Link href={`${origin}/`}>{name}</Link>
          </li>
        ))}
      </ul>
    </>
  )
}

function Demands({ demands, t }: Shown) {
  const texts = t.referentDashboard
  return (
    <>
      <p>{texts.demands(demands.total)}</p>
      {demands.communes.length > 0 && (
        <ul>
          {demands.communes.map(({ label, total }) => (
            <li>{texts.demandsAt(label, total)}</li>
          ))}
        </ul>
      )}
    </>
  )
}

function Structures({ structures, structureTotal, t }: Shown) {
  const texts = t.referentDashboard
  return (
    <>
      <h2>{texts.structures}</h2>
      {structures.length === 0 && <p>{texts.noStructure}</p>}
      <ul>
        {structures.map(({ name, href, toCome, held }) => (
          <li>
            <Link href={href}>{texts.structure(name, toCome, held)}</Link>
          </li>
        ))}
      </ul>
      {structureTotal > structures.length && (
        <p>{texts.more(structureTotal - structures.length)}</p>
      )}
    </>
  )
}

export type TerritoryJournalPageProps = {
  site: Site
  session: TerritorySession
  entries: readonly ShownJournalEntry[]
}

export function TerritoryJournalPage({ site, session, entries }: TerritoryJournalPageProps) {
  const t = messagesFor(site.lang)
  const { title, lead } = t.referentAdmin.journal
  return (
    <ReferentDashboardLayout
      {...{ title, site, session }}
      current={paths.territoryJournal(session.territory.code)}
    >
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      <JournalTable entries={entries} t={t} />
    </ReferentDashboardLayout>
  )
}

/** Signed in, and nothing to look after: before the first day, or after the last. */
export function NoTerritoryPage({
  site,
  csrf,
  workspaces,
}: {
  site: Site
  csrf: string
  workspaces?: NavLink[] | undefined
}) {
  const t = messagesFor(site.lang)
  const texts = t.referentDashboard
  return (
    <ReferentDashboardLayout title={texts.none} site={site} session={{ csrf }} current="">
      <h1>{texts.none}</h1>
      <p class="lead">{texts.noneLead}</p>
      <p>
        <Link href={paths.contact}>{t.referent.panel.contact}</Link>
      </p>
      <OtherWorkspaces workspaces={workspaces} t={t} />
    </ReferentDashboardLayout>
  )
}
