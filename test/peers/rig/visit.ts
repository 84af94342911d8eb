import { fileURLToPath } from 'node:url'
import type { Namespace } from './namespace.ts'

export type Request = {
  url: string
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  headers?: Record<string, string>
  body?: string
}
export type Answer = { status: number; headers: Record<string, string>; body: string }

const COURIER = fileURLToPath(new URL('courier.ts', import.meta.url))

/** Makes one HTTP request from inside the network; redirects are not followed. */
export async function visit(network: Namespace, request: Request): Promise<Answer> {
  const answer = await network.run(
    { argv: [process.execPath, COURIER], env: { NODE_EXTRA_CA_CERTS: network.authority } },
    JSON.stringify(request),
  )
  return JSON.parse(answer)
}

const PAUSE = 300

/**
 * Asks again until the answer is as wished (truthy) and returns it.
 * @throws with the sentence `what`, the last reason and the logs of the servers after `seconds`.
 */
export async function eventually<T>(
  network: Namespace,
  what: string,
  ask: () => Promise<T | undefined | false>,
  seconds = 25,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000
  let reason: unknown
  while (Date.now() < deadline) {
    try {
      const answer = await ask()
      if (answer) return answer
      reason = undefined
    } catch (error) {
      reason = error
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE))
  }
  throw new Error(`Not so after ${seconds} s: ${what}\n${await network.readLogs()}`, {
    cause: reason,
  })
}
