import { flushCompileCache } from 'node:module'
import { performance } from 'node:perf_hooks'
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** The seconds in which a server starts and answers its first page, also on a slow machine. */
const STARTED_S = 5

/**
 * Sets what holds for the whole process, before anything else of the program is loaded.
 * @param startedS - The seconds after which the growth of the heap is limited at the latest, see `limitHeapGrowth`.
 */
export function setProcess(startedS = STARTED_S): void {
  // The database holds private keys, so only the operator may read the files that we write.
  process.umask(0o077)
  // Node 26 cuts short buffers out of pools of 64 kB, each of which stays as long as one of its buffers does; earlier
  // versions use 8 kB.
  Buffer.poolSize = 8192
  // V8 collects once the heap is a fifth larger than what was in use, not two or three times: a small machine lacks
  // memory, and exports of long texts leave much garbage.
  limitHeapGrowth(20, startedS)
}

/** The bytes of the heap that no start needs: whatever takes more is work that came at once. Quiet starts have 50 MB. */
const LARGE_HEAP = 96 * 1024 ** 2

/** How often the heap is looked at while a process starts. */
const LOOK_MS = 100

let limiting: NodeJS.Timeout | undefined

/**
 * Limits by how many percent the heap grows between two collections, once the process has started, or before if its heap
 * is large already: exports that came in the first seconds took 600 MB without the limit, and 400 with it. It is not set
 * at once, since V8 refuses the compiled code that Node brings for its own modules, and compiles all of them again, from
 * the moment on at which a flag has another value than when that code was made.
 */
function limitHeapGrowth(percent: number, startedS = STARTED_S): void {
  clearInterval(limiting)
  const startsUntil = performance.now() + startedS * 1000
  limiting = setInterval(() => {
    const isStarting = performance.now() < startsUntil
    if (isStarting && getHeapStatistics().total_heap_size < LARGE_HEAP) return
    clearInterval(limiting)
    setFlagsFromString(`--heap-growing-percent=${percent}`)
  }, LOOK_MS).unref()
}

/**
 * Lets the heap of a directory, which has some 400 MB, grow more between two collections than `setProcess` does. Under a
 * flood of messages, whose texts outlive the short collections, V8 collected the whole heap every half second, which
 * took a sixth of all processor time.
 */
export const setHeapOfDirectory = (): void => limitHeapGrowth(60)

/**
 * Calls this once when the process that started this one with a channel (`ipc` of `spawn`) is gone, also by SIGKILL, or
 * at once if it already is. The channel alone does not keep this process running.
 */
export function onParentGone(end: () => void): void {
  process.once('disconnect', end)
  process.channel?.unref()
  // It is undefined where there never was a channel.
  if (process.connected === false) end()
}

/** The seconds after a start in which the first visitors are answered, and in which a server has nothing to do later. */
const SETTLED_S = 5

/** The most of the event loop that a server with nothing to do uses. */
const QUIET = 0.05

/**
 * Returns to the system the memory that the start has left behind, some 30 MB, which V8 keeps for later while no
 * requests come. It takes about 25 ms, once. While requests come it waits until the server has nothing to do, since the
 * collection, which V8 repeats up to seven times, would then keep them for 100 ms and more.
 *
 * The compiled code is written first, which Node does only when a process ends by itself: after a kill or a power cut
 * the next start would compile everything again.
 *
 * @param seconds - How long the server must have had nothing to do.
 */
export function giveBackOnceSettled(seconds = SETTLED_S): void {
  let before = performance.eventLoopUtilization()
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    if (utilization > QUIET) return
    clearInterval(timer)
    flushCompileCache()
    collectAll()
  }, seconds * 1000).unref()
}

function collectAll(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('globalThis.gc') as NodeJS.GCFunction | undefined
  setFlagsFromString('--no-expose-gc')
  collect?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
