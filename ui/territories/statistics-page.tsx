import {
  allHeldOf,
  GROUPINGS,
  type SiteStatistics,
  type Statistics,
  sumOf,
} from '../../node/domain/territories/statistics.ts'
import { relativePast } from '../../node/domain/values/date-text.ts'
import { numberText, percentText } from '../../node/domain/values/number-text.ts'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { countedHref } from './counted-values.ts'
import { Baseline, daysOf, Goal } from './statistics-goal.tsx'
import { ReportedMonths } from './statistics-months.tsx'
import { Groups, type Names, Places } from './statistics-tables.tsx'

export type StatisticsPageProps = {
  site: Site
  statistics: SiteStatistics
  names: Names
  now: Temporal.Instant
  signedIn?: boolean | undefined
}

/** Shows every figure with a link to the cafés of which it is made: facts side by side, and never one score. */
export function StatisticsPage({ site, statistics, names, now, signedIn }: StatisticsPageProps) {
  const t = messagesFor(site.lang)
  const w = t.statistics
  const isDirectory = site.kind === 'hub'
  const isEmpty = allHeldOf(statistics) + statistics.toCome + statistics.cancelled === 0
  const today = now.toZonedDateTimeISO('Europe/Paris').toPlainDate()
  return (
    <Layout title={w.title} site={site} current={paths.statistics} signedIn={signedIn}>
      <h1>{isDirectory ? w.heading : w.headingOfSite}</h1>
      <p class="lead">{w.lead}</p>
      <Goal statistics={statistics} today={today} isDirectory={isDirectory} t={t} />
      {isEmpty ? <p>{w.none}</p> : <Numbers {...{ statistics, isDirectory, t }} />}
      {allHeldOf(statistics) > 0 && <ReportedMonths statistics={statistics} t={t} />}
      {GROUPINGS.map((grouping) => (
        <Groups grouping={grouping} groups={statistics.groups} t={t} />
      ))}
      {(isDirectory || statistics.byDepartement.length > 1) && (
        <Places statistics={statistics} names={names} t={t} />
      )}
      {isDirectory && <Baseline t={t} />}
      <section>
        <h2>{w.notCounted}</h2>
        <p>{w.notCountedText}</p>
      </section>
      <ul class="plain">
        <li>{w.counted(relativePast(statistics.countedAt, now, t.lang))}</li>
        <li>
          <Link href={paths.statisticsCsv}>{w.csv}</Link>
        </li>
        {GROUPINGS.map((grouping) => (
          <li>
            <Link href={`${paths.statisticsCsv}?par=${grouping}`}>{w.csvOf[grouping]}</Link>
          </li>
        ))}
        <li>
          <Link href={paths.statisticsJson}>{w.json}</Link>
        </li>
      </ul>
    </Layout>
  )
}

type Number = { text: string; method: string; href?: string | undefined }

function Numbers({
  statistics,
  isDirectory,
  t,
}: {
  statistics: SiteStatistics
  isDirectory: boolean
  t: Messages
}) {
  const w = t.statistics
  const numbers: Number[] = [
    ...listHeld(statistics, t),
    { text: w.toCome(statistics.toCome), method: w.toComeMethod, href: paths.cafes },
    ...(isDirectory
      ? [
          {
            ...{ text: w.organizers(statistics.organizers), method: w.organizersMethod },
            href: paths.structures,
          },
          {
            text: w.departements(statistics.departements),
            ...{ method: w.departementsMethod, href: paths.map },
          },
        ]
      : []),
    {
      text: w.cancelled(statistics.cancelled),
      method: w.cancelledMethod,
      href: countedHref({ annules: '1' }),
    },
  ]
  return (
    <ul class="key-figures">
      {numbers.map(({ text, method, href }) => (
        <li>
          <p class="figure">
            {href ? (
              <Link href={href}>
                <Emphasised text={text} />
              </Link>
            ) : (
              <Emphasised text={text} />
            )}
          </p>
          <p class="hint">{method}</p>
        </li>
      ))}
    </ul>
  )
}

/** The figures of cafés that took place. */
function listHeld(statistics: SiteStatistics, t: Messages): Number[] {
  const w = t.statistics
  const { recent, communes, reserved, firstTimers, askedFirst } = statistics
  const all = allHeldOf(statistics)
  const { placed, outside } = placedOf(statistics)
  const perDay = recent.held / 30
  const perDayText = numberText(perDay, t.lang, perDay < 10 ? 1 : 0)
  const share = placed === 0 ? undefined : percentText(outside / placed, t.lang)
  return [
    {
      text: w.held(all),
      method: w.heldMethod + (reserved > 0 ? w.heldReserved(reserved) : ''),
      href: countedHref(),
    },
    {
      text: perDay < 2 ? w.perDay(perDayText) : w.perDays(perDayText),
      ...{ method: w.perDayMethod, href: countedHref(daysOf(statistics)) },
    },
    {
      text: share === undefined ? `${w.outside}\u00a0: ${w.outsideNone}` : `${share} ${w.outside}`,
      ...{ method: w.outsideMethod(placed), href: countedHref({ hors: '75' }) },
    },
    {
      ...{ text: w.communes(communes), method: w.communesMethod },
      href: countedHref({ premiers: '1' }),
    },
    ...(askedFirst > 0
      ? [
          {
            text: `${percentText(firstTimers / askedFirst, t.lang)} ${w.firstTimers}`,
            ...{ method: w.firstTimersMethod(askedFirst), href: countedHref({ bilan: '1' }) },
          },
        ]
      : []),
  ]
}

/** Returns how many cafés were held at a place, and how many of these outside Paris. */
function placedOf({ byDepartement }: Pick<Statistics, 'byDepartement'>) {
  const outside = byDepartement.filter(({ departement }) => departement !== '75')
  return { placed: allHeldOf(sumOf(byDepartement)), outside: allHeldOf(sumOf(outside)) }
}

/** A text whose number, at its beginning, is emphasised. */
export function Emphasised({ text }: { text: string }) {
  const number = /^[\d\s.,]+%?/.exec(text)?.[0] ?? ''
  const noun = text.slice(number.length)
  return (
    <>
      <strong>{number.trim()}</strong> {noun.trim()}
    </>
  )
}
