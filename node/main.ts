import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { PROJECT_ROOT } from './program/project-root.ts'
import { readEnvFile } from './settings/env-file.ts'
import { setProcess } from './settings/process-settings.ts'

// This is the only place that reads the environment; `.env` of the working folder gives the variables that are not set.
const file = readEnvFile('.env')
if ('problem' in file) {
  process.stderr.write(`cafe-ia: ${file.problem}\n`)
  process.exitCode = 1
} else {
  for (const [name, value] of Object.entries(file.variables)) process.env[name] ??= value
  setProcess()
  // The compiled code of two thousand modules is cached beside them, if this account may write there: the next start
  // takes a quarter less.
  enableCompileCache(join(PROJECT_ROOT, 'dist', '.compiled'))
  const { runCli } = await import('./cli.ts')
  process.exitCode = await runCli(process.argv.slice(2), process.env)
}
