import { longDate, monthAndYear } from '../../node/domain/values/date-text.ts'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import { actorAlternate, type Site } from '../components/site.ts'
import { FollowPanel } from '../follow/panel.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'
import { MonthCalendar, type MonthCalendarProps } from './calendar.tsx'
import { CafeList, type ListedCafe } from './card.tsx'

/** What a list holds: cafés to come, past cafés, or all those of a month or a day. */
type ListPeriod = 'upcoming' | 'past' | Temporal.PlainYearMonth | Temporal.PlainDate

export type CafeListPageProps = {
  site: Site
  cafes: ListedCafe[]
  period: ListPeriod
  now: Temporal.Instant
  nextHref?: string | undefined
  /** Whether this is not the first page of the list. */
  continued?: boolean | undefined
  /** Whether the list of cafés to come has a link to past ones. */
  hasPast?: boolean | undefined
  calendar?: MonthCalendarProps | undefined
  /** The months of the archive, the latest first. */
  months?: { month: Temporal.PlainYearMonth; total: number }[] | undefined
  signedIn?: boolean | undefined
}

export function CafeListPage(props: CafeListPageProps) {
  const { site, cafes, period, now, nextHref, continued, hasPast, calendar, months } = props
  const t = messagesFor(site.lang)
  const title = titleOf(period, t)
  return (
    <Layout
      title={title}
      site={site}
      current={paths.cafes}
      canonical={site.origin + hrefOf(period)}
      alternates={[actorAlternate(site)]}
      noindex={continued || (typeof period !== 'string' && cafes.length === 0)}
      signedIn={props.signedIn}
    >
      <div class="split">
        <div>
          <h1>{title}</h1>
          {cafes.length === 0 && <p class="lead">{noneOf(period, t)}</p>}
          <CafeList cafes={cafes} now={now} t={t} level={2} />
          {nextHref && (
            <p class="more">
              <Link class="button quiet" href={nextHref}>
                {t.cafe.list.more}
              </Link>
            </p>
          )}
          {period !== 'upcoming' && (
            <p class="more">
              <Link href={paths.cafes}>{t.cafe.list.toNext}</Link>
            </p>
          )}
          {period !== 'past' && hasPast && (
            <p class="more">
              <Link href={paths.pastCafes}>{t.cafe.list.toPast}</Link>
            </p>
          )}
        </div>
        <aside>
          {calendar && <MonthCalendar {...calendar} t={t} />}
          {months && months.length > 0 && <Months months={months} t={t} />}
          <FollowPanel site={site} t={t} />
        </aside>
      </div>
    </Layout>
  )
}

function titleOf(period: ListPeriod, t: Messages): string {
  if (period === 'upcoming') return t.cafe.list.title
  if (period === 'past') return t.cafe.list.titlePast
  if (period instanceof Temporal.PlainDate)
    return t.cafe.calendar.dayTitle(longDate(period, t.lang))
  return t.cafe.calendar.monthTitle(monthAndYear(period, t.lang))
}

function noneOf(period: ListPeriod, t: Messages): string {
  if (period === 'upcoming') return t.cafe.list.none
  if (period === 'past') return t.cafe.list.nonePast
  return t.cafe.calendar.none
}

function hrefOf(period: ListPeriod): string {
  if (period === 'upcoming') return paths.cafes
  if (period === 'past') return paths.pastCafes
  return period instanceof Temporal.PlainDate ? paths.day(period) : paths.month(period)
}

const Months = ({
  months,
  t,
}: {
  months: NonNullable<CafeListPageProps['months']>
  t: Messages
}) => (
  <nav class="panel" aria-labelledby="mois">
    <h2 id="mois">{t.cafe.calendar.byMonth}</h2>
    <ul class="months">
      {months.map(({ month, total }) => (
        <li>
          <Link href={paths.month(month)}>{sentenceCase(monthAndYear(month, t.lang))}</Link>{' '}
          <small>{t.cafe.calendar.cafes(total)}</small>
        </li>
      ))}
    </ul>
  </nav>
)
