import { Agent, get } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'

/** Asks for one address repeatedly from a thread of its own, whose clock nothing else delays. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
const { url, everyMs }: { url: string; everyMs: number } = workerData
const took: number[] = []
let stopped = false

function ask(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const begun = performance.now()
  const done = (failed: boolean) => {
    took.push(failed ? Number.POSITIVE_INFINITY : performance.now() - begun)
    resolve()
  }
  get(url, { agent }, (answer) => {
    answer.resume()
    answer.on('end', () => done(answer.statusCode !== 200))
  }).on('error', () => done(true))
  return promise
}

parentPort?.once('message', () => {
  stopped = true
})

while (!stopped) {
  await ask()
  await new Promise((resolve) => setTimeout(resolve, everyMs))
}
agent.destroy()
parentPort?.postMessage(took)
