import { indexTable } from './commune-table.ts'
import { epciTable } from './epci-communes.ts'
import { familyTable } from './territory-family.ts'

/**
 * Makes the tables of the search ahead of the first visitor, and those of the pages of territories where there are some;
 * `pause` is awaited every millisecond or so.
 */
export async function prepareTables(
  pause: () => Promise<void>,
  { isDirectory }: { isDirectory: boolean },
): Promise<void> {
  await indexTable.prepare(pause)
  if (!isDirectory) return
  await epciTable.prepare(pause)
  await familyTable.prepare(pause)
}
