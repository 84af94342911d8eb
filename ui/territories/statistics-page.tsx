import type { Figures } from '../../node/domain/territories/statistics.ts'
import { monthAndYear, relativePast } from '../../node/domain/values/date-text.ts'
import { Bar, StackedBars } from '../components/charts.tsx'
import { Layout } from '../components/layout.tsx'
import type { Site } from '../components/site.ts'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { sentenceCase } from '../locales/typography.ts'
import { paths } from '../paths.ts'

export type FiguresPageProps = {
  site: Site
  figures: Figures
  /** Of a département, by its code. */
  nameOf: (code: string) => string
  now: Temporal.Instant
  signedIn?: boolean | undefined
}

/** Every figure with what it is made of. */
export function FiguresPage({ site, figures, nameOf, now, signedIn }: FiguresPageProps) {
  const t = stringsFor(site.lang)
  const isEmpty = figures.held + figures.toCome + figures.cancelled === 0
  return (
    <Layout title={t.figures.title} site={site} current={paths.figures} signedIn={signedIn}>
      <h1>{t.figures.title}</h1>
      <p class="lead">{t.figures.lead}</p>
      {isEmpty ? <p>{t.figures.none}</p> : <Numbers figures={figures} t={t} />}
      {!isEmpty && <Months figures={figures} t={t} />}
      {figures.byDepartement.length > 0 && <Departements figures={figures} nameOf={nameOf} t={t} />}
      <section>
        <h2>{t.figures.notCounted}</h2>
        <p>{t.figures.notCountedText}</p>
      </section>
      <p class="hint">
        {t.figures.counted(relativePast(figures.countedAt, now, t.lang))}{' '}
        <a href={paths.figuresCsv}>{t.figures.csv}</a> ·{' '}
        <a href={paths.figuresJson}>{t.figures.json}</a>
      </p>
    </Layout>
  )
}

function Numbers({ figures, t }: { figures: Figures; t: Strings }) {
  const w = t.figures
  const percent = new Intl.NumberFormat(t.lang, { style: 'percent', maximumFractionDigits: 0 })
  const numbers = [
    { words: w.held(figures.held), method: w.heldMethod, href: '#mois' },
    { words: w.toCome(figures.toCome), method: w.toComeMethod, href: paths.home },
    {
      words:
        figures.outsideParis === undefined
          ? `${w.outside} : ${w.outsideNone}`
          : `${percent.format(figures.outsideParis)} ${w.outside}`,
      method: w.outsideMethod(figures.placed),
      href: '#departement',
    },
    { words: w.organizers(figures.organizers), method: w.organizersMethod, href: paths.structures },
    { words: w.departements(figures.departements), method: w.departementsMethod, href: paths.map },
    { words: w.cancelled(figures.cancelled), method: w.cancelledMethod, href: '#mois' },
  ]
  return (
    <ul class="key-figures">
      {numbers.map(({ words, method, href }) => (
        <li>
          <p class="figure">
            <Emphasised words={words} />
          </p>
          <p class="hint">{method}</p>
          <a href={href}>
            {w.data}
            <span class="unseen"> : {words}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

/** The number large, its noun after it. */
function Emphasised({ words }: { words: string }) {
  const number = /^[\d\s.,]+%?/.exec(words)?.[0] ?? ''
  const noun = words.slice(number.length)
  return (
    <>
      <strong>{number.trim()}</strong> {noun.trim()}
    </>
  )
}

/** More names than that would touch each other: a letter each. */
const NAMED_MONTHS = 12
/** Two years and what is to come: more bars could not be told apart. */
const MONTHS_SHOWN = 30

export function Months({ figures, t }: { figures: Pick<Figures, 'byMonth'>; t: Strings }) {
  const w = t.figures
  const months = figures.byMonth.slice(-MONTHS_SHOWN)
  const names = new Intl.DateTimeFormat(t.lang, {
    month: months.length > NAMED_MONTHS ? 'narrow' : 'short',
    timeZone: 'UTC',
  })
  return (
    <section aria-labelledby="mois">
      <h2 id="mois">{w.byMonth}</h2>
      <figure>
        <figcaption class="legend">
          <Shade shade="many" words={w.heldColumn} />
          <Shade shade="few" words={w.toComeColumn} />
        </figcaption>
        <StackedBars
          bars={months.map(({ month, held, toCome }) => ({
            label: names.format(Date.UTC(month.year, month.month - 1, 15)),
            title: `${monthAndYear(month, t.lang)} : ${w.held(held)}, ${w.toCome(toCome)}`,
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
            {figures.byMonth.toReversed().map(({ month, ...totals }) => (
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

const Shade = ({ shade, words }: { shade: 'many' | 'few'; words: string }) => (
  <span>
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <rect class={shade} x="1" y="1" width="14" height="14" rx="3" />
    </svg>
    {words}
  </span>
)

const Columns = ({ t }: { t: Strings }) => (
  <>
    <th scope="col">{t.figures.heldColumn}</th>
    <th scope="col">{t.figures.toComeColumn}</th>
    <th scope="col">{t.figures.cancelledColumn}</th>
  </>
)

const Cells = ({ held, toCome, cancelled }: Pick<Figures, 'held' | 'toCome' | 'cancelled'>) => (
  <>
    <td>{held}</td>
    <td>{toCome}</td>
    <td>{cancelled}</td>
  </>
)

function Departements({
  figures,
  nameOf,
  t,
}: Pick<FiguresPageProps, 'figures' | 'nameOf'> & { t: Strings }) {
  const w = t.figures
  const longest = Math.max(...figures.byDepartement.map(({ held, toCome }) => held + toCome))
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
          {figures.byDepartement.map(({ departement, ...totals }) => (
            <tr>
              <th scope="row">
                <a href={paths.territory(departement)}>{nameOf(departement)}</a>
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
