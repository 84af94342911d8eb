import { type Cafe, endsAtPlace, isPast, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { awaitsConfirmation } from '../../node/domain/cafes/status-change.ts'
import type { Following } from '../../node/domain/federation/following.ts'
import type { LegalGap } from '../../node/domain/structures/legal-notice.ts'
import { clock, longDate, shortDate, timeRange } from '../../node/domain/values/date-text.ts'
import { DeskLayout, type FlashKey } from '../admin/layout.tsx'
import { OtherDesks } from '../admin/other-workspaces.tsx'
import type { DeskSession, NavLink, Site } from '../components/site.ts'
import { Typed } from '../components/user-text.tsx'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { Confirmations } from './confirmations.tsx'
import { stateOf } from './state.ts'

/** What a person must look at; only what is not zero is shown. */
type DeskWaits = {
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
  /** Servers that were given up: they have not got what we announced. */
  undelivered: number
  /** Messages that have not left; without a relay, those to hand over. */
  mails: number
  mailWorks: boolean
  /** Most others stopped answering at once: it is we who do not reach them. */
  isCutOff: boolean
}

export type DeskPageProps = {
  site: Site
  session: DeskSession
  /** Our own: those to come and the drafts, soonest first; past ones too when asked. */
  cafes: Cafe[]
  /** What was announced last. */
  last?: Cafe | undefined
  waits: DeskWaits
  followers: number
  /** At a node: the directory; at a directory: how many members. */
  network: { directory: Following['state'] | 'none' } | { members: number }
  /** What the law still wants said before anything is published. */
  missing?: readonly LegalGap[] | undefined
  /** How far the first run is, until it is over. */
  firstSteps?: { done: number; total: number } | undefined
  /** Nobody else administers: a second person is suggested. */
  alone?: boolean | undefined
  pastHref?: string | undefined
  /** Where else this person works. */
  desks?: NavLink[] | undefined
  now: Temporal.Instant
  flash?: FlashKey | undefined
}

export function DeskPage(props: DeskPageProps) {
  const { site, session, cafes, last, now, flash, pastHref } = props
  const t = stringsFor(site.lang)
  const unconfirmed = cafes.filter((cafe) => awaitsConfirmation(cafe, now))
  const upcoming = cafes.filter((cafe) => cafe.publication === 'published' && isToCome(cafe, now))
  return (
    <DeskLayout
      title={t.layout.desk}
      site={site}
      session={session}
      current={paths.desk}
      flash={flash}
    >
      <h1>{t.desk.home.title(session.name)}</h1>
      <p class="lead">{nextSentence(upcoming[0], t)}</p>
      <p class="buttons">
        <a class="button" href={paths.newCafe}>
          {t.desk.home.announce}
        </a>
        {last && (
          <a class="button quiet" href={paths.copyCafe(last.id)}>
            {t.desk.home.copyLast}
            <span class="unseen">{t.desk.home.about(last.title)}</span>
          </a>
        )}
      </p>
      <MissingForLaw missing={props.missing ?? []} mayFill={session.isAdministrator} t={t} />
      {props.firstSteps && (
        <p>
          <a href={paths.firstSteps}>
            {t.firstSteps.resume(props.firstSteps.done, props.firstSteps.total)}
          </a>
        </p>
      )}
      <Confirmations cafes={unconfirmed} csrf={session.csrf} now={now} t={t} />
      <Waits {...props} isAsked={unconfirmed.length > 0} t={t} />
      {props.alone && <SecondPerson t={t} />}
      <Figures {...props} upcoming={upcoming.length} t={t} />
      <OtherDesks desks={props.desks} t={t} />
      <h2>{t.desk.home.yours}</h2>
      {cafes.length === 0 ? <p>{t.desk.home.none}</p> : <CafeTable cafes={cafes} now={now} t={t} />}
      {pastHref && (
        <p>
          <a href={pastHref}>{t.desk.home.showPast}</a>
        </p>
      )}
    </DeskLayout>
  )
}

/** Whoever administers alone locks everybody out on the day that they are gone. */
const SecondPerson = ({ t }: { t: Strings }) => (
  <section class="panel" aria-labelledby="a-deux">
    <h2 id="a-deux">{t.team.alone}</h2>
    <p>{t.team.aloneWhy}</p>
    <p>
      <a href={`${paths.team}#inviter`}>{t.team.aloneAction}</a>
    </p>
  </section>
)

type MissingProps = { missing: readonly LegalGap[]; mayFill: boolean; t: Strings }

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
              <a href={gap === 'contact' ? `${paths.place}#phone` : `${paths.settings}#${gap}`}>
                {t.legal.missing.gaps[gap]}
              </a>
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

function nextSentence(next: Cafe | undefined, t: Strings): string {
  if (!next) return t.desk.home.noNext
  const start = startsAtPlace(next)
  const when = t.desk.home.dayAndTime(longDate(start, t.lang), clock(start, t.lang))
  return t.desk.home.nextCafe(`${when}, ${next.title}`)
}

function Waits({
  waits,
  isAsked,
  site,
  session,
  t,
}: DeskPageProps & { isAsked: boolean; t: Strings }) {
  const items: NavLink[] = [
    waits.isCutOff && { href: paths.network, label: t.desk.home.cutOff(site.kind === 'hub') },
    waits.requests > 0 && { href: paths.network, label: t.desk.home.requests(waits.requests) },
    !waits.isCutOff &&
      waits.failing > 0 && { href: paths.network, label: t.desk.home.failing(waits.failing) },
    waits.undelivered > 0 && {
      href: paths.network,
      label: t.desk.home.undelivered(waits.undelivered),
    },
    waits.mails > 0 && {
      href: paths.mails,
      label: t.desk.home.mails(waits.mails, waits.mailWorks),
    },
    waits.hidden > 0 && { href: paths.network, label: t.desk.home.hidden(waits.hidden) },
    waits.duplicates > 0 && {
      href: paths.duplicates,
      label: t.desk.home.duplicates(waits.duplicates),
    },
    waits.proposals > 0 && {
      href: paths.deskReferents,
      label: t.desk.home.proposals(waits.proposals),
    },
    waits.people > 0 && { href: paths.deskFacilitators, label: t.desk.home.people(waits.people) },
    waits.networks > 0 && {
      href: paths.deskNetworks,
      label: t.desk.home.networks(waits.networks),
    },
    waits.drafts > 0 && { href: '#cafes', label: t.desk.home.drafts(waits.drafts) },
  ]
    .filter((item) => item !== false)
    // What only administrators may open is theirs to see to.
    .filter(({ href }) => session.isAdministrator || href.startsWith('#'))
  if (items.length === 0) return isAsked ? null : <p>{t.desk.home.nothingWaits}</p>
  return (
    <section class="panel waits" aria-labelledby="a-voir">
      <h2 id="a-voir">{t.desk.home.waits}</h2>
      <ul>
        {items.map(({ href, label }) => (
          <li>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Figures({
  upcoming,
  followers,
  network,
  t,
}: DeskPageProps & { upcoming: number; t: Strings }) {
  const words = t.desk.home
  return (
    <ul class="figures">
      <li>
        <b>{upcoming}</b> {words.upcoming(upcoming)}
      </li>
      <li>
        <b>{followers}</b> {words.followers(followers)}
      </li>
      <li>
        {'members' in network ? (
          <>
            <b>{network.members}</b> {words.members(network.members)}
          </>
        ) : (
          <>
            <b>{words.directory[network.directory].state}</b>{' '}
            {words.directory[network.directory].of}
          </>
        )}
      </li>
    </ul>
  )
}

type TableProps = { cafes: Cafe[]; now: Temporal.Instant; t: Strings }

function CafeTable({ cafes, now, t }: TableProps) {
  const { col } = t.desk.home
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
  const { col, ...words } = t.desk.home
  const start = startsAtPlace(cafe)
  const about = <span class="unseen">{words.about(cafe.title)}</span>
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
        <a href={paths.cafe(cafe.id)}>
          <Typed cafe={cafe} t={t}>
            {cafe.title}
          </Typed>
        </a>
      </th>
      <td data-label={col.seats}>{seats(cafe, t)}</td>
      <td data-label={col.state}>
        <StateTag cafe={cafe} now={now} t={t} />
      </td>
      <td data-label={col.actions}>
        <div class="actions">
          <a href={paths.editCafe(cafe.id)}>
            {cafe.publication === 'draft' ? words.resume : words.edit}
            {about}
          </a>
          {cafe.publication !== 'published' && !isPast(cafe, now) && (
            <a href={paths.publishCafe(cafe.id)}>
              {t.publishing.publishNow}
              {about}
            </a>
          )}
          {cafe.publication === 'published' && !isPast(cafe, now) && (
            <a href={paths.cafeSituation(cafe.id)}>
              {cafe.status === 'cancelled' ? words.reinstate : words.change}
              {about}
            </a>
          )}
          <a href={paths.copyCafe(cafe.id)}>
            {words.copy}
            {about}
          </a>
          <a href={paths.deleteCafe(cafe.id)}>
            {words.delete}
            {about}
          </a>
        </div>
      </td>
    </tr>
  )
}

function seats({ registration: { capacity, seatsLeft } }: Cafe, t: Strings): string {
  if (capacity === undefined) return '–'
  if (seatsLeft === undefined || seatsLeft === capacity) return String(capacity)
  return t.desk.home.seatsLeft(Math.max(0, seatsLeft), capacity)
}

function StateTag({ cafe, now, t }: { cafe: Cafe; now: Temporal.Instant; t: Strings }) {
  if (cafe.publication !== 'published')
    return (
      <>
        <span class="tag draft">{t.desk.home.state[cafe.publication]}</span>
        {cafe.publishAt && (
          <span class="line">{t.publishing.at(atPlace(cafe.publishAt, cafe, t))}</span>
        )}
      </>
    )
  const state = stateOf(cafe, now)
  if (!state) return <span class="tag">{t.desk.home.state.published}</span>
  return <span class={`tag is-${state}`}>{t.desk.home.cafeState[state]}</span>
}

/** `jeu. 26 nov. 2026 à 9 h`, by the clock of the place. */
function atPlace(instant: Temporal.Instant, { timezone }: Cafe, t: Strings): string {
  const time = instant.toZonedDateTimeISO(timezone)
  return t.desk.home.dayAndTime(shortDate(time, t.lang), clock(time, t.lang))
}
