import type { Cafe } from '../../domain/cafes/cafe.ts'
import { cardVersion } from '../../domain/cafes/shared-image.ts'

/** Some forty kilobytes each. */
const MOST = 100

/** The cards that were asked for last, drawn once for all that they show, whoever asks at the same time. */
const cards = new Map<string, Promise<Buffer>>()

export async function cardAnswer(cafe: Cafe, version: string | undefined): Promise<Response> {
  const shown = cardVersion(cafe)
  const bytes = await findCard(`${cafe.id} ${shown}`, cafe)
  const isPublic = cafe.publication === 'published'
  const forEver = version === shown ? 'public, max-age=31536000, immutable' : 'public, max-age=300'
  return new Response(Uint8Array.from(bytes), {
    headers: {
      'Content-Type': 'image/png',
      'Cache-Control': isPublic ? forEver : 'private, no-store',
    },
  })
}

function findCard(key: string, cafe: Cafe): Promise<Buffer> {
  const known = cards.get(key)
  cards.delete(key)
  const card = known ?? draw(cafe)
  cards.set(key, card)
  card.catch(() => cards.delete(key))
  const [oldest] = cards.keys()
  if (cards.size > MOST && oldest !== undefined) cards.delete(oldest)
  return card
}

/** What draws is loaded with the first card. */
async function draw(cafe: Cafe): Promise<Buffer> {
  const { drawCard } = await import('../../formats/images/card.ts')
  return drawCard(cafe)
}
