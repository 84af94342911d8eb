export type Usage = {
  /** Seconds of processor, of all threads, since the last look. */
  cpuSeconds: number
  /** Bytes. */
  memory: number
}

export function createUsage(): () => Usage {
  let before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    before = process.cpuUsage()
    return { cpuSeconds: (user + system) / 1e6, memory: process.memoryUsage.rss() }
  }
}
