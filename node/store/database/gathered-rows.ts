import { sql } from 'kysely'
import { type Database, removeAnswers } from './database.ts'

/**
 * Writes rows of one kind, in few statements. The rows of one kind are written in the order in which they were added,
 * and before those of a kind that was first used later.
 */
type Write<Row> = (trx: Database, rows: readonly Row[]) => Promise<void>

/** The rows of each way to write them, in the order in which these were first used. */
type Gathered = Map<Write<never>, unknown[]>

const gatherings = new WeakMap<Database, Gathered>()

/**
 * Runs work that adds many rows, and writes them together at its end, with the same result as if each had been written
 * when it was added: what reads them, or must come after them, calls `writeGathered` first.
 */
export async function gatherRows(trx: Database, work: () => Promise<void>): Promise<void> {
  gatherings.set(trx, new Map())
  try {
    await work()
    await writeGathered(trx)
  } finally {
    gatherings.delete(trx)
  }
}

/** Writes a row: at the end of `gatherRows`, or at once outside of it. */
export async function addRow<Row>(trx: Database, write: Write<Row>, row: Row): Promise<void> {
  const gathered = gatherings.get(trx)
  if (!gathered) return write(trx, [row])
  const rows = gathered.get(write)
  if (rows) rows.push(row)
  else gathered.set(write, [row])
}

/** Lists the rows that wait to be written in this way. */
export const listGathered = <Row>(trx: Database, write: Write<Row>): readonly Row[] =>
  (gatherings.get(trx)?.get(write) ?? []) as Row[]

/** Writes the rows that wait, and those that are added meanwhile. */
export async function writeGathered(trx: Database): Promise<void> {
  for (let gathered = gatherings.get(trx); gathered?.size; gathered = gatherings.get(trx)) {
    gatherings.set(trx, new Map())
    for (const [write, rows] of gathered) await write(trx, rows as never[])
  }
}

/** Tries work out: undoes all that it wrote in the transaction, and returns what it returned. */
export async function tryOut<T>(trx: Database, work: () => Promise<T>): Promise<T> {
  await writeGathered(trx)
  await sql`savepoint trial`.execute(trx)
  const result = await work()
  await writeGathered(trx)
  await sql`rollback to savepoint trial`.execute(trx)
  removeAnswers(trx)
  return result
}
