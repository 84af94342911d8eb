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

/** The limit is much longer than any step takes, since the machine may be busy with other tests. */
const PATIENCE_SECONDS = 45

/**
 * Asks until the answer is truthy and returns it.
 * @throws Error with the sentence `what`, the last reason and the logs, when it never is or a program ends.
 */
export async function eventually<T>(
  network: Namespace,
  what: string,
  ask: () => Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + PATIENCE_SECONDS * 1000
  let reason: unknown
  while (Date.now() < deadline && network.fallen.length === 0) {
    try {
      const answer = await ask()
      if (answer) return answer
      reason = undefined
    } catch (error) {
      reason = error
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE))
  }
  const fallen = network.fallen.map((words) => `\n${words}`).join('')
  throw new Error(`It is not so that ${what}${fallen}\n${await network.readLogs()}`, {
    cause: reason,
  })
}
