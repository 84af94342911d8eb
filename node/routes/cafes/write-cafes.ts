import type { Context as HonoContext } from 'hono'
import type { Context } from '../../context.ts'
import { splitIntoSlices } from '../../domain/cafes/cafe-size.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { describeLocation } from '../../geo/location.ts'
import type { CafeQuery } from '../../store/search/cafe-query.ts'
import { type FoundCafe, type FoundCafes, searchCafes } from '../../store/search/search.ts'
import { createFairQueue, type FairQueue } from '../../turns/fair-queue.ts'
import { giveWay, runAsLongWork } from '../../turns/turns.ts'
import { gatherText, type TaggedText } from '../http/answers.ts'
import { addressOf, networkOf } from '../http/middleware.ts'

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

/**
 * Limits of the answers that are made at once. Each holds its cafés in memory until it is written, and gives way
 * meanwhile, so without a limit all that are asked for would be in memory together: a hundred cafés of the greatest size
 * take 20 MB. Requests that wait hold nothing.
 */
const WAIT = { queue: Number.POSITIVE_INFINITY, waitMs: 60_000 }
const SHORT_PLACES = { all: 8, each: 4, ...WAIT }
const LONG_PLACES = { all: 2, each: 1, ...WAIT }

const COME_BACK_S = '30'

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
 * Makes the lines in which such answers wait for one another, for one group of routes.
 *
 * @throws DomainError `too_many` where an answer has waited for a minute.
 */
export function createLongAnswers({ db, config }: Pick<Context, 'db' | 'config'>): LongAnswers {
  const short = createFairQueue(SHORT_PLACES)
  const long = createFairQueue(LONG_PLACES)

  async function inTurn<T>(
    places: FairQueue<string>,
    c: HonoContext,
    make: () => Promise<T>,
  ): Promise<T> {
    const who = networkOf(addressOf(c.env?.incoming, config))
    const leave = await places.take(who, { signal: c.req.raw.signal })
    if (!leave) {
      c.header('Retry-After', COME_BACK_S)
      throw new DomainError('too_many', 'site.busy')
    }
    try {
      return await make()
    } finally {
      leave()
    }
  }

  return {
    ofSearch: async (c, query, write) => {
      const first = await inTurn(short, c, async () => {
        const found = await searchCafes(db, query, { size: SHORT })
        return found.isCut ? undefined : { answer: await write(found) }
      })
      if (first) return first.answer
      return inTurn(long, c, () => runAsLongWork(async () => write(await searchCafes(db, query))))
    },
    make: (c, make) => inTurn(long, c, () => runAsLongWork(make)),
  }
}
