import { Session } from 'node:inspector/promises'

/**
 * Loaded into a child server, to tell the process that started it about its state.  `how long?`: the longest time for
 * which its event loop was blocked since the last question, in milliseconds of processor time, so that other load of
 * the machine does not count. The time between two ticks of a timer is one turn of the loop when it is blocked, and the
 * interval when it is not.  `how much?`: the bytes that it still uses once its garbage is collected.
 */
const EVERY_MS = 5

/**
 * Collects garbage through the inspector: a flag of V8 that is set while it runs would make all code that was compiled
 * before worthless.
 */
async function collectGarbage() {
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
    // A garbage collection that the test itself caused is not counted as a turn of the server.
    last = process.threadCpuUsage()
    return
  }
  process.send?.(most)
  most = 0
})
// The channel must not keep alive a process that is only asked.
process.channel?.unref()
