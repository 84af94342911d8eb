import type { Context } from '../context.ts'
import { splitIntoSlices } from '../domain/cafes/cafe-size.ts'
import { OPEN_DATA_COLUMNS } from '../formats/csv/cafe-columns.ts'
import { csvParts } from '../formats/csv/write.ts'
import {
  addPlace,
  type MediationPlace,
  mediationHead,
  mediationRows,
} from '../formats/mediation/export.ts'
import { geoJsonParts } from '../formats/web/geojson.ts'
import { describeLocation } from '../geo/location.ts'
import { signedLines } from '../store/cafes/cafe-documents.ts'
import {
  createOpenData,
  findOpenData,
  isOpenDataWanted,
  type NewOpenData,
  requestOpenData,
} from '../store/files/open-data.ts'
import { searchPages } from '../store/search/search-pages.ts'
import { giveWay } from '../turns/turns.ts'

type DumpContext = Pick<Context, 'db' | 'config' | 'now'>

/** Requests the files every night. A worker makes them, so that no two are made at once. */
export async function planDump(context: Context): Promise<void> {
  await requestOpenData(context.db, context.now())
  context.wake()
}

/** How old an edition is at least when the next one is made: a server that loses and regains trust may request many. */
const LEAST_AGE = Temporal.Duration.from({ minutes: 15 })

/** Makes the files of open data when they are requested; soon after the last edition the request waits. */
export async function dumpIfRequested(context: DumpContext, signal: AbortSignal): Promise<void> {
  const known = await findOpenData(context)
  if (known && isYounger(known.createdAt, context.now())) return
  if (await isOpenDataWanted(context.db, known)) await dump(context, signal)
}

const isYounger = (createdAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(createdAt.add(LEAST_AGE), now) > 0

/**
 * Writes everything that is public, past and upcoming, a few cafés at a time: pages are answered in between. Nothing is
 * published of an edition whose making was stopped.
 *
 * @internal
 */
export async function dump(
  context: DumpContext,
  signal = new AbortController().signal,
): Promise<void> {
  const made = await createOpenData(context, context.now())
  try {
    const counted = await writeFiles(context.db, made.files, signal)
    await made.publish(counted)
  } catch (error) {
    await made.abandon()
    if (!signal.aborted) throw error
  }
}

async function writeFiles(
  db: Context['db'],
  files: NewOpenData['files'],
  signal: AbortSignal,
): Promise<{ cafes: number; places: number }> {
  const table = csvParts(OPEN_DATA_COLUMNS)
  const map = geoJsonParts(OPEN_DATA_COLUMNS)
  const places = new Map<string, MediationPlace>()
  let written = 0
  await files['cafes-ia.csv'].write(table.head)
  await files['cafes-ia.geojson'].write(map.head)
  for await (const { cafes } of searchPages(db, { from: undefined, openTo: 'all' })) {
    for (const some of splitIntoSlices(cafes)) {
      const slice = some.map((cafe) => ({
        ...cafe,
        location: cafe.venue && describeLocation(cafe.venue),
      }))
      signal.throwIfAborted()
      await files['cafes-ia.csv'].write(table.part(slice, written))
      await giveWay()
      await files['cafes-ia.geojson'].write(map.part(slice, written))
      await giveWay()
      const uris = slice.map(({ uri }) => uri)
      await files['cafes-ia.ndjson'].write(await signedLines(db, uris))
      for (const cafe of slice) addPlace(places, cafe)
      written += slice.length
      await giveWay()
    }
  }
  await files['cafes-ia.csv'].write(table.foot())
  await files['cafes-ia.geojson'].write(map.foot())
  await files['lieux-de-mediation.csv'].write(mediationHead())
  for (const some of inHundreds([...places])) {
    signal.throwIfAborted()
    await files['lieux-de-mediation.csv'].write(mediationRows(some))
    await giveWay()
  }
  return { cafes: written, places: places.size }
}

function* inHundreds<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += 100) yield items.slice(start, start + 100)
}
