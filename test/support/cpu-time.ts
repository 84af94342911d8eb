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
