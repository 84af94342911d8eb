import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { setProcess } from './process-settings.ts'
import { PROJECT_ROOT } from './project-root.ts'

// This is the only place that reads the environment; `.env` beside the project gives the variables that are not set.
if (existsSync('.env')) process.loadEnvFile('.env')
setProcess()
// The compiled code of two thousand modules is cached beside them, if this account may write there: the next start
// takes a quarter less.
enableCompileCache(join(PROJECT_ROOT, 'dist', '.compiled'))
const { runCli } = await import('./cli.ts')
process.exitCode = await runCli(process.argv.slice(2), process.env)
