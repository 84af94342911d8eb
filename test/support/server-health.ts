import { expect } from 'vitest'
import type { ChildServer } from './child-server.ts'

const MEMORY_BUDGET = 32 * 1024 * 1024
/** Of the event loop, in milliseconds of the server's own processor: /healthz was answered by then, whenever one asked. */
const LONGEST_TURN = 200

/**
 * How a server stands, to be asked after each test: it runs and answers, it noted no failure of its own, it held its event
 * loop for no longer and took no more memory than it may since it was asked last, or since now.
 */
export async function watchHealth(server: ChildServer): Promise<() => Promise<void>> {
  let memory = await server.readMemory()
  await server.takeLoopDelay()
  return async () => {
    expect(server.ended()).toBeUndefined()
    expect(server.failures()).toEqual([])
    expect(await server.takeLoopDelay()).toBeLessThan(LONGEST_TURN)
    const { status } = await fetch(`${server.origin}/healthz`)
    expect(status).toBe(200)
    const now = await server.readMemory()
    expect(now - memory).toBeLessThan(MEMORY_BUDGET)
    memory = now
  }
}
