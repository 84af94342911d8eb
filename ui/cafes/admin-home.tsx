import { type Cafe, endsAtPlace, isPast, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { awaitsConfirmation } from '../../node/domain/cafes/status-change.ts'
import type { Following } from '../../node/domain/federation/following.ts'
import type { LegalGap } from '../../node/domain/structures/legal-notice.ts'
import { clock, longDate, shortDate, timeRange } from '../../node/domain/values/date-text.ts'
import { AdminLayout, type FlashKey } from '../admin/layout.tsx'
import { OtherWorkspaces } from '../admin/other-workspaces.tsx'
import { Link } from '../components/link.tsx'
import type { AdminSession, NavLink, Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { Confirmations } from './confirmations.tsx'
import { stateOf } from './state.ts'

/** What a person must look at; only what is not zero is shown. */
type AdminWaits = {
  requests: number
  failing: number
  hidden: number
  /** Pairs of cafés that may be one. */
  duplicates: number
  /** Proposed people whose link nobody has sent yet, and those who agreed and are not yet appointed. */
  proposals: number
  /** Who asked by themselves to be shown among those who lead cafés. */
  people: number
  /** Requests to join our networks, and invitations that we were sent. */
  networks: number
  drafts: number
  /** Followed calendars that cannot be read for a day, or that lack much at once. */
  calendars: number
  /** Servers that were given up: they have not got what we announced. */
  undelivered: number
  /** Messages that have not left; without a relay, those to hand over. */
  mails: number
  mailWorks: boolean
  /** Most others stopped answering at once: it is we who do not reach them. */
  isCutOff: boolean
}

export type AdminPageProps = {
  site: Site
  session: AdminSession
  /** Our own: those to come and the drafts, soonest first; past ones too when asked. */
  cafes: Cafe[]
  /** What was announced last. */
  last?: Cafe | undefined
  waits: AdminWaits
  followers: number
  /** At a node: the directory; at a directory: how many members. */
  network: { directory: Following['state'] | 'none' } | { members: number }
  /** What the law still wants said before anything is published. */
  missing?: readonly LegalGap[] | undefined
  /** How far the first run is, until it is over. */
  onboarding?: { done: number; total: number } | undefined
  /** Nobody else administers: a second person is suggested. */
  alone?: boolean | undefined
  pastHref?: string | undefined
  /** Where else this person works. */
  workspaces?: NavLink[] | undefined
  now: Temporal.Instant
  flash?: FlashKey | undefined
}

export function AdminPage(props: AdminPageProps) {
  const { site, session, cafes, last, now, flash, pastHref } = props
  const t = messagesFor(site.lang)
  const unconfirmed = cafes.filter((cafe) => awaitsConfirmation(cafe, now))
  const upcoming = cafes.filter((cafe) => cafe.publication === 'published' && isToCome(cafe, now))
  return (
    <AdminLayout
      title={t.site.layout.admin}
      site={site}
      session={session}
      current={paths.admin}
      flash={flash}
    >
      <h1>{t.admin.home.title(session.name)}</h1>
      <p class="lead">{nextSentence(upcoming[0], t)}</p>
      <p class="buttons">
        <Link class="button" href={paths.newCafe}>
          {t.admin.home.announce}
        </Link>
        {last && (
          <Link class="button quiet" href={paths.copyCafe(last.id)}>
            {t.admin.home.copyLast}
            <span class="unseen">{t.admin.home.about(last.title)}</span>
          </Link>
        )}
      </p>
      <MissingForLaw missing={props.missing ?? []} mayFill={session.isAdministrator} t={t} />
      {props.onboarding && (
        <p>
          <Link href={paths.onboarding}>
            {t.onboarding.resume(props.onboarding.done, props.onboarding.total)}
          </Link>
        </p>
      )}
      <Confirmations cafes={unconfirmed} csrf={session.csrf} now={now} t={t} />
      <Waits {...props} isAsked={unconfirmed.length > 0} t={t} />
      {props.alone && <SecondPerson t={t} />}
      <Statistics {...props} upcoming={upcoming.length} t={t} />
      <OtherWorkspaces workspaces={props.workspaces} t={t} />
      <h2>{t.admin.home.yours}</h2>
      {cafes.length === 0 ? (
        <p>{t.admin.home.none}</p>
      ) : (
        <CafeTable cafes={cafes} now={now} t={t} />
      )}
      {pastHref && (
        <p>
          <Link href={pastHref}>{t.admin.home.showPast}</Link>
        </p>
      )}
    </AdminLayout>
  )
}

/** Whoever administers alone locks everybody out on the day that they are gone. */
const SecondPerson = ({ t }: { t: Messages }) => (
  <section class="panel" aria-labelledby="a-deux">
    <h2 id="a-deux">{t.team.alone}</h2>
    <p>{t.team.aloneWhy}</p>
    <p>
      <Link href={`${paths.team}#inviter`}>{t.team.aloneAction}</Link>
    </p>
  </section>
)

type MissingProps = { missing: readonly LegalGap[]; mayFill: boolean; t: Messages }

/** Why nothing can be published yet, and where to say what is missing. */
const MissingForLaw = ({ missing, mayFill, t }: MissingProps) =>
  missing.length === 0 ? null : (
    <section class="notice" aria-labelledby="avant-de-publier">
      <h2 id="avant-de-publier">{t.legal.missing.title}</h2>
      <p>{t.legal.missing.lead(missing.length)}</p>
      <ul>
        {missing.map((gap) => (
          <li>
            {mayFill ? (
              <Link href={gap === 'contact' ? `${paths.place}#phone` : `${paths.settings}#${gap}`}>
                {t.legal.missing.gaps[gap]}
              </Link>
            ) : (
              t.legal.missing.gaps[gap]
            )}
          </li>
        ))}
      </ul>
      {!mayFill && <p>{t.safety.askAdministrator}</p>}
    </section>
  )

function isToCome(cafe: Cafe, now: Temporal.Instant): boolean {
  const state = stateOf(cafe, now)
  return state !== 'cancelled' && state !== 'past' && state !== 'postponed'
}

function nextSentence(next: Cafe | undefined, t: Messages): string {
  if (!next) return t.admin.home.noNext
  const start = startsAtPlace(next)
  const when = t.admin.home.dayAndTime(longDate(start, t.lang), clock(start, t.lang))
  return t.admin.home.nextCafe(`${when}, ${next.title}`)
}

function Waits({
  waits,
  isAsked,
  site,
  session,
  t,
}: AdminPageProps & { isAsked: boolean; t: Messages }) {
  const items: NavLink[] = [
    waits.isCutOff && { href: paths.network, label: t.admin.home.cutOff(site.kind === 'hub') },
    waits.requests > 0 && { href: paths.network, label: t.admin.home.requests(waits.requests) },
    !waits.isCutOff &&
      waits.failing > 0 && { href: paths.network, label: t.admin.home.failing(waits.failing) },
    waits.undelivered > 0 && {
      href: paths.network,
      label: t.admin.home.undelivered(waits.undelivered),
    },
    waits.mails > 0 && {
      href: paths.mails,
      label: t.admin.home.mails(waits.mails, waits.mailWorks),
    },
    waits.hidden > 0 && { href: paths.network, label: t.admin.home.hidden(waits.hidden) },
    waits.duplicates > 0 && {
      href: paths.duplicates,
      label: t.admin.home.duplicates(waits.duplicates),
    },
    waits.proposals > 0 && {
      href: paths.adminReferents,
      label: t.admin.home.proposals(waits.proposals),
    },
    waits.people > 0 && { href: paths.adminFacilitators, label: t.admin.home.people(waits.people) },
    waits.networks > 0 && {
      href: paths.adminNetworks,
      label: t.admin.home.networks(waits.networks),
    },
    waits.calendars > 0 && { href: paths.import, label: t.admin.home.calendars(waits.calendars) },
    waits.drafts > 0 && { href: '#cafes', label: t.admin.home.drafts(waits.drafts) },
  ]
    .filter((item) => item !== false)
    // What only administrators may open is theirs to see to.
    .filter(({ href }) => session.isAdministrator || href.startsWith('#') || href === paths.import)
  if (items.length === 0) return isAsked ? null : <p>{t.admin.home.nothingWaits}</p>
  return (
    <section class="panel waits" aria-labelledby="a-voir">
      <h2 id="a-voir">{t.admin.home.waits}</h2>
      <ul>
        {items.map(({ href, label }) => (
          <li>
            <Link href={href}>{label}</Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Statistics({
  upcoming,
  followers,
  network,
  t,
}: AdminPageProps & { upcoming: number; t: Messages }) {
  const texts = t.admin.home
  return (
    <ul class="figures">
      <li>
        <b>{upcoming}</b> {texts.upcoming(upcoming)}
      </li>
      <li>
        <b>{followers}</b> {texts.followers(followers)}
      </li>
      <li>
        {'members' in network ? (
          <>
            <b>{network.members}</b> {texts.members(network.members)}
          </>
        ) : (
          <>
            <b>{texts.directory[network.directory].state}</b>{' '}
            {texts.directory[network.directory].of}
          </>
        )}
      </li>
    </ul>
  )
}

type TableProps = { cafes: Cafe[]; now: Temporal.Instant; t: Messages }

function CafeTable({ cafes, now, t }: TableProps) {
  const { col } = t.admin.home
  return (
    <table class="cards" id="cafes">
      <thead>
        <tr>
          <th scope="col">{col.when}</th>
          <th scope="col">{col.cafe}</th>
          <th scope="col">{col.seats}</th>
          <th scope="col">{col.state}</th>
          <th scope="col">{col.actions}</th>
        </tr>
      </thead>
      <tbody>
        {cafes.map((cafe) => (
          <CafeRow cafe={cafe} now={now} t={t} />
        ))}
      </tbody>
    </table>
  )
}

type RowProps = Omit<TableProps, 'cafes'> & { cafe: Cafe }

function CafeRow({ cafe, now, t }: RowProps) {
  const { col, ...texts } = t.admin.home
  const start = startsAtPlace(cafe)
  const about = <span class="unseen">{texts.about(cafe.title)}</span>
  return (
    <tr>
      <td data-label={col.when}>
        {stateOf(cafe, now) === 'postponed' ? (
          <>
            {t.cafe.dateToCome}
            <span class="line fine">
              {t.cafe.firstPlanned(t.cafe.onDay(longDate(start, t.lang)))}
            </span>
          </>
        ) : (
          <>
            {shortDate(start, t.lang)}
            <span class="line">{timeRange(start, endsAtPlace(cafe), t.lang)}</span>
          </>
        )}
      </td>
      <th scope="row" data-label={col.cafe}>
        <Link href={paths.cafe(cafe.id)}>
          <UserText cafe={cafe} t={t}>
            {cafe.title}
          </UserText>
        </Link>
      </th>
      <td data-label={col.seats}>{seats(cafe, t)}</td>
      <td data-label={col.state}>
        <StateTag cafe={cafe} now={now} t={t} />
      </td>
      <td data-label={col.actions}>
        <div class="actions">
          <Link href={paths.editCafe(cafe.id)}>
            {cafe.publication === 'draft' ? texts.resume : texts.edit}
            {about}
          </Link>
          {cafe.publication !== 'published' && !isPast(cafe, now) && (
            <Link href={paths.publishCafe(cafe.id)}>
              {t.cafeStatus.publishing.publishNow}
              {about}
            </Link>
          )}
          {cafe.publication === 'published' && !isPast(cafe, now) && (
            <Link href={paths.cafeSituation(cafe.id)}>
              {cafe.status === 'cancelled' ? texts.reinstate : texts.change}
              {about}
            </Link>
          )}
          <Link href={paths.copyCafe(cafe.id)}>
            {texts.copy}
            {about}
          </Link>
          <Link href={paths.deleteCafe(cafe.id)}>
            {texts.delete}
            {about}
          </Link>
        </div>
      </td>
    </tr>
  )
}

function seats({ registration: { capacity, seatsLeft } }: Cafe, t: Messages): string {
  if (capacity === undefined) return '–'
  if (seatsLeft === undefined || seatsLeft === capacity) return String(capacity)
  return t.admin.home.seatsLeft(Math.max(0, seatsLeft), capacity)
}

function StateTag({ cafe, now, t }: { cafe: Cafe; now: Temporal.Instant; t: Messages }) {
  if (cafe.publication !== 'published')
    return (
      <>
        <span class="tag draft">{t.admin.home.state[cafe.publication]}</span>
        {cafe.publishAt && (
          <span class="line">{t.cafeStatus.publishing.at(atPlace(cafe.publishAt, cafe, t))}</span>
        )}
      </>
    )
  const state = stateOf(cafe, now)
  if (!state) return <span class="tag">{t.admin.home.state.published}</span>
  return <span class={`tag is-${state}`}>{t.admin.home.cafeState[state]}</span>
}

/** `jeu. 26 nov. 2026 à 9 h`, by the clock of the place. */
function atPlace(instant: Temporal.Instant, { timezone }: Cafe, t: Messages): string {
  const time = instant.toZonedDateTimeISO(timezone)
  return t.admin.home.dayAndTime(shortDate(time, t.lang), clock(time, t.lang))
}
