/**
 * The list of all cafés of a structure. GET `/administration/cafes`: `etat` (`a-venir` by default) · `q` · `mois`
 * (`2026-12`) · `page`.
 */

import type { AdminListState } from '../../node/domain/cafes/admin-list.ts'
import {
  type Cafe,
  endsAtPlace,
  isFull,
  isPast,
  startsAtPlace,
  versionOfCafe,
} from '../../node/domain/cafes/cafe.ts'
import { awaitsConfirmation } from '../../node/domain/cafes/status-change.ts'
import {
  clock,
  dayParts,
  longDate,
  monthAndYear,
  shortDate,
  timeRange,
} from '../../node/domain/values/date-text.ts'
import type { Bulk } from '../admin/bulk.tsx'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { List, type ListPage, type ListQuery } from '../admin/list.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'
import { VersionInput } from './action-pages.tsx'
import { placeOf } from './card.tsx'
import { isClosed, stateOf } from './state.ts'

/** The value of `etat` in the address, for each state. */
export const ADMIN_LIST_NAMES: Record<AdminListState, string> = {
  upcoming: 'a-venir',
  drafts: 'brouillons',
  cancelled: 'annules',
  past: 'passes',
}

export type AdminListPageProps = AdminProps & {
  query: Omit<ListQuery<AdminListState>, 'page'>
  found: ListPage<Cafe>
  month: Temporal.PlainYearMonth | undefined
  months: readonly { month: string; total: number }[]
  counts: Record<AdminListState, number>
  now: Temporal.Instant
}

export function AdminListPage(props: AdminListPageProps) {
  const { site, session, query, found, month, months, counts, now, flash } = props
  const t = messagesFor(site.lang)
  const { col, list: texts } = t.admin.home
  return (
    <AdminPage
      title={`${texts.title}, ${texts.state[query.state].toLowerCase()}`}
      heading={texts.title}
      buttons={
        <Link class="button" href={paths.newCafe}>
          {t.admin.home.announce}
        </Link>
      }
      {...{ site, session, flash }}
      current={paths.adminCafes}
    >
      <List
        path={paths.adminCafes}
        states={{ names: ADMIN_LIST_NAMES, labels: texts.state, counts }}
        choice={{
          name: 'mois',
          value: month?.toString(),
          field: <MonthField {...{ month, months, t }} />,
        }}
        columns={[
          [col.when, (cafe) => <DayBlock {...{ cafe, now, t }} />],
          [col.cafe, (cafe) => <CafeName {...{ cafe, now, t }} />],
          [col.state, (cafe) => <Standing {...{ cafe, now, t }} />],
          [col.actions, (cafe) => <RowActions {...{ cafe, csrf: session.csrf, now, t }} />],
        ]}
        nameColumn={1}
        isCompact
        bulk={bulkOf(query.state, session.csrf, t)}
        {...{ query, found, texts, t }}
      />
    </AdminPage>
  )
}

type MonthProps = Pick<AdminListPageProps, 'month' | 'months'> & { t: Messages }

const MonthField = ({ month, months, t }: MonthProps) => (
  <p>
    <label for="mois">{t.admin.home.list.month}</label>
    <select id="mois" name="mois">
      <option value="">{t.admin.home.list.everyMonth}</option>
      {months.map((one) => (
        <option value={one.month} selected={one.month === month?.toString()}>
          {sentenceCase(monthAndYear(Temporal.PlainYearMonth.from(one.month), t.lang))} ({one.total}
          )
        </option>
      ))}
    </select>
  </p>
)

type RowProps = { cafe: Cafe; now: Temporal.Instant; t: Messages }

/** What can be done to several cafés of a state; the others are for their own pages. */
function bulkOf(state: AdminListState, csrf: string, t: Messages): Bulk<Cafe> | undefined {
  const { cancel, publish, delete: remove } = t.admin.bulk.cafes
  const acts = {
    upcoming: [['annuler', cancel]],
    drafts: [
      ['publier', publish],
      ['supprimer', remove],
    ],
    cancelled: [],
    past: [],
  } as const
  if (acts[state].length === 0) return undefined
  return {
    ...{ path: paths.manyCafes, csrf, acts: acts[state] },
    itemOf: (cafe) => ({ id: cafe.id, version: String(versionOfCafe(cafe)), name: cafe.title }),
  }
}

/** The title, which leads to the café's page for the team, and when and where it takes place. */
function CafeName({ cafe, now, t }: RowProps) {
  const start = startsAtPlace(cafe)
  const isPostponed = stateOf(cafe, now) === 'postponed'
  const when = isPostponed
    ? t.cafe.firstPlanned(t.cafe.onDay(longDate(start, t.lang)))
    : timeRange(start, endsAtPlace(cafe), t.lang)
  return (
    <>
      <Link href={paths.cafeOnline(cafe.id)}>
        <UserText cafe={cafe} t={t}>
          {cafe.title}
        </UserText>
      </Link>
      <span class="line fine">
        {[cafe.isUndated ? '' : when, placeOf(cafe, t)].filter(Boolean).join(', ')}
      </span>
    </>
  )
}

const RowActions = ({ cafe, csrf, now, t }: RowProps & { csrf: string }) => (
  <div class="actions">
    {awaitsConfirmation(cafe, now) && (
      <PostForm csrf={csrf} action={paths.confirmCafe(cafe.id)} class="inline">
        <VersionInput cafe={cafe} />
        <button type="submit" class="link">
          {t.cafeStatus.confirmation.yes}
          <span class="unseen">{t.admin.home.about(cafe.title)}</span>
        </button>
      </PostForm>
    )}
    <CafeActions cafe={cafe} now={now} t={t} />
  </div>
)

/** The day as a block; the year too where it is another than that of now. */
export function DayBlock({ cafe, now, t }: RowProps) {
  if (cafe.isUndated || stateOf(cafe, now) === 'postponed')
    return <span class="day-block">{t.cafe.dateToCome}</span>
  const start = startsAtPlace(cafe)
  const { weekday, month } = dayParts(start, t.lang)
  const isOtherYear = now.toZonedDateTimeISO(cafe.timezone).year !== start.year
  return (
    <time class="day-block" datetime={start.toPlainDate().toString()}>
      {weekday} <b>{start.day}</b> {month} {isOtherYear && <span>{start.year}</span>}
    </time>
  )
}

/** The first actions on one of our cafés, as links whose text names it; its page has the others. */
export function CafeActions({ cafe, now, t }: RowProps) {
  const texts = t.admin.home
  const about = <span class="unseen">{texts.about(cafe.title)}</span>
  const isToCome = !isPast(cafe, now)
  return (
    <>
      <Link href={paths.editCafe(cafe.id)}>
        {cafe.publication === 'draft' ? texts.resume : texts.edit}
        {about}
      </Link>
      {isToCome && cafe.publication === 'published' && (
        <Link href={paths.kit(cafe.id)}>
          {t.kit.page.title}
          {about}
        </Link>
      )}
      {isToCome && cafe.publication !== 'published' && (
        <Link href={paths.publishCafe(cafe.id)}>
          {t.cafeStatus.publishing.publishNow}
          {about}
        </Link>
      )}
      {isToCome && cafe.publication === 'published' && (
        <Link href={paths.cafeStatus(cafe.id)}>
          {cafe.status === 'cancelled' ? texts.reinstate : texts.change}
          {about}
        </Link>
      )}
    </>
  )
}

/** A café's state in words, with a coloured dot; how people enter, where nothing else is to be said. */
export function Standing({ cafe, now, t }: RowProps) {
  const { admin, cafeStatus } = t
  const { registration, publication, publishAt, hiddenReason } = cafe
  if (hiddenReason) return <p class="standing is-off">{admin.home.hiddenHere}</p>
  if (publication !== 'published')
    return (
      <p class="standing is-waiting">
        {admin.home.state[publication]}{' '}
        {publishAt && cafeStatus.publishing.at(atPlace(publishAt, cafe, t))}
      </p>
    )
  const state = stateOf(cafe, now)
  if (state)
    return (
      <p class={isClosed(state) ? 'standing is-off' : 'standing'}>{admin.home.cafeState[state]}</p>
    )
  const { capacity, seatsLeft } = registration
  if (capacity !== undefined && seatsLeft !== undefined && !isFull(cafe))
    return <p class="standing">{admin.home.onlySeatsLeft(seatsLeft, capacity)}</p>
  return (
    <p class="standing">{registration.mode === 'none' ? admin.home.free : admin.home.onSignUp}</p>
  )
}

/** Returns the start as `jeu. 26 nov. 2026 à 9 h`, in the café's time zone. */
function atPlace(instant: Temporal.Instant, { timezone }: Cafe, t: Messages): string {
  const time = instant.toZonedDateTimeISO(timezone)
  return t.admin.home.dayAndTime(shortDate(time, t.lang), clock(time, t.lang))
}
