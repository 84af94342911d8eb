import { arch, cpus, release, totalmem } from 'node:os'

/** A Markdown table; every column but the first holds figures. */
export function markdownTable(head: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = `|${head.map((_, index) => (index === 0 ? '---' : '---:')).join('|')}|`
  return [line(head), rule, ...rows.map(line)].join('\n')
}

/** What the figures were measured on; they mean little on another machine without their floors. */
export const machineText = (): string => {
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / 1024 ** 3)
  return `${cpu?.model ?? arch()} × ${cpus().length}, ${memory} GiB, Linux ${release()}, Node ${process.versions.node}`
}
