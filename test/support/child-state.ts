import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

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

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

let last = process.threadCpuUsage()
let most = 0

setInterval(() => {
  const { user, system } = process.threadCpuUsage(last)
  last = process.threadCpuUsage()
  most = Math.max(most, (user + system) / 1000)
}, EVERY_MS).unref()

process.on('message', (question) => {
  if (question === 'how much?') {
    collectGarbage()
    const { heapUsed, external } = process.memoryUsage()
    process.send?.(heapUsed + external)
    // What was collected for the test is no turn of the server's own.
    last = process.threadCpuUsage()
    return
  }
  process.send?.(most)
  most = 0
})
