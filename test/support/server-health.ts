import { expect } from 'vitest'
import type { ChildServer } from './child-server.ts'

/** Bytes that a server may keep of what one test brought. */
const KEPT = 16 * 1024 * 1024
/** Bytes that it may hold more than before, garbage included, which V8 collects when it likes. */
const HELD = 96 * 1024 * 1024
/** Of the event loop, in milliseconds of the server's own processor: /healthz was answered by then, whenever one asked. */
const LONGEST_TURN = 200

/**
 * How a server stands, to be asked after each test: it runs and answers, it noted no failure of its own, it held its event
 * loop for no longer and took no more memory than it may since it was asked last, or since now.
 */
export async function watchHealth(server: ChildServer): Promise<() => Promise<void>> {
  const readMemory = async () => ({
    held: await server.readMemory(),
    used: await server.readUsedMemory(),
  })
  let before = await readMemory()
  await server.takeLoopDelay()
  return async () => {
    expect(server.ended()).toBeUndefined()
    expect(server.failures()).toEqual([])
    expect(await server.takeLoopDelay()).toBeLessThan(LONGEST_TURN)
    const { status } = await fetch(`${server.origin}/healthz`)
    expect(status).toBe(200)
    const now = await readMemory()
    expect(now.held - before.held).toBeLessThan(HELD)
    expect(now.used - before.used).toBeLessThan(KEPT)
    before = now
  }
}
