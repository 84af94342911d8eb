/**
 * The list of all cafés of a structure. GET `/administration/cafes`: `etat` (`a-venir` by default) · `q` · `mois`
 * (`2026-12`) · `page`.
 */

import type { AdminListState } from '../../node/domain/cafes/admin-list.ts'
import { type Cafe, endsAtPlace, isPast, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { awaitsConfirmation } from '../../node/domain/cafes/status-change.ts'
import {
  clock,
  longDate,
  monthAndYear,
  shortDate,
  timeRange,
} from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { List, type ListPage, type ListQuery } from '../admin/list.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'
import { VersionInput } from './action-pages.tsx'
import { stateOf } from './state.ts'

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
          [col.when, (cafe) => <When {...{ cafe, now, t }} />],
          [
            col.cafe,
            (cafe) => (
              <Link href={paths.cafe(cafe.id)}>
                <UserText cafe={cafe} t={t}>
                  {cafe.title}
                </UserText>
              </Link>
            ),
          ],
          [col.seats, (cafe) => seats(cafe, t)],
          [col.state, (cafe) => <StateTag {...{ cafe, now, t }} />],
          [col.actions, (cafe) => <RowActions {...{ cafe, csrf: session.csrf, now, t }} />],
        ]}
        nameColumn={1}
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

function When({ cafe, now, t }: RowProps) {
  const start = startsAtPlace(cafe)
  if (cafe.isUndated) return t.cafe.dateToCome
  return stateOf(cafe, now) === 'postponed' ? (
    <>
      {t.cafe.dateToCome}
      <span class="line fine">{t.cafe.firstPlanned(t.cafe.onDay(longDate(start, t.lang)))}</span>
    </>
  ) : (
    <>
      <span class="day">{shortDate(start, t.lang)}</span>
      <span class="line">{timeRange(start, endsAtPlace(cafe), t.lang)}</span>
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

type CafeActionsProps = {
  cafe: Cafe
  now: Temporal.Instant
  /** Whether only the actions for a café to come are shown. */
  isShort?: boolean | undefined
  t: Messages
}

/** The actions on one of our cafés, as links whose text names it. */
export function CafeActions({ cafe, now, isShort, t }: CafeActionsProps) {
  const texts = t.admin.home
  const about = <span class="unseen">{texts.about(cafe.title)}</span>
  return (
    <>
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
        <Link href={paths.cafeStatus(cafe.id)}>
          {cafe.status === 'cancelled' ? texts.reinstate : texts.change}
          {about}
        </Link>
      )}
      {!isShort && (
        <>
          {cafe.publication === 'published' && !isPast(cafe, now) && (
            <Link href={paths.cafeOnline(cafe.id)}>
              {t.cafeStatus.online.where}
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
        </>
      )}
    </>
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

/** Returns the start as `jeu. 26 nov. 2026 à 9 h`, in the café's time zone. */
function atPlace(instant: Temporal.Instant, { timezone }: Cafe, t: Messages): string {
  const time = instant.toZonedDateTimeISO(timezone)
  return t.admin.home.dayAndTime(shortDate(time, t.lang), clock(time, t.lang))
}
