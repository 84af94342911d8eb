/** Milliseconds of this thread's processor that an action takes, the better of two: what else runs does not count. */
export function cpuTimeOf(action: () => unknown): number {
  const times = [0, 1].map(() => {
    const before = process.threadCpuUsage()
    action()
    const { user, system } = process.threadCpuUsage(before)
    return (user + system) / 1000
  })
  return Math.min(...times)
}

/**
 * Milliseconds of this thread's processor that the longest turn of its event loop takes while something is done: how
 * long everybody else waits on a machine that does nothing besides.
 */
export async function longestTurnOf(action: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let before = process.threadCpuUsage()
  let turn = setImmediate(beginTurn)
  function endTurn() {
    const { user, system } = process.threadCpuUsage(before)
    longest = Math.max(longest, (user + system) / 1000)
    before = process.threadCpuUsage()
  }
  function beginTurn() {
    endTurn()
    turn = setImmediate(beginTurn)
  }
  try {
    await action()
  } finally {
    // One that is left goes round for ever, in the process of all files that follow.
    clearImmediate(turn)
  }
  endTurn()
  return longest
}
