import { constants } from 'node:fs'
import { access } from 'node:fs/promises'

/** The result of a check: right, wrong with what to do, or not checked and why. */
export type Finding =
  | { is: 'right'; words: string }
  | { is: 'wrong'; words: string; advice: string }
  | { is: 'unknown'; words: string }

/** Makes the finding of something that is wrong. */
export const toFault = (words: string, advice: string): Finding => ({ is: 'wrong', words, advice })

/** Returns whether this account may read and write in a folder that is there. */
export const isWritable = (folder: string): Promise<boolean> =>
  access(folder, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  )

const SIGNS = { right: '✓', wrong: '✗', unknown: '–' }

const lineOf = (finding: Finding): string => {
  const line = `${SIGNS[finding.is]} ${finding.words}`
  return finding.is === 'wrong' ? `${line}\n  → ${finding.advice}` : line
}

/**
 * Writes each finding on a line of stdout, with what to do on the next.
 * @returns The exit code: 0 when nothing is wrong, otherwise 1.
 */
export function showFindings(findings: readonly Finding[]): number {
  for (const finding of findings) process.stdout.write(`${lineOf(finding)}\n`)
  return findings.some(({ is }) => is === 'wrong') ? 1 : 0
}
