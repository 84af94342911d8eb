/**
 * Shows the progress of a command on stderr: one line that changes on a terminal, one line for each tenth elsewhere.
 */
export function createProgressLine(): {
  report: (progress: { step: string; done: number; total: number }) => void
  end: () => void
} {
  const { stderr } = process
  let shown = -1
  return {
    report: ({ step, done, total }) => {
      const percent = total === 0 ? 100 : Math.floor((100 * done) / total)
      const tenth = stderr.isTTY ? percent : Math.floor(percent / 10)
      if (!stderr.isTTY && tenth === shown) return
      shown = tenth
      const words = `${percent} % : ${step}`
      stderr.write(stderr.isTTY ? `\r${words}\u001B[K` : `${words}\n`)
    },
    end: () => void (stderr.isTTY && stderr.write('\r\u001B[K')),
  }
}
