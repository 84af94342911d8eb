import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { PROJECT_ROOT } from '../../node/program/project-root.ts'

/** The other processes of a bench, which run this same program and answer messages. */

export type Helper = {
  pid: number
  /** Sends a question and resolves with its answer. */
  ask: <T>(question: unknown) => Promise<T>
  stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>
}

/** The options that `npm start`, the image and the service set. */
export const START_OPTIONS = ['--max-semi-space-size=4']
export const START_ENVIRONMENT = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '1048576' }

/** Starts `bench <role>` and resolves when it reports that it is ready. Fedify runs from node_modules, not bundled. */
export async function startHelper(
  role: 'server' | 'sender' | 'floor' | 'fedify' | 'hono' | 'receiver',
  { env = {}, profile }: { env?: Record<string, string>; profile?: string | undefined } = {},
): Promise<Helper> {
  const program = role === 'fedify' ? 'test/bench/fedify-floor.ts' : 'dist/bench/main.js'
  const child = fork(join(PROJECT_ROOT, program), [role], {
    env: { ...(role === 'server' && START_ENVIRONMENT), ...env },
    // A bench receives large objects from its helpers.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [
      ...(role === 'server' ? START_OPTIONS : []),
      ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []),
    ],
  })
  const ended = once(child, 'exit').then(() => {
    throw new Error(`the ${role} of the bench ended`)
  })
  ended.catch(() => undefined)
  const nextMessage = async () => {
    const [message] = await Promise.race([once(child, 'message'), ended])
    return message as { answer?: unknown; error?: string }
  }
  await nextMessage()
  return {
    pid: child.pid ?? 0,
    ask: async <T>(question: unknown) => {
      const answered = nextMessage()
      child.send(question as object)
      const { answer, error } = await answered
      if (error !== undefined) throw new Error(error)
      return answer as T
    },
    stop: (signal = 'SIGTERM') => end(child, signal),
  }
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}

/** Answers the questions of `ask`, one after the other. */
export function answer<Q>(reply: (question: Q) => unknown): void {
  if (!process.send) return
  process.on('message', async (question: Q) => {
    try {
      process.send?.({ answer: await reply(question) })
    } catch (error) {
      process.send?.({
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
    }
  })
  process.send?.({ answer: 'ready' })
}
