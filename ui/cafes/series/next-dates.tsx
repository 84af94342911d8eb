import { type Cafe, endsAtPlace, startsAtPlace } from '../../../node/domain/cafes/cafe.ts'
import type { Recurrence } from '../../../node/domain/series/recurrence.ts'
import { rhythmWords } from '../../../node/domain/series/words.ts'
import { clockRange, longDate } from '../../../node/domain/values/date-text.ts'
import { CalendarIcon, RepeatIcon } from '../../components/icons.tsx'
import { Link } from '../../components/link.tsx'
import { Time } from '../../components/time.tsx'
import type { Messages } from '../../locales/messages.ts'
import { sentenceCase } from '../../locales/typography.ts'
import { DATES_ID, placeOf } from '../card.tsx'
import { stateOf } from '../state.ts'
import { DayTile } from './several-dates.tsx'

/** The series of a café, as its page shows it. */
export type ShownSeries = {
  /** When it takes place; undefined where its server did not say. */
  recurrence: Recurrence | undefined
  /** The page of the series, and the file with all of its dates, where there are any. */
  href?: string | undefined
  calendarHref?: string | undefined
  /** The dates to come, the soonest first. */
  dates: readonly { cafe: Cafe; href: string }[]
  /** Whether there are more than these. */
  hasMore: boolean
}

/** The number of dates that are not folded. */
const SHOWN = 5

/** Says above a title how often a café takes place. */
export const Rhythm = ({ recurrence, t }: Pick<ShownSeries, 'recurrence'> & { t: Messages }) =>
  recurrence ? (
    <p class="kicker">
      <RepeatIcon />
      {sentenceCase(rhythmWords(recurrence, t.lang))}
    </p>
  ) : null

type DatesProps = {
  series: ShownSeries
  /** The café whose page this is. */
  current?: Pick<Cafe, 'id'> | undefined
  now: Temporal.Instant
  t: Messages
}

/** The next dates of a series, each with its own page. */
export function NextDates({ series, current, now, t }: DatesProps) {
  const { dates, href, calendarHref, hasMore } = series
  const texts = t.series.dates
  if (dates.length === 0) return null
  const rows = dates.map((date) => (
    <DateRow
      {...date}
      usual={usualOf(dates)}
      isCurrent={date.cafe.id === current?.id}
      {...{ now, t }}
    />
  ))
  return (
    <section class="next-dates" aria-labelledby={DATES_ID}>
      <div class="heading-with-link">
        <h2 id={DATES_ID}>{texts.heading}</h2>
        {calendarHref && (
          <Link href={calendarHref}>
            <CalendarIcon />
            {texts.calendar}
          </Link>
        )}
      </div>
      <ul class="rows dates">{rows.slice(0, SHOWN)}</ul>
      {rows.length > SHOWN && (
        <details>
          <summary>{texts.others(rows.length - SHOWN, hasMore)}</summary>
          <ul class="rows dates">{rows.slice(SHOWN)}</ul>
        </details>
      )}
      {href && (
        <p>
          <Link href={href}>{texts.page}</Link>
        </p>
      )}
    </section>
  )
}

/** The place and the hours that most of the dates have. */
type Usual = { place: string; hours: string }

const hoursOf = (cafe: Cafe): string => clockRange(startsAtPlace(cafe), endsAtPlace(cafe))
const whereOf = ({ venue, attendanceMode }: Cafe): string => venue?.name ?? attendanceMode

const usualOf = (dates: ShownSeries['dates']): Usual => ({
  place: mostFrequent(dates.map(({ cafe }) => whereOf(cafe))),
  hours: mostFrequent(dates.map(({ cafe }) => hoursOf(cafe))),
})

const mostFrequent = (texts: readonly string[]): string =>
  [...Map.groupBy(texts, (text) => text)].reduce(
    (most, each) => (each[1].length > most[1].length ? each : most),
    ['', []] as [string, string[]],
  )[0]

type RowProps = {
  cafe: Cafe
  href: string
  usual: Usual
  isCurrent: boolean
  now: Temporal.Instant
  t: Messages
}

function DateRow({ cafe, href, usual, isCurrent, now, t }: RowProps) {
  const texts = t.series.dates
  const start = startsAtPlace(cafe)
  const state = stateOf(cafe, now)
  const day = <Time at={start} text={sentenceCase(longDate(start, t.lang))} />
  const isMoved = whereOf(cafe) !== usual.place
  return (
    <li class={state ? `is-${state}` : undefined}>
      <DayTile day={start.toPlainDate()} t={t} />
      <div>
        <p>
          {isCurrent ? <strong>{day}</strong> : <Link href={href}>{day}</Link>}
          {isCurrent && <span class="tag">{texts.thisPage}</span>}
        </p>
        <p>
          {state && <span class="state">{t.cafe.state[state]}</span>}
          {hoursOf(cafe) !== usual.hours && clockRange(start, endsAtPlace(cafe), t.lang)}
          {isMoved && (
            <>
              <span class="tag">{texts.moved}</span> {placeOf(cafe, t)}
            </>
          )}
          {cafe.statusNote}
        </p>
      </div>
    </li>
  )
}
