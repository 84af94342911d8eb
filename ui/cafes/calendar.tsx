import { monthAndYear, weekdayNames } from '../../node/domain/values/date-text.ts'
import { weeksOf } from '../../node/domain/values/days.ts'
import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'

export type MonthCalendarProps = {
  month: Temporal.PlainYearMonth
  /** The cafés of each day, by its date: those that take place, the cancelled ones, and those that were postponed. */
  totals: ReadonlyMap<string, { total: number; cancelled: number; postponed: number }>
  /** The nearest earlier and later months that have a café. */
  before: Temporal.PlainYearMonth | undefined
  after: Temporal.PlainYearMonth | undefined
  today: Temporal.PlainDate
  /** The day whose cafés the page lists. */
  chosen?: Temporal.PlainDate | undefined
}

/** Shows a month beside the list; each day with cafés is a link to them. */
export function MonthCalendar({ t, ...calendar }: MonthCalendarProps & { t: Messages }) {
  const { month, before, after } = calendar
  return (
    <section class="panel calendar" aria-labelledby="calendrier">
      <h2 id="calendrier">
        <Link href={paths.month(month)}>{sentenceCase(monthAndYear(month, t.lang))}</Link>
      </h2>
      <table>
        <caption class="unseen">{t.cafe.calendar.caption(monthAndYear(month, t.lang))}</caption>
        <thead>
          <tr>
            {weekdayNames(t.lang).map((name) => (
              <th scope="col">
                <abbr title={name}>{name.slice(0, 2)}</abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr>
              {week.map((day) => (
                <Day day={day} {...calendar} t={t} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {(before || after) && (
        <ul class="turn">
          {before && (
            <li>
              <Link href={paths.month(before)}>
                {t.cafe.calendar.before(monthAndYear(before, t.lang))}
              </Link>
            </li>
          )}
          {after && (
            <li>
              <Link href={paths.month(after)}>
                {t.cafe.calendar.after(monthAndYear(after, t.lang))}
              </Link>
            </li>
          )}
        </ul>
      )}
    </section>
  )
}

type DayProps = Pick<MonthCalendarProps, 'totals' | 'today' | 'chosen'> & {
  day: Temporal.PlainDate | undefined
  t: Messages
}

function Day({ day, totals, today, chosen, t }: DayProps) {
  if (!day) return <td />
  const counts = totals.get(day.toString())
  const isToday = day.equals(today)
  return (
    <td class={isToday ? 'today' : undefined}>
      {counts ? (
        <Link
          href={paths.day(day)}
          class={counts.total === 0 ? 'none-held' : undefined}
          aria-current={chosen?.equals(day) ? 'page' : undefined}
        >
          {day.day}
          <span class="unseen">{t.cafe.calendar.cafesOfDay(counts)}</span>
        </Link>
      ) : (
        day.day
      )}
      {isToday && <span class="unseen">{t.cafe.calendar.today}</span>}
    </td>
  )
}
