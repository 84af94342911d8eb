/**
 * Returns the milliseconds of this thread's processor time that an action takes, the better of two runs, so that other
 * load does not count.
 */
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
 * Returns the milliseconds of this thread's processor time that the longest turn of its event loop takes while
 * something is done: how long other work waits on an otherwise idle machine.
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
    // A callback that is left would run for ever, in the process of all files that follow.
    clearImmediate(turn)
  }
  endTurn()
  return longest
}
