import type { Problem, ProblemCode } from '../../domain/values/problem.ts'
import { cleanText } from '../text/clean-text.ts'
import type { Column } from './columns.ts'
import type { Table, TableRow } from './table.ts'

/** The cells of one row by the meaning of their column; `''` for a column that the table does not have. */
export type Cells = {
  read: (column: Column, max?: number) => string
  readLines: (column: Column) => string
  /** Returns the value of a cell; undefined, with a problem that names the column, when it cannot be read. */
  check: <T>(
    column: Column,
    field: string,
    code: ProblemCode,
    parse: (text: string) => T | undefined,
  ) => T | undefined
  problem: (column: Column, field: string, code: ProblemCode) => void
}

/** Reads the cells of a row. `problems` grows as they are checked; a problem's detail is `header: content`. */
export function readCells(table: Table, row: TableRow): { cells: Cells; problems: Problem[] } {
  const problems: Problem[] = []
  const readLines: Cells['readLines'] = (column) => row.cells[table.columns.get(column) ?? -1] ?? ''
  const read: Cells['read'] = (column, max = 500) => cleanText(readLines(column), max)
  const problem: Cells['problem'] = (column, field, code) => {
    const header = table.headers[table.columns.get(column) ?? -1]
    const detail = [header, read(column, 100)].filter(Boolean).join(': ')
    problems.push(detail === '' ? { field, code } : { field, code, detail })
  }
  const check: Cells['check'] = (column, field, code, parse) => {
    const text = read(column)
    const value = text === '' ? undefined : parse(text)
    if (text !== '' && value === undefined) problem(column, field, code)
    return value
  }
  return { cells: { read, readLines, check, problem }, problems }
}
