import { createFairQueue, type Places } from './fair-queue.ts'

/**
 * Finds or draws something, by a text that says what is on it, in the turn of a visitor. Resolves with undefined for
 * what is not drawn yet while that visitor waits for too many, or has waited for too long.
 */
export type FindDrawing = (
  key: string,
  visitor: string,
  draw: () => Promise<Buffer>,
) => Promise<Buffer | undefined>

/**
 * Makes a store of what was drawn, by its contents: those that were asked for last are kept, `most` of them. All
 * simultaneous requests of one visitor for the same have one place in the queue.
 */
export function createDrawings({
  most,
  places,
}: {
  most: number
  places: Places<string>
}): FindDrawing {
  const kept = new Map<string, Buffer>()
  const awaited = new Map<string, Promise<Buffer | undefined>>()
  const queue = createFairQueue(places)

  /** Keeps a drawing as the last one that was asked for, in place of the one that was asked for first. */
  function keep(key: string, drawing: Buffer): Buffer {
    kept.delete(key)
    kept.set(key, drawing)
    const [oldest] = kept.keys()
    if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    return drawing
  }

  /** Draws in the visitor's turn, unless it was drawn for another one meanwhile. */
  async function drawInTurn(key: string, visitor: string, draw: () => Promise<Buffer>) {
    const leave = await queue.take(visitor)
    if (!leave) return undefined
    try {
      return keep(key, kept.get(key) ?? (await draw()))
    } finally {
      leave()
    }
  }

  return (key, visitor, draw) => {
    const known = kept.get(key)
    if (known) return Promise.resolve(keep(key, known))
    const place = `${visitor} ${key}`
    const drawn =
      awaited.get(place) ?? drawInTurn(key, visitor, draw).finally(() => awaited.delete(place))
    awaited.set(place, drawn)
    return drawn
  }
}
