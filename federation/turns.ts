import { setImmediate } from 'node:timers/promises'

/**
 * Whoever asks goes on one after the other, and in between everybody else does: however many ask at once, nobody else
 * waits for more than one of them. A turn ends by itself and cannot be held.
 */
export function createTurns(): () => Promise<void> {
  let last = Promise.resolve()
  return () => {
    last = last.then(() => setImmediate())
    return last
  }
}
