import {
  allHeldOf,
  type GroupCount,
  type Grouping,
  type Statistics,
  sumOf,
  type Totals,
} from '../../node/domain/territories/statistics.ts'
import { isKind } from '../../node/domain/values/structure-kinds.ts'
import { Bar } from '../components/charts.tsx'
import type { Messages } from '../locales/messages.ts'
import { askForGroup, type countedHref } from './counted-values.ts'
import { partsOf, ReportedCells, ReportedHeadings, Shade } from './statistics-months.tsx'

/** Returns the name of a territory by its code, and the région in which a département lies. */
export type Names = {
  nameOf: (code: string) => string
  regionOf: (departement: string) => string | undefined
}

type Row = Pick<Totals, 'held' | 'reported' | 'participations'> & {
  reserved?: number
  name: string
  asked: Parameters<typeof countedHref>[0]
}

type TableProps = { heading: string; caption: string; rows: readonly Row[]; t: Messages }

/** A table of what was told, with a bar of the cafés that told and the others. */
function ReportedTable({ heading, caption, rows, t }: TableProps) {
  const longest = Math.max(...rows.map(({ held, reserved = 0 }) => held + reserved))
  return (
    <table class="by-departement numbers">
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{heading}</th>
          <ReportedHeadings t={t} />
          <td />
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, ...row }) => (
          <tr>
            <th scope="row">{name}</th>
            <ReportedCells {...row} t={t} />
            <td>
              <Bar of={longest} parts={partsOf(row)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Legend = ({ t }: { t: Messages }) => (
  <p class="legend">
    <Shade shade="many" text={t.statistics.reportedColumn} />
    <Shade shade="few" text={t.statistics.unreported} />
  </p>
)

/** Where cafés were held: the régions, and folded the départements. */
export function Places({
  statistics,
  names,
  t,
}: {
  statistics: Pick<Statistics, 'byDepartement'>
  names: Names
  t: Messages
}) {
  const w = t.statistics
  const held = statistics.byDepartement.filter((each) => allHeldOf(each) > 0)
  if (held.length === 0) return null
  const regions = Map.groupBy(held, ({ departement }) => names.regionOf(departement) ?? '')
  const rows = [...regions]
    .filter(([code]) => code !== '')
    .map(([code, group]) => {
      const territoire = `r-${code}`
      return { name: names.nameOf(territoire), asked: { territoire }, ...sumOf(group) }
    })
    .toSorted(
      (one, other) =>
        other.participations - one.participations || allHeldOf(other) - allHeldOf(one),
    )
  return (
    <section class="panel" aria-labelledby="departement">
      <h2 id="departement">{w.byRegion}</h2>
      <Legend t={t} />
      <ReportedTable heading={w.region} caption={w.byRegion} rows={rows} t={t} />
      <details>
        <summary>{w.byDepartement}</summary>
        <ReportedTable
          heading={w.departement}
          caption={w.byDepartement}
          rows={held.map(({ departement, ...totals }) => ({
            ...{ name: names.nameOf(departement), asked: { territoire: departement } },
            ...totals,
          }))}
          t={t}
        />
      </details>
    </section>
  )
}

/** The rows of a group that are shown; the file has more. */
const GROUPS_SHOWN = 12

/** Shows the cafés by kind of structure, format or network. */
export function Groups({
  grouping,
  groups,
  t,
}: {
  grouping: Grouping
  groups: readonly GroupCount[]
  t: Messages
}) {
  const w = t.statistics
  const rows = groups.filter((group) => group.grouping === grouping).slice(0, GROUPS_SHOWN)
  if (rows.length === 0) return null
  return (
    <section class="panel" aria-labelledby={grouping}>
      <h2 id={grouping}>{w.groups[grouping]}</h2>
      <p class="hint">{w.groupMethods[grouping]}</p>
      <Legend t={t} />
      <ReportedTable
        heading={w.groupColumns[grouping]}
        caption={w.groups[grouping]}
        rows={rows.map(({ key, label, ...counts }) => ({
          ...counts,
          name: grouping === 'type' && isKind(key) ? t.place.kinds[key] : label,
          asked: askForGroup({ grouping, key, label }),
        }))}
        t={t}
      />
    </section>
  )
}
