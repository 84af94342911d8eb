import { type CardWords, versionOfCard } from '../../domain/values/card.ts'

/** Some twenty kilobytes each; those of all régions and départements, and of a hundred cafés. */
const MOST = 220

/** Drawing takes a core for a twentieth of a second: whoever asks for more cards than these at once asks again later. */
const MOST_WAITING = 20
const RETRY_S = 10

/**
 * The cards that were asked for last, drawn once for all that they show, whoever asks at the same time: by their words, since
 * somebody can write two cards of one version.
 */
const cards = new Map<string, Promise<Buffer>>()

/** Those that are drawn, or wait until the one before them is. */
let waiting = 0
let last: Promise<unknown> = Promise.resolve()

/**
 * A card as PNG; 503 while too many others wait to be drawn.
 * @param asked - `version` of its address, which keeps it for ever where it is today's; `isPublic` false: for the team only.
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

/** Undefined for one that is not drawn yet, while too many wait. */
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

/** One at a time: several would take the threads that files and passwords need too. */
function drawInTurn(words: CardWords): Promise<Buffer> {
  waiting++
  const card = last.then(() => draw(words)).finally(() => waiting--)
  last = card.catch(() => undefined)
  return card
}

/** What draws is loaded with the first card. */
async function draw(words: CardWords): Promise<Buffer> {
  const { drawCard } = await import('../../formats/images/card.ts')
  return drawCard(words)
}
