import { splitIntoSlices } from '../../domain/cafes/cafe-size.ts'
import { describeLocation } from '../../geo/location.ts'
import type { FoundCafe } from '../../store/search/search.ts'
import { giveWay } from '../../turns.ts'

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
export async function writeWhole(writer: Writer, cafes: FoundCafe[]): Promise<string> {
  const chunks: string[] = []
  for await (const chunk of writeChunks(writer, [cafes])) chunks.push(chunk)
  return chunks.join('')
}
