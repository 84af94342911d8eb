import type { Context as HonoContext } from 'hono'
import type { Context } from '../../context.ts'
import { splitIntoSlices } from '../../domain/cafes/cafe-size.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { describeLocation } from '../../geo/location.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import { type FoundCafe, type FoundCafes, searchCafes } from '../../store/search/search.ts'
import { giveWay, runAsLongWork } from '../../turns/turns.ts'
import { bytesFor, COME_BACK_S, gatherText, type TaggedText, takeMemory } from '../http/answers.ts'

/** Writes a file a few cafés at a time, like `PartWriter`; a part may need more data from the database. */
export type Writer = {
  head: string
  part: (cafes: FoundCafe[], index: number) => string | Promise<string>
  rest?: () => Iterable<string>
  foot: () => string
}

/** The number of characters that are made before the caller takes them. */
const CHUNK_SIZE = 64 * 1024

/**
 * Iterates over the document of all these cafés, a chunk at a time; it gives way whenever a slice of time is used up.
 */
export async function* writeChunks(
  writer: Writer,
  pages: AsyncIterable<FoundCafe[]> | Iterable<FoundCafe[]>,
): AsyncGenerator<string> {
  let chunk = writer.head
  for await (const piece of writePieces(writer, pages)) {
    chunk += piece
    await giveWay()
    if (chunk.length < CHUNK_SIZE) continue
    yield chunk
    chunk = ''
  }
  yield chunk + writer.foot()
}

async function* writePieces(
  { part, rest }: Writer,
  pages: AsyncIterable<FoundCafe[]> | Iterable<FoundCafe[]>,
): AsyncGenerator<string> {
  let written = 0
  for await (const cafes of pages)
    for (const slice of splitIntoSlices(cafes)) {
      yield await part(slice.map(locateCafe), written)
      written += slice.length
    }
  if (rest) yield* rest()
}

/** Adds what the tables know of a café's venue, which formats do not look up. */
const locateCafe = (cafe: FoundCafe) =>
  cafe.venue ? { ...cafe, location: describeLocation(cafe.venue) } : cafe

/** Makes the same as one text, for documents of limited size. */
export const writeWhole = (writer: Writer, cafes: FoundCafe[]): Promise<TaggedText> =>
  gatherText(writeChunks(writer, [cafes]))

/** The most characters of an answer that is made beside the long ones, about a hundred ordinary cafés. */
const SHORT = 512 * 1024

/** The bytes that a hundred cafés of the greatest size take until they are written. */
const LONG_BYTES = 20 * 1024 ** 2

/** What makes answers that hold up to a hundred whole cafés, or as much from elsewhere. */
export type LongAnswers = {
  /** Searches and writes what is found; a short answer waits for no long one. */
  ofSearch: <T>(
    c: HonoContext,
    query: CafeQuery,
    write: (found: FoundCafes) => Promise<T>,
  ) => Promise<T>
  /** Makes a long answer. */
  make: <T>(c: HonoContext, make: () => Promise<T>) => Promise<T>
}

/**
 * Makes such answers once there is memory for them: without a limit all that are asked for would be in memory together.
 *
 * @throws DomainError `busy` where an answer has waited for a minute.
 */
export function createLongAnswers({ db, config }: Pick<Context, 'db' | 'config'>): LongAnswers {
  async function waitFor(c: HonoContext, bytes: number): Promise<void> {
    if (await takeMemory(c, config, bytes)) return
    c.header('Retry-After', COME_BACK_S)
    throw new DomainError('busy', 'site.busy')
  }

  /** Writes a short answer. It is a function of its own, since a function that waits keeps all of its variables. */
  async function writeShort<T>(query: CafeQuery, write: (found: FoundCafes) => Promise<T>) {
    const found = await searchCafes(db, query, { size: SHORT })
    return found.isCut ? undefined : { answer: await write(found) }
  }

  return {
    ofSearch: async (c, query, write) => {
      await waitFor(c, bytesFor(SHORT))
      const short = await writeShort(query, write)
      if (short) return short.answer
      await waitFor(c, LONG_BYTES)
      return runAsLongWork(async () => write(await searchCafes(db, query)))
    },
    make: async (c, make) => {
      await waitFor(c, LONG_BYTES)
      return runAsLongWork(make)
    },
  }
}
