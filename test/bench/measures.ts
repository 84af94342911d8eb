/** The milliseconds of each turn. */
export type Samples = number[]

/** Returns the percentile of a share of the samples (nearest rank). */
export function percentile(samples: Samples, share: number): number {
  const sorted = samples.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** Measures turns one after the other, after some that do not count. */
export async function timeRounds(
  turns: number,
  work: (turn: number) => Promise<unknown> | unknown,
): Promise<Samples> {
  for (let turn = 0; turn < Math.min(10, turns); turn++) await work(turn)
  const samples: Samples = []
  for (let turn = 0; turn < turns; turn++) {
    const began = performance.now()
    await work(turn)
    samples.push(performance.now() - began)
  }
  return samples
}

/** Measures turns in milliseconds of processor time, which other programs do not lengthen. */
export async function timeProcessor(
  turns: number,
  work: (turn: number) => Promise<unknown> | unknown,
): Promise<Samples> {
  const samples: Samples = []
  for (let turn = 0; turn < turns; turn++) {
    const before = process.cpuUsage()
    await work(turn)
    const { user, system } = process.cpuUsage(before)
    samples.push((user + system) / 1000)
  }
  return samples
}

/** Formats a number as `0.34`, `12` or `1,208`: three digits are enough to compare. */
export const formatNumber = (value: number): string =>
  Number.isNaN(value)
    ? '–'
    : value.toLocaleString('en', { maximumSignificantDigits: value < 1000 ? 3 : 4 })

export const megabytes = (bytes: number): string => formatNumber(bytes / 1_000_000)

export type Usage = {
  /** Seconds of processor time of all threads since the last measurement. */
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
