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
  let turn = setImmediate(endTurn)
  function endTurn() {
    const { user, system } = process.threadCpuUsage(before)
    longest = Math.max(longest, (user + system) / 1000)
    before = process.threadCpuUsage()
    turn = setImmediate(endTurn)
  }
  await action()
  endTurn()
  clearImmediate(turn)
  return longest
}
