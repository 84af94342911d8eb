/**
 * The list of all cafés of a structure. GET `/administration/cafes`: `etat` (`a-venir` by default) · `mots` · `mois`
 * (`2026-12`) · `page`.
 */

import { ADMIN_LIST_STATES, type AdminListState } from '../../node/domain/cafes/admin-list.ts'
import { type Cafe, endsAtPlace, isPast, startsAtPlace } from '../../node/domain/cafes/cafe.ts'
import { awaitsConfirmation } from '../../node/domain/cafes/status-change.ts'
import {
  clock,
  longDate,
  monthAndYear,
  shortDate,
  timeRange,
} from '../../node/domain/values/date-text.ts'
import { AdminPage, type FlashKey } from '../admin/layout.tsx'
import { Form, Link, PostForm } from '../components/link.tsx'
import type { AdminSession, Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'
import { stateOf } from './state.ts'

/** The value of `etat` in the address, for each state. */
export const ADMIN_LIST_NAMES: Record<AdminListState, string> = {
  upcoming: 'a-venir',
  drafts: 'brouillons',
  cancelled: 'annules',
  past: 'passes',
}

type Asked = {
  state: AdminListState
  words: string
  month: Temporal.PlainYearMonth | undefined
  page: number
}

export type AdminListPageProps = Asked & {
  site: Site
  session: AdminSession
  cafes: readonly Cafe[]
  /** How many cafés the search found, on all pages. */
  total: number
  pages: number
  months: readonly { month: string; total: number }[]
  counts: Record<AdminListState, number>
  now: Temporal.Instant
  flash?: FlashKey | undefined
}

export function AdminListPage(props: AdminListPageProps) {
  const { site, session, cafes, total, state, words, month, counts, now, flash } = props
  const t = messagesFor(site.lang)
  const texts = t.admin.home.list
  const isNarrowed = words !== '' || month !== undefined
  return (
    <AdminPage
      title={`${texts.title}, ${texts.state[state].toLowerCase()}`}
      heading={texts.title}
      buttons={
        <Link class="button" href={paths.newCafe}>
          {t.admin.home.announce}
        </Link>
      }
      {...{ site, session, flash }}
      current={paths.adminCafes}
    >
      <nav class="chips" aria-label={texts.states}>
        {ADMIN_LIST_STATES.map((one) => (
          <Link
            class="chip"
            href={`${paths.adminCafes}?etat=${ADMIN_LIST_NAMES[one]}`}
            aria-current={one === state ? 'page' : undefined}
          >
            {texts.state[one]} ({counts[one]})
          </Link>
        ))}
      </nav>
      {counts[state] === 0 ? (
        <p>{texts.none}</p>
      ) : (
        <>
          <Narrowing {...props} t={t} />
          <p role="status">
            {total === 0 ? texts.noneFound : texts.found(total)}{' '}
            {isNarrowed && (
              <Link href={`${paths.adminCafes}?etat=${ADMIN_LIST_NAMES[state]}`}>
                {texts.clear}
              </Link>
            )}
          </p>
          {cafes.length > 0 && <CafeTable {...{ cafes, session, now, t }} />}
          <Turn {...props} t={t} />
        </>
      )}
    </AdminPage>
  )
}

const Narrowing = ({ state, words, month, months, t }: AdminListPageProps & { t: Messages }) => (
  <Form method="get" action={paths.adminCafes} class="narrowing" role="search">
    <input type="hidden" name="etat" value={ADMIN_LIST_NAMES[state]} />
    <p>
      <label for="mots">{t.admin.home.list.words}</label>
      <input id="mots" name="mots" type="search" value={words} maxlength={200} />
    </p>
    <p>
      <label for="mois">{t.admin.home.list.month}</label>
      <select id="mois" name="mois">
        <option value="">{t.admin.home.list.everyMonth}</option>
        {months.map((one) => (
          <option value={one.month} selected={one.month === month?.toString()}>
            {sentenceCase(monthAndYear(Temporal.PlainYearMonth.from(one.month), t.lang))} (
            {one.total})
          </option>
        ))}
      </select>
    </p>
    <button type="submit" class="button quiet">
      {t.admin.home.list.search}
    </button>
  </Form>
)

/** Links to the previous and the next page, where they exist. */
function Turn({ state, words, month, page, pages, t }: AdminListPageProps & { t: Messages }) {
  if (pages < 2) return null
  const texts = t.admin.home.list
  const hrefOf = (page: number) =>
    `${paths.adminCafes}?${new URLSearchParams({
      etat: ADMIN_LIST_NAMES[state],
      ...(words && { mots: words }),
      ...(month && { mois: month.toString() }),
      page: String(page),
    })}`
  return (
    <nav aria-label={texts.pages}>
      <ul class="turn">
        <li>{page > 1 && <Link href={hrefOf(page - 1)}>{texts.before}</Link>}</li>
        <li>{texts.page(page, pages)}</li>
        <li>{page < pages && <Link href={hrefOf(page + 1)}>{texts.after}</Link>}</li>
      </ul>
    </nav>
  )
}

type TableProps = {
  cafes: readonly Cafe[]
  session: AdminSession
  now: Temporal.Instant
  t: Messages
}

function CafeTable({ cafes, session, now, t }: TableProps) {
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
          <CafeRow {...{ cafe, session, now, t }} />
        ))}
      </tbody>
    </table>
  )
}

type RowProps = Omit<TableProps, 'cafes'> & { cafe: Cafe }

function CafeRow({ cafe, session, now, t }: RowProps) {
  const { col, ...texts } = t.admin.home
  const start = startsAtPlace(cafe)
  return (
    <tr>
      <td data-label={col.when}>
        {cafe.isUndated ? (
          t.cafe.dateToCome
        ) : stateOf(cafe, now) === 'postponed' ? (
          <>
            {t.cafe.dateToCome}
            <span class="line fine">
              {t.cafe.firstPlanned(t.cafe.onDay(longDate(start, t.lang)))}
            </span>
          </>
        ) : (
          <>
            <span class="day">{shortDate(start, t.lang)}</span>
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
          {awaitsConfirmation(cafe, now) && (
            <PostForm csrf={session.csrf} action={paths.confirmCafe(cafe.id)} class="inline">
              <button type="submit" class="link">
                {t.cafeStatus.confirmation.yes}
                <span class="unseen">{texts.about(cafe.title)}</span>
              </button>
            </PostForm>
          )}
          <CafeActions cafe={cafe} now={now} t={t} />
        </div>
      </td>
    </tr>
  )
}

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
