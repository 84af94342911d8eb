/**
 * Loaded into a child server: tells whoever started it for how long its event loop was held at most since it was asked
 * last, in milliseconds of the processor, so that what else runs on the machine does not count. The time between two
 * ticks of a timer is one turn of the loop when it is held, and the interval when it is not.
 */
const EVERY_MS = 5

let last = process.threadCpuUsage()
let most = 0

setInterval(() => {
  const { user, system } = process.threadCpuUsage(last)
  last = process.threadCpuUsage()
  most = Math.max(most, (user + system) / 1000)
}, EVERY_MS).unref()

process.on('message', () => {
  process.send?.(most)
  most = 0
})
process.channel?.unref()
