import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Reporter } from 'vitest/node'

/** What became of a file of tests, in all projects that ran it. */
type FileReport = { passed: number; failed: string[] }
/** What a run reports: its files by their names, and how many errors no test is to blame for. */
type RunReport = { files: Record<string, FileReport>; unhandled: number }

const { CAFE_IA_TEST_REPORT: FILE } = process.env

/** What reports on a run of tests: with `CAFE_IA_TEST_REPORT`, `.ci/run` also finds its results in that file. */
export const REPORTERS = ['default', ...(FILE ? [createRunReporter(FILE)] : [])]

/**
 * Returns a reporter that writes a `RunReport` as JSON when the run has ended. A file that breaks outside of its tests
 * has one failure, which is named like the file.
 */
function createRunReporter(path: string): Reporter {
  return {
    onTestRunEnd: (modules, errors) => {
      const files: RunReport['files'] = {}
      for (const module of modules) {
        const name = relative(process.cwd(), module.moduleId)
        const report = files[name] ?? { passed: 0, failed: [] }
        files[name] = report
        const failed = [...module.children.allTests('failed')].map(({ fullName }) => fullName)
        report.passed += [...module.children.allTests('passed')].length
        const isWhole = ['passed', 'skipped'].includes(module.state())
        report.failed.push(...(failed.length === 0 && !isWhole ? [name] : failed))
      }
      writeFileSync(path, JSON.stringify({ files, unhandled: errors.length }))
    },
  }
}
