import { type CardPicture, type CardWords, versionOfCard } from '../../domain/values/card.ts'
import { createDrawings } from '../../turns/drawings.ts'

/**
 * The maximum number of cards that are kept, of some twenty kilobytes each: those of all régions and départements, and
 * of a hundred cafés.
 */
const MOST = 220

/**
 * Drawing takes a processor for a twentieth of a second, so one card is drawn at a time: several would take the threads
 * that files and passwords need too. A visitor whose `queue` is full must come again later, and keeps nobody else out.
 */
const PLACES = { all: 1, each: 1, queue: 19, waitMs: 10_000 }
const RETRY_S = 10

/** The cards are kept by their contents, since somebody can write two cards of one version. */
const findDrawing = createDrawings({ most: MOST, places: PLACES })

/**
 * What is on a card. `picture` is made only where the card is drawn, in the visitor's turn; two cards whose words and whose
 * `pictureKey` are the same are one card.
 */
export type Card = {
  words: CardWords
  pictureKey: string
  picture: () => CardPicture | Promise<CardPicture>
}

/**
 * Answers with a card as PNG; 503 while the visitor waits for too many others, or has waited for too long.
 * @param asked - `version` is that of its address, which makes it cacheable for ever where it is the current one;
 * `isPublic` is false for one that only the team may see; `visitor` is the network of the visitor.
 */
export async function cardAnswer(
  card: Card,
  {
    version,
    isPublic,
    visitor,
  }: { version: string | undefined; isPublic: boolean; visitor: string },
): Promise<Response> {
  const shown = versionOfCard(card.words)
  const bytes = await findDrawing(JSON.stringify([card.words, card.pictureKey]), visitor, () =>
    draw(card),
  )
  if (!bytes) return new Response(null, { status: 503, headers: { 'Retry-After': `${RETRY_S}` } })
  const forEver = version === shown ? 'public, max-age=31536000, immutable' : 'public, max-age=300'
  return new Response(Uint8Array.from(bytes), {
    headers: {
      'Content-Type': 'image/png',
      'Cache-Control': isPublic ? forEver : 'private, no-store',
    },
  })
}

/** Draws a card; the drawing code is loaded with the first one. */
async function draw({ words, picture }: Card): Promise<Buffer> {
  const { drawCard } = await import('../../formats/images/card.ts')
  return drawCard(words, await picture())
}
