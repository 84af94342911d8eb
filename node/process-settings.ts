import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** What holds for the whole process, before anything else of the program is loaded. */
export function setProcess(): void {
  // The database holds private keys: what we write is the operator's alone.
  process.umask(0o077)
  // Node 26 cuts short buffers from 64 kB, all of which stay as long as one of them does; earlier ones from 8.
  Buffer.poolSize = 8192
  // V8 collects once the heap is a fifth larger than what was in use, not two or three times: memory is what a small machine
  // lacks, and exports of long texts leave much behind.
  setFlagsFromString('--heap-growing-percent=20')
}

/** Seconds after a start, when whoever waited for it has been answered. */
const SETTLED_S = 5

/**
 * Gives back to the system what the start has left behind, some 30 MB: V8 sets it aside for later, for as long as nobody
 * comes. It takes about 25 ms, once.
 */
export function giveBackOnceSettled(): void {
  setTimeout(() => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('globalThis.gc') as NodeJS.GCFunction | undefined
    setFlagsFromString('--no-expose-gc')
    collect?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  }, SETTLED_S * 1000).unref()
}
