import type { Child } from 'hono/jsx'
import type { Messages } from '../locales/messages.ts'

type PlotProps = {
  id: string
  texts: { title: string; span: string }
  /** Its sentence; undefined where only measures could tell. */
  says: string | undefined
  /** Whether anything was measured in its time; else a sentence stands for the plot and its table. */
  isMeasured: boolean
  plot: Child
  /** The headings of the table and its rows. */
  head: readonly string[]
  rows: readonly (readonly Child[])[]
  t: Messages
}

/** A plot with its sentence, and the same numbers as a table. */
export const MeasuredPlot = ({ id, texts, says, isMeasured, t, ...drawn }: PlotProps) => (
  <section class="panel" aria-labelledby={id}>
    <h2 id={id}>
      {texts.title} <small>{texts.span}</small>
    </h2>
    {says && <p>{says}</p>}
    {isMeasured ? (
      <Drawn {...{ texts, t, ...drawn }} />
    ) : (
      <p class="fine">{t.monitoring.noMeasureYet}</p>
    )}
  </section>
)

const Drawn = ({
  texts,
  plot,
  head,
  rows,
  t,
}: Pick<PlotProps, 'texts' | 'plot' | 'head' | 'rows' | 't'>) => (
  <>
    <figure>{plot}</figure>
    <details>
      <summary>
        {t.monitoring.numbers}
        <span class="unseen">
          {'\u00a0: '}
          {texts.title}
        </span>
      </summary>
      <table>
        <thead>
          <tr>
            {head.map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells]) => (
            <tr>
              <th scope="row">{name}</th>
              {cells.map((cell) => (
                <td>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  </>
)
