import { type Cafe, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import type { CafeCirculation } from '../../node/domain/cafes/circulation.ts'
import { STATUS_CHANGES, statusChangeOf } from '../../node/domain/cafes/status-change.ts'
import { findReportRefusal } from '../../node/domain/reports/report.ts'
import { clock, longDate, momentText } from '../../node/domain/values/date-text.ts'
import type { ShownEdit } from '../admin/edit-history-page.tsx'
import { HistoryLink } from '../admin/history-link.tsx'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { COPY_SCRIPT, Copy } from '../components/copy.tsx'
import { Link } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'
import { DayBlock } from './admin-list.tsx'
import { Circulation } from './audience.tsx'
import { placeOf } from './card.tsx'
import { isClosed, stateOf } from './state.ts'

export type OnlinePageProps = AdminProps & {
  cafe: Cafe
  circulation: CafeCirculation
  /** Whether the public pages of this site are closed, since a restore. */
  isClosed?: boolean | undefined
  /** The last edits, newest first. */
  edits: readonly ShownEdit[]
  now: Temporal.Instant
}

/**
 * The page of a café for its team, after publishing, editing or a change of state, and later: what is true of it now,
 * where it is shown and who was told, what to do next, and its history.
 */
export function OnlinePage(props: OnlinePageProps) {
  const { site, session, cafe, circulation, flash } = props
  const t = messagesFor(site.lang)
  const isPublished = cafe.publication === 'published'
  const isOpen = isPublished && !props.isClosed && !cafe.hiddenReason
  const said = headlineOf(props, t)
  const name = (
    <UserText cafe={cafe} t={t}>
      {cafe.title}
    </UserText>
  )
  return (
    <AdminPage
      title={said ?? cafe.title}
      heading={said ?? name}
      {...{ site, session, flash }}
      current={paths.adminCafes}
    >
      <section class={flash && isOpen ? 'panel is-fresh' : 'panel'}>
        <div class="of-place">
          <DayBlock cafe={cafe} now={props.now} t={t} />
          <div>
            {said && <strong>{name}</strong>}
            <span class="line">{whenAndWhere(cafe, t)}</span>
            <span class="line">{standingText(props, t)}</span>
          </div>
        </div>
        {isPublished && (
          <Circulation
            {...{ cafe, circulation, isOpen, t }}
            isAdministrator={session.isAdministrator}
          />
        )}
      </section>
      {isPublished && <ShareMessage cafe={cafe} t={t} />}
      <Next cafe={cafe} now={props.now} t={t} />
      <div class="split">
        <div>
          {isPublished && <StatusChanges cafe={cafe} t={t} />}
          <Removal cafe={cafe} t={t} />
        </div>
        <History {...props} t={t} />
      </div>
    </AdminPage>
  )
}

/**
 * Returns what is true of a café that was just saved, or that nobody sees; undefined where its title is the heading. It
 * comes from the café, and not from what was asked for.
 */
function headlineOf(
  { cafe, isClosed: isSiteClosed, flash, now }: OnlinePageProps,
  t: Messages,
): string | undefined {
  const { title } = t.cafeStatus.online
  if (cafe.publication !== 'published') return title.waits
  if (isSiteClosed) return title.closed
  if (cafe.hiddenReason) return title.hidden
  if (!flash) return undefined
  const state = stateOf(cafe, now)
  if (state === 'cancelled' || state === 'postponed') return title[state]
  if (flash === 'published') return title.online
  if (state === 'full' || state === 'movedOnline') return title[state]
  if (flash === 'maintained' || (flash === 'confirmed' && cafe.confirmedAt)) return title.maintained
  return state === 'rescheduled' ? title.rescheduled : title.changed
}

/** Returns the café's state, how people take part, and what the team confirmed, as one sentence. */
function standingText({ cafe, now }: OnlinePageProps, t: Messages): string {
  const { state, cafeState } = t.admin.home
  const known = cafe.publication === 'published' ? stateOf(cafe, now) : undefined
  const confirmed =
    cafe.confirmedAt && t.cafeStatus.online.confirmed(momentText(cafe.confirmedAt, t.lang))
  const entry = t.admin.cafeForm.registrationMode[cafe.registration.mode]
  return [
    known ? cafeState[known] : state[cafe.publication],
    isClosed(known) ? undefined : entry,
    isClosed(known) ? undefined : confirmed,
  ]
    .filter(Boolean)
    .join('. ')
}

/**
 * Returns when and where the café takes place. A postponed café has no date; a cancelled one says so before its date.
 */
function whenAndWhere(cafe: Cafe, t: Messages): string {
  if (cafe.status === 'postponed' || cafe.isUndated)
    return `${t.cafe.dateToCome}, ${placeOf(cafe, t)}`
  const start = startsAtPlace(cafe)
  const when = t.admin.home.dayAndTime(longDate(start, t.lang), clock(start, t.lang))
  const state = cafe.status === 'cancelled' ? t.cafe.state.cancelled : ''
  return `${state}${sentenceCase(when)}, ${placeOf(cafe, t)}`
}

function ShareMessage({ cafe, t }: { cafe: Cafe; t: Messages }) {
  const lines = [cafe.title, whenAndWhere(cafe, t), cafe.url]
  return (
    <section aria-labelledby="dire">
      <h2 id="dire">{t.cafeStatus.online.tell}</h2>
      <p>
        <label for="message">{t.cafeStatus.online.message}</label>
        <textarea id="message" rows={5} readonly>
          {lines.join('\n')}
        </textarea>
      </p>
      <Copy of="message" what={t.cafeStatus.online.message} t={t} />
      <script src={COPY_SCRIPT} defer></script>
      <p class="buttons">
        <Link class="button" href={paths.kit(cafe.id)}>
          {t.kit.page.link}
        </Link>
        <Link href={paths.cafeCode(cafe.id)}>{t.cafeStatus.online.code}</Link>
      </p>
    </section>
  )
}

/** Links to the usual next actions. */
const Next = ({ cafe, now, t }: { cafe: Cafe; now: Temporal.Instant; t: Messages }) => {
  const texts = t.cafeStatus.online
  return (
    <section aria-labelledby="ensuite">
      <h2 id="ensuite">{texts.next}</h2>
      <p class="buttons">
        {!cafe.isUndated && (
          <Link class="button" href={paths.copyCafe(cafe.id)}>
            {texts.again}
          </Link>
        )}
        <Link class="button quiet" href={paths.duplicateCafe(cafe.id)}>
          {texts.duplicate}
        </Link>
        <Link class="button quiet" href={paths.editCafe(cafe.id)}>
          {t.admin.home.edit}
        </Link>
        {findReportRefusal(cafe, now) === undefined && (
          <Link class="button" href={paths.report(cafe.id)}>
            {t.report.link}
          </Link>
        )}
        {cafe.registration.mode === 'local' && (
          <Link class="button quiet" href={paths.registrations(cafe.id)}>
            {t.registrationTeam.link}
          </Link>
        )}
      </p>
    </section>
  )
}

/** Links to the ways to change a café's state, a new date first. */
function StatusChanges({ cafe, t }: { cafe: Cafe; t: Messages }) {
  const { online: texts, change } = t.cafeStatus
  const current = statusChangeOf(cafe)
  return (
    <section aria-labelledby="si">
      <h2 id="si">{texts.changes}</h2>
      <ul class="rows situation-links">
        <li class="is-first">
          <div>
            <h3>
              <Link href={`${paths.editCafe(cafe.id)}#date`}>{texts.newDate}</Link>
            </h3>
            <p>{texts.newDateMeans}</p>
          </div>
        </li>
        {STATUS_CHANGES.filter((statusChange) => statusChange !== current).map((statusChange) => (
          <li>
            <div>
              <h3>
                <Link href={`${paths.cafeStatus(cafe.id)}?choix=${statusChange}`}>
                  {change.choice[statusChange]}
                </Link>
              </h3>
              <p>{change.effect[statusChange]}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The link to delete a café, less prominent than the one to cancel it, with the difference between them. */
export const Removal = ({ cafe, t }: { cafe: Pick<Cafe, 'id' | 'publication'>; t: Messages }) => (
  <p class="fine">
    {cafe.publication === 'published' && `${t.cafeStatus.online.remove} `}
    <Link href={paths.deleteCafe(cafe.id)}>{t.admin.cafeForm.deleteCafe}</Link>
  </p>
)

const History = ({ cafe, edits, t }: OnlinePageProps & { t: Messages }) => (
  <section aria-labelledby="historique">
    <h2 id="historique">{t.admin.edits.history}</h2>
    <ul>
      {edits.map(({ at, who, title }) => (
        <li>
          <strong>{title}</strong>
          <span class="line fine">{[momentText(at, t.lang), who].filter(Boolean).join(', ')}</span>
        </li>
      ))}
      {cafe.publishedAt && (
        <li>
          <strong>{t.admin.home.state.published}</strong>
          <span class="line fine">{momentText(cafe.publishedAt, t.lang)}</span>
        </li>
      )}
    </ul>
    {edits.length > 0 && <HistoryLink form={paths.editCafe(cafe.id)} t={t} />}
  </section>
)
