import { readSpokenNames } from './asked/spoken-names.ts'
import { listCountries } from './asked-words.ts'
import { index } from './commune-table.ts'
import { joinNames, readFormerCommunes } from './communes.ts'
import { readColumns } from './data-file.ts'
import { readEpciCodes } from './epci-communes.ts'
import { listEpcisByName } from './named-areas.ts'
import { readFamily } from './territory-family.ts'
import { alphabetsOfNames } from './typos.ts'

let prepared: Promise<void> | undefined

/**
 * Makes the tables of the search ahead of the first visitor, and at a directory those of the pages of territories. They
 * are made once; after a failure the next call tries again. A caller that needs a table and does not wait for this makes
 * the table itself.
 *
 * @param pause - It is awaited before each table and after the last.
 */
export function prepareTables(
  pause: () => Promise<void>,
  { isDirectory }: { isDirectory: boolean },
): Promise<void> {
  prepared ??= makeTables(pause, isDirectory).catch((error: unknown) => {
    prepared = undefined
    throw error
  })
  return prepared
}

async function makeTables(pause: () => Promise<void>, isDirectory: boolean): Promise<void> {
  const tables = isDirectory
    ? [
        ...[readColumns, index, readFamily, readEpciCodes, readFormerCommunes, alphabetsOfNames],
        ...[readSpokenNames, listCountries, listEpcisByName, joinNames],
      ]
    : [readColumns, index]
  for (const make of tables) {
    await pause()
    make()
  }
  await pause()
}
