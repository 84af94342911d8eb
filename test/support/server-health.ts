import { expect } from 'vitest'
import type { ChildServer } from './child-server.ts'

/** The maximum number of bytes that a server may keep of what one test brought. */
const KEPT = 16 * 1024 * 1024
/**
 * The maximum number of bytes that it may hold more than before, including garbage, which V8 collects when it likes.
 */
const HELD = 96 * 1024 * 1024
/**
 * The longest turn of the event loop that is allowed, in milliseconds of the server's processor time; /healthz is
 * answered within it.
 */
const LONGEST_TURN = 200

/**
 * Makes a check of a server, to be called after each test: it runs and answers, it logged no internal failure, and it
 * neither blocked its event loop for longer nor took more memory than it may since the last call.
 */
export async function watchHealth(server: ChildServer): Promise<() => Promise<void>> {
  const readMemory = async () => ({
    held: await server.readMemory(),
    used: await server.readUsedMemory(),
  })
  // What a server loads for its first page, here or after a restart, is nothing that a test brought.
  await (await fetch(`${server.origin}/`)).arrayBuffer()
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
    before = { held: now.held, used: Math.max(before.used, now.used) }
  }
}
