import { index } from './commune-table.ts'
import { readFormerCommunes } from './communes.ts'
import { forgetColumns, readColumns } from './data-file.ts'
import { readEpciCodes } from './epci-communes.ts'
import { readFamily } from './territory-family.ts'

/**
 * Makes the tables of the search ahead of the first visitor, and those of the pages of territories where there are
 * some; `pause` is awaited between them. A caller that needs a table earlier makes it.
 */
export async function prepareTables(
  pause: () => Promise<void>,
  { isDirectory }: { isDirectory: boolean },
): Promise<void> {
  const tables = isDirectory
    ? [readColumns, index, readFamily, readEpciCodes, readFormerCommunes]
    : [readColumns, index]
  for (const make of tables) {
    await pause()
    make()
  }
  forgetColumns()
}
