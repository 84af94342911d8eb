import type { Child } from 'hono/jsx'

/** The heading of a column, and a function that returns its cell for a row. */
type Column<Row> = readonly [heading: string, cell: (row: Row) => Child]

type Props<Row> = {
  rows: readonly Row[]
  /** A column that is `false` is left out. */
  columns: readonly (Column<Row> | false)[]
  /** Whether the cells of the first column are plain cells, and not the headings of their rows. */
  isUnnamed?: boolean
}

/** A table that a narrow screen shows as one card for each row, where each cell repeats the heading of its column. */
export function CardTable<Row>({ rows, columns, isUnnamed }: Props<Row>) {
  const shown = columns.filter((column) => column !== false)
  return (
    <table class="cards">
      <thead>
        <tr>
          {shown.map(([heading]) => (
            <th scope="col">{heading}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {shown.map(([heading, cell], index) =>
              index === 0 && !isUnnamed ? (
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
