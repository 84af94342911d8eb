import {
  allHeldOf,
  GROUPINGS,
  type SiteStatistics,
} from '../../node/domain/territories/statistics.ts'
import { relativePast } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { Baseline, Goal } from './statistics-goal.tsx'
import { ReportedMonths } from './statistics-months.tsx'
import { Numbers } from './statistics-numbers.tsx'
import { Groups, type Names, Places } from './statistics-tables.tsx'

export type StatisticsPageProps = {
  site: Site
  statistics: SiteStatistics
  names: Names
  now: Temporal.Instant
  /** The certificate of what the structure of the site has done; undefined at a directory, and where nothing took place. */
  certificateHref?: string | undefined
  signedIn?: boolean | undefined
}

/** Shows every figure with a link to the cafés of which it is made: facts side by side, and never one score. */
export function StatisticsPage(props: StatisticsPageProps) {
  const { site, statistics, names, now, signedIn, certificateHref } = props
  const t = messagesFor(site.lang)
  const w = t.statistics
  const isDirectory = site.kind === 'hub'
  const isEmpty = allHeldOf(statistics) + statistics.toCome + statistics.cancelled === 0
  const today = dayInParis(now)
  return (
    <Layout title={w.title} site={site} current={paths.statistics} signedIn={signedIn}>
      <h1>{isDirectory ? w.heading : w.headingOfSite}</h1>
      <p class="lead">{w.lead}</p>
      <Goal statistics={statistics} today={today} isDirectory={isDirectory} t={t} />
      {isEmpty ? <p>{w.none}</p> : <Numbers {...{ statistics, isDirectory, t }} />}
      {allHeldOf(statistics) > 0 && <ReportedMonths statistics={statistics} t={t} />}
      <div class="plots groups">
        {GROUPINGS.map((grouping) => (
          <Groups grouping={grouping} groups={statistics.groups} t={t} />
        ))}
        {(isDirectory || statistics.byDepartement.length > 1) && (
          <Places statistics={statistics} names={names} t={t} />
        )}
      </div>
      {isDirectory && <Baseline t={t} />}
      <section>
        <h2>{w.notCounted}</h2>
        <p>{w.notCountedText}</p>
      </section>
      <ul class="plain">
        {certificateHref && (
          <li>
            <Link href={certificateHref}>{t.certificate.link}</Link>
          </li>
        )}
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
