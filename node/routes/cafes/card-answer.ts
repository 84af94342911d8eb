import { type CardWords, versionOfCard } from '../../domain/values/card.ts'

/**
 * The maximum number of cards that are kept, of some twenty kilobytes each: those of all régions and départements, and
 * of a hundred cafés.
 */
const MOST = 220

/**
 * Drawing takes a processor for a twentieth of a second; a request beyond this number of waiting cards must come again
 * later.
 */
const MOST_WAITING = 20
const RETRY_S = 10

/**
 * The cards that were asked for last, each drawn once for all simultaneous requests. They are kept by their texts,
 * since somebody can write two cards of one version.
 */
const cards = new Map<string, Promise<Buffer>>()

/** The number of cards that are being drawn or wait, and the last of them. */
let waiting = 0
let last: Promise<unknown> = Promise.resolve()

/**
 * Answers with a card as PNG; 503 while too many others wait to be drawn.
 * @param asked - `version` is that of its address, which makes it cacheable for ever where it is the current one;
 * `isPublic` is false for one that only the team may see.
 */
export async function cardAnswer(
  words: CardWords,
  { version, isPublic }: { version: string | undefined; isPublic: boolean },
): Promise<Response> {
  const shown = versionOfCard(words)
  const bytes = await findCard(words)
  if (!bytes) return new Response(null, { status: 503, headers: { 'Retry-After': `${RETRY_S}` } })
  const forEver = version === shown ? 'public, max-age=31536000, immutable' : 'public, max-age=300'
  return new Response(Uint8Array.from(bytes), {
    headers: {
      'Content-Type': 'image/png',
      'Cache-Control': isPublic ? forEver : 'private, no-store',
    },
  })
}

/** Finds or draws a card; undefined for one that is not drawn yet, while too many wait. */
function findCard(words: CardWords): Promise<Buffer> | undefined {
  const key = JSON.stringify(words)
  const known = cards.get(key)
  if (!known && waiting >= MOST_WAITING) return undefined
  cards.delete(key)
  const card = known ?? drawInTurn(words)
  cards.set(key, card)
  card.catch(() => cards.delete(key))
  const [oldest] = cards.keys()
  if (cards.size > MOST && oldest !== undefined) cards.delete(oldest)
  return card
}

/** Draws one card at a time: several would take the threads that files and passwords need too. */
function drawInTurn(words: CardWords): Promise<Buffer> {
  waiting++
  const card = last.then(() => draw(words)).finally(() => waiting--)
  last = card.catch(() => undefined)
  return card
}

/** Draws a card; the drawing code is loaded with the first one. */
async function draw(words: CardWords): Promise<Buffer> {
  const { drawCard } = await import('../../formats/images/card.ts')
  return drawCard(words)
}
