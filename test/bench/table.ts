import { arch, cpus, release, totalmem } from 'node:os'

/** Returns a Markdown table; every column but the first contains figures. */
export function markdownTable(head: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = `|${head.map((_, index) => (index === 0 ? '---' : '---:')).join('|')}|`
  return [line(head), rule, ...rows.map(line)].join('\n')
}

/** Returns a description of the machine, without which the figures mean little. */
export const machineText = (): string => {
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / 1024 ** 3)
  return `${cpu?.model ?? arch()} × ${cpus().length}, ${memory} GiB, Linux ${release()}, Node ${process.versions.node}`
}

/**
 * Reports on stderr how far a long part is: with a progress bar on a terminal, otherwise with a line for each tenth.
 */
export function createProgress(
  name: string,
  total: number,
): { reach: (done: number) => void; end: () => void } {
  const { stderr } = process
  const began = performance.now()
  let shown = -1
  const reach = (done: number) => {
    const percent = Math.floor((100 * done) / Math.max(1, total))
    const step = stderr.isTTY ? percent : Math.floor(percent / 10)
    if (step === shown) return
    shown = step
    const seconds = (performance.now() - began) / 1000
    const left = done > 0 ? Math.round((seconds * (total - done)) / done) : 0
    const words = `${name} ${String(percent).padStart(3)} % (${done.toLocaleString('en')}, ${left} s left)`
    stderr.write(stderr.isTTY ? `\r${bar(percent)} ${words}\u001B[K` : `${words}\n`)
  }
  return {
    reach,
    end: () => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1)
      stderr.write(
        `${stderr.isTTY ? '\r\u001B[K' : ''}${name}: ${total.toLocaleString('en')} in ${seconds} s\n`,
      )
    },
  }
}

const WIDTH = 30

const bar = (percent: number): string => {
  const full = Math.round((WIDTH * percent) / 100)
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`
}
