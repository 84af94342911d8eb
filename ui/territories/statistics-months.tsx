import {
  allHeldOf,
  NO_TOTALS,
  type Statistics,
  type Totals,
} from '../../node/domain/territories/statistics.ts'
import { monthAndYear } from '../../node/domain/values/date-text.ts'
import { numberText, percentText } from '../../node/domain/values/number-text.ts'
import { type StackedBar, StackedBars } from '../components/charts.tsx'
import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { countedHref } from './counted-values.ts'

type Props = { statistics: Pick<Statistics, 'byMonth'>; t: Messages }
type Month = Props['statistics']['byMonth'][number]

/** Above this number of months, a label is one letter, since names would overlap. */
const NAMED_MONTHS = 12
/** The maximum number of bars: two years, and the months to come. */
const MONTHS_SHOWN = 30

/** Adds months without a café before the first ones, up to a year. */
function withYear(months: readonly Month[]): readonly Month[] {
  const [first] = months
  if (!first) return months
  const before = Array.from({ length: Math.max(0, NAMED_MONTHS - months.length) }, (_, at) => ({
    ...NO_TOTALS,
    month: first.month.subtract({ months: at + 1 }),
  }))
  return [...before.toReversed(), ...months]
}

/** Draws one bar for each of the latest months. */
function MonthBars({
  months,
  t,
  toBar,
}: {
  months: readonly Month[]
  t: Messages
  /** Returns the words of a month's bar, and its parts. */
  toBar: (month: Month) => { text: string; parts: StackedBar['parts'] }
}) {
  const shown = withYear(months).slice(-MONTHS_SHOWN)
  const names = new Intl.DateTimeFormat(t.lang, {
    month: shown.length > NAMED_MONTHS ? 'narrow' : 'short',
    timeZone: 'UTC',
  })
  const bars = shown.map((each) => {
    const { text, parts } = toBar(each)
    return {
      label: names.format(Date.UTC(each.month.year, each.month.month - 1, 15)),
      title: `${monthAndYear(each.month, t.lang)}\u00a0: ${text}`,
      parts,
    }
  })
  return <StackedBars bars={bars} lang={t.lang} />
}

/** Shows the cafés held and to come of each month. */
export function Months({ statistics, t }: Props) {
  const w = t.statistics
  return (
    <section aria-labelledby="mois">
      <h2 id="mois">{w.byMonth}</h2>
      <figure>
        <figcaption class="legend">
          <Shade shade="many" text={w.heldColumn} />
          <Shade shade="few" text={w.toComeColumn} />
        </figcaption>
        <MonthBars
          months={statistics.byMonth}
          t={t}
          toBar={({ held, toCome }) => ({
            text: `${w.held(held)}, ${w.toCome(toCome)}`,
            parts: [
              { value: held, shade: 'many' },
              { value: toCome, shade: 'few' },
            ],
          })}
        />
      </figure>
      <details>
        <summary>{w.table}</summary>
        <table>
          <caption>{w.byMonthPlot}</caption>
          <thead>
            <tr>
              <th scope="col">{w.month}</th>
              <th scope="col">{w.heldColumn}</th>
              <th scope="col">{w.toComeColumn}</th>
              <th scope="col">{w.cancelledColumn}</th>
            </tr>
          </thead>
          <tbody>
            {statistics.byMonth.toReversed().map(({ month, held, toCome, cancelled }) => (
              <tr>
                <th scope="row">{sentenceCase(monthAndYear(month, t.lang))}</th>
                <td>{held}</td>
                <td>{toCome}</td>
                <td>{cancelled}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}

/** Shows what was told of each month’s cafés, and how many told. */
export function ReportedMonths({ statistics, t }: { statistics: Statistics; t: Messages }) {
  const w = t.statistics
  const past = statistics.byMonth.filter((month) => allHeldOf(month) > 0)
  const share = percentText(statistics.reported / Math.max(1, allHeldOf(statistics)), t.lang)
  return (
    <section aria-labelledby="mois">
      <h2 id="mois">{w.byMonth}</h2>
      <div class="plots">
        {statistics.reported > 0 && (
          <figure>
            <figcaption>
              <h3>{w.participationsPlot}</h3>
              <p class="hint">{w.participationsMethod(share)}</p>
            </figcaption>
            <MonthBars
              months={past}
              t={t}
              toBar={({ participations }) => ({
                text: w.participations(participations),
                parts: [{ value: participations, shade: 'many' }],
              })}
            />
          </figure>
        )}
        <figure>
          <figcaption>
            <h3>{w.reportedPlot}</h3>
            <p class="legend">
              <Shade shade="many" text={w.reportedColumn} />
              <Shade shade="few" text={w.unreported} />
            </p>
          </figcaption>
          <MonthBars
            months={past}
            t={t}
            toBar={(month) => ({
              text: w.reportedTitle(month.reported, allHeldOf(month)),
              parts: partsOf(month),
            })}
          />
        </figure>
      </div>
      <MonthTable statistics={statistics} t={t} />
    </section>
  )
}

/** Returns the parts of a bar of cafés: those that told, and the others. */
export const partsOf = (counts: Pick<Totals, 'held' | 'reported'> & { reserved?: number }) =>
  [
    { value: counts.reported, shade: 'many' },
    { value: counts.held + (counts.reserved ?? 0) - counts.reported, shade: 'few' },
  ] satisfies StackedBar['parts']

function MonthTable({ statistics, t }: Props) {
  const w = t.statistics
  return (
    <details>
      <summary>{w.table}</summary>
      <table class="numbers">
        <caption>{w.tableCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{w.month}</th>
            <ReportedHeadings t={t} />
            <th scope="col">{w.toComeColumn}</th>
            <th scope="col">{w.cancelledColumn}</th>
          </tr>
        </thead>
        <tbody>
          {statistics.byMonth.toReversed().map(({ month, ...totals }) => (
            <tr>
              <th scope="row">{sentenceCase(monthAndYear(month, t.lang))}</th>
              <ReportedCells {...totals} asked={{ mois: month.toString() }} t={t} />
              <td>
                {linkOf(
                  totals.toCome,
                  countedHref({ annonces: 'a-venir', mois: month.toString() }),
                  t,
                )}
              </td>
              <td>
                {linkOf(totals.cancelled, countedHref({ annules: '1', mois: month.toString() }), t)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

/** The headings of what was told of a row’s cafés. */
export const ReportedHeadings = ({ t }: { t: Messages }) => (
  <>
    <th scope="col">{t.statistics.participationsColumn}</th>
    <th scope="col">{t.statistics.reportedColumn}</th>
    <th scope="col">{t.statistics.heldColumn}</th>
  </>
)

/** Returns a number as a link to the cafés that it counts, where there is one. */
const linkOf = (n: number, href: string, t: Messages) =>
  n > 0 ? <Link href={href}>{numberText(n, t.lang)}</Link> : '0'

type CellsProps = Pick<Totals, 'held' | 'reported' | 'participations'> & {
  reserved?: number | undefined
  /** What narrows the cafés of this row. */
  asked: Parameters<typeof countedHref>[0]
  t: Messages
}

/** The cells of what was told of a row’s cafés, each a link to those cafés. */
export function ReportedCells({
  held,
  reserved = 0,
  reported,
  participations,
  asked,
  t,
}: CellsProps) {
  const all = held + reserved
  const reportedHref = countedHref({ ...asked, bilan: '1' })
  return (
    <>
      <td>
        {reported > 0 && <Link href={reportedHref}>{numberText(participations, t.lang)}</Link>}
      </td>
      <td>
        {linkOf(reported, reportedHref, t)}
        {reported > 0 && <small> {percentText(reported / all, t.lang)}</small>}
      </td>
      <td>{linkOf(all, countedHref(asked), t)}</td>
    </>
  )
}

export const Shade = ({ shade, text }: { shade: 'many' | 'few'; text: string }) => (
  <span>
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <rect class={shade} x="1" y="1" width="14" height="14" rx="3" />
    </svg>
    {text}
  </span>
)
