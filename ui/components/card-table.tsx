import type { Child } from 'hono/jsx'

/** The heading of a column, and a function that returns its cell for a row. */
export type Column<Row> = readonly [heading: string, cell: (row: Row) => Child]

export type TableProps<Row> = {
  rows: readonly Row[]
  /** A column that is `false` is left out. */
  columns: readonly (Column<Row> | false)[]
  /** The column whose cells are the headings of their rows: the first by default. */
  nameColumn?: number | undefined
  /** Whether the cells of all columns are plain cells. */
  isUnnamed?: boolean
  /** Whether a narrow screen shows the cells without the headings of their columns, the last one beside the others. */
  isCompact?: boolean | undefined
  /** The box by which a row is chosen together with others, in a cell before all others. */
  tick?: { heading: string; cell: (row: Row) => Child } | undefined
}

/** A table that a narrow screen shows as one card for each row, where each cell repeats the heading of its column. */
export function CardTable<Row>(props: TableProps<Row>) {
  const { rows, columns, nameColumn = 0, isUnnamed, isCompact, tick } = props
  const shown = columns.filter((column) => column !== false)
  return (
    <table class={isCompact ? 'cards compact' : 'cards'}>
      <thead>
        <tr>
          {tick && (
            <th scope="col">
              <span class="unseen">{tick.heading}</span>
            </th>
          )}
          {shown.map(([heading]) => (
            <th scope="col">{heading}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {tick && <td class="tick">{tick.cell(row)}</td>}
            {shown.map(([heading, cell], index) =>
              index === nameColumn && !isUnnamed ? (
                <th scope="row" data-label={heading}>
                  {cell(row)}
                </th>
              ) : (
                <td data-label={heading}>{cell(row)}</td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
