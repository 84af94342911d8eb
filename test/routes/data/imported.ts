import { afterEach, beforeEach } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import type { ImportStep } from '../../../node/routes/data/imports/import-step.ts'
import { calendarOf, type Importer, startImporter } from '../../support/imports.ts'

export let here: Importer
export const read = async (...events: string[][]) => shown(await here.read(calendarOf(...events)))

/** Returns the outcome of each row, such as `created` or `aside (repeated)`. */
export const shown = (steps: ImportStep[]): string[] =>
  steps.map(({ outcome, note }) => (note ? `${outcome} (${note})` : outcome))

export async function onlyCafe(): Promise<Cafe> {
  const [cafe, ...others] = await here.cafes()
  if (!cafe || others.length > 0) throw new Error(`one café expected, not ${others.length + 1}`)
  return cafe
}

export const days = (cafes: Cafe[]): string[] =>
  cafes.map(({ startsAt, timezone }) =>
    startsAt.toZonedDateTimeISO(timezone).toPlainDateTime().toString({ smallestUnit: 'minute' }),
  )

export const standings = async () => (await here.cafes()).map(({ status }) => status)

/** Starts an importer on a database of its own before each test of a file. */
export function useImporter(): void {
  beforeEach(async () => {
    here = await startImporter()
  })
  afterEach(() => here.stop())
}
