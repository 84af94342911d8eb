import { Session } from 'node:inspector/promises'

/**
 * Loaded into a child server, to tell whoever started it how it stands.
 *
 * `how long?`: for how long its event loop was held at most since it was asked last, in milliseconds of the processor, so
 * that what else runs on the machine does not count. The time between two ticks of a timer is one turn of the loop when it
 * is held, and the interval when it is not.
 *
 * `how much?`: the bytes that it still uses once its garbage is collected.
 */
const EVERY_MS = 5

/** By the inspector: a flag of V8 that is set while it runs makes all code that was compiled before worthless. */
async function collectGarbage(): Promise<void> {
  const session = new Session()
  session.connect()
  await session.post('HeapProfiler.collectGarbage')
  session.disconnect()
}

let last = process.threadCpuUsage()
let most = 0

setInterval(() => {
  const { user, system } = process.threadCpuUsage(last)
  last = process.threadCpuUsage()
  most = Math.max(most, (user + system) / 1000)
}, EVERY_MS).unref()

process.on('message', async (question) => {
  if (question === 'how much?') {
    await collectGarbage()
    const { heapUsed, external } = process.memoryUsage()
    process.send?.(heapUsed + external)
    // What was collected for the test is no turn of the server's own.
    last = process.threadCpuUsage()
    return
  }
  process.send?.(most)
  most = 0
})
// Whoever is only asked ends by itself.
process.channel?.unref()
