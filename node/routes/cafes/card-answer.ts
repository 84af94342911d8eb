import { type CardWords, versionOfCard } from '../../domain/values/card.ts'

/** Some forty kilobytes each. */
const MOST = 100

/** The cards that were asked for last, drawn once for all that they show, whoever asks at the same time. */
const cards = new Map<string, Promise<Buffer>>()

/**
 * A card as PNG.
 * @param asked - `version` of its address, which keeps it for ever where it is today's; `isPublic` false: for the team only.
 */
export async function cardAnswer(
  words: CardWords,
  { version, isPublic }: { version: string | undefined; isPublic: boolean },
): Promise<Response> {
  const shown = versionOfCard(words)
  const bytes = await findCard(shown, words)
  const forEver = version === shown ? 'public, max-age=31536000, immutable' : 'public, max-age=300'
  return new Response(Uint8Array.from(bytes), {
    headers: {
      'Content-Type': 'image/png',
      'Cache-Control': isPublic ? forEver : 'private, no-store',
    },
  })
}

function findCard(key: string, words: CardWords): Promise<Buffer> {
  const known = cards.get(key)
  cards.delete(key)
  const card = known ?? draw(words)
  cards.set(key, card)
  card.catch(() => cards.delete(key))
  const [oldest] = cards.keys()
  if (cards.size > MOST && oldest !== undefined) cards.delete(oldest)
  return card
}

/** What draws is loaded with the first card. */
async function draw(words: CardWords): Promise<Buffer> {
  const { drawCard } = await import('../../formats/images/card.ts')
  return drawCard(words)
}
