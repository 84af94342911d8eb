import type { Statistics } from '../../node/domain/territories/statistics.ts'
import { monthAndYear, relativePast } from '../../node/domain/values/date-text.ts'
import { Bar, StackedBars } from '../components/charts.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'

export type StatisticsPageProps = {
  site: Site
  statistics: Statistics
  /** Returns the name of a département by its code. */
  nameOf: (code: string) => string
  now: Temporal.Instant
  signedIn?: boolean | undefined
}

/** Shows every figure with the numbers that it is computed from. */
export function StatisticsPage({ site, statistics, nameOf, now, signedIn }: StatisticsPageProps) {
  const t = messagesFor(site.lang)
  const isEmpty = statistics.held + statistics.toCome + statistics.cancelled === 0
  return (
    <Layout title={t.statistics.title} site={site} current={paths.statistics} signedIn={signedIn}>
      <h1>{t.statistics.title}</h1>
      <p class="lead">{t.statistics.lead}</p>
      {isEmpty ? <p>{t.statistics.none}</p> : <Numbers statistics={statistics} t={t} />}
      {!isEmpty && <Months statistics={statistics} t={t} />}
      {statistics.byDepartement.length > 0 && (
        <Departements statistics={statistics} nameOf={nameOf} t={t} />
      )}
      <section>
        <h2>{t.statistics.notCounted}</h2>
        <p>{t.statistics.notCountedText}</p>
      </section>
      <p class="hint">
        {t.statistics.counted(relativePast(statistics.countedAt, now, t.lang))}{' '}
        <Link href={paths.statisticsCsv}>{t.statistics.csv}</Link> ·{' '}
        <Link href={paths.statisticsJson}>{t.statistics.json}</Link>
      </p>
    </Layout>
  )
}

function Numbers({ statistics, t }: { statistics: Statistics; t: Messages }) {
  const w = t.statistics
  const percent = new Intl.NumberFormat(t.lang, { style: 'percent', maximumFractionDigits: 0 })
  const numbers = [
    { text: w.held(statistics.held), method: w.heldMethod, href: '#mois' },
    { text: w.toCome(statistics.toCome), method: w.toComeMethod, href: paths.home },
    {
      text:
        statistics.outsideParis === undefined
          ? `${w.outside}\u00a0: ${w.outsideNone}`
          : `${percent.format(statistics.outsideParis)} ${w.outside}`,
      method: w.outsideMethod(statistics.placed),
      href: '#departement',
    },
    {
      text: w.organizers(statistics.organizers),
      method: w.organizersMethod,
      href: paths.structures,
    },
    {
      text: w.departements(statistics.departements),
      method: w.departementsMethod,
      href: paths.map,
    },
    { text: w.cancelled(statistics.cancelled), method: w.cancelledMethod, href: '#mois' },
  ]
  return (
    <ul class="key-figures">
      {numbers.map(({ text, method, href }) => (
        <li>
          <p class="figure">
            <Emphasised text={text} />
          </p>
          <p class="hint">{method}</p>
          <Link href={href}>
            {w.data}
            <span class="unseen">
              {'\u00a0: '}
              {text}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
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

/** Above this number of months, a label is one letter, since names would overlap. */
const NAMED_MONTHS = 12
/** The maximum number of bars: two years, and the months to come. */
const MONTHS_SHOWN = 30

export function Months({
  statistics,
  t,
}: {
  statistics: Pick<Statistics, 'byMonth'>
  t: Messages
}) {
  const w = t.statistics
  const months = statistics.byMonth.slice(-MONTHS_SHOWN)
  const names = new Intl.DateTimeFormat(t.lang, {
    month: months.length > NAMED_MONTHS ? 'narrow' : 'short',
    timeZone: 'UTC',
  })
  return (
    <section aria-labelledby="mois">
      <h2 id="mois">{w.byMonth}</h2>
      <figure>
        <figcaption class="legend">
          <Shade shade="many" text={w.heldColumn} />
          <Shade shade="few" text={w.toComeColumn} />
        </figcaption>
        <StackedBars
          bars={months.map(({ month, held, toCome }) => ({
            label: names.format(Date.UTC(month.year, month.month - 1, 15)),
            title: `${monthAndYear(month, t.lang)}\u00a0: ${w.held(held)}, ${w.toCome(toCome)}`,
            parts: [
              { value: held, shade: 'many' },
              { value: toCome, shade: 'few' },
            ],
          }))}
        />
      </figure>
      <details>
        <summary>{w.table}</summary>
        <table>
          <caption>{w.byMonthPlot}</caption>
          <thead>
            <tr>
              <th scope="col">{w.month}</th>
              <Columns t={t} />
            </tr>
          </thead>
          <tbody>
            {statistics.byMonth.toReversed().map(({ month, ...totals }) => (
              <tr>
                <th scope="row">{sentenceCase(monthAndYear(month, t.lang))}</th>
                <Cells {...totals} />
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}

const Shade = ({ shade, text }: { shade: 'many' | 'few'; text: string }) => (
  <span>
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <rect class={shade} x="1" y="1" width="14" height="14" rx="3" />
    </svg>
    {text}
  </span>
)

const Columns = ({ t }: { t: Messages }) => (
  <>
    <th scope="col">{t.statistics.heldColumn}</th>
    <th scope="col">{t.statistics.toComeColumn}</th>
    <th scope="col">{t.statistics.cancelledColumn}</th>
  </>
)

const Cells = ({ held, toCome, cancelled }: Pick<Statistics, 'held' | 'toCome' | 'cancelled'>) => (
  <>
    <td>{held}</td>
    <td>{toCome}</td>
    <td>{cancelled}</td>
  </>
)

function Departements({
  statistics,
  nameOf,
  t,
}: Pick<StatisticsPageProps, 'statistics' | 'nameOf'> & { t: Messages }) {
  const w = t.statistics
  const longest = Math.max(...statistics.byDepartement.map(({ held, toCome }) => held + toCome))
  return (
    <section aria-labelledby="departement">
      <h2 id="departement">{w.byDepartement}</h2>
      <table class="by-departement">
        <thead>
          <tr>
            <th scope="col">{w.departement}</th>
            <Columns t={t} />
            <td />
          </tr>
        </thead>
        <tbody>
          {statistics.byDepartement.map(({ departement, ...totals }) => (
            <tr>
              <th scope="row">
                <Link href={paths.territory(departement)}>{nameOf(departement)}</Link>
              </th>
              <Cells {...totals} />
              <td>
                <Bar
                  of={longest}
                  parts={[
                    { value: totals.held, shade: 'many' },
                    { value: totals.toCome, shade: 'few' },
                  ]}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
