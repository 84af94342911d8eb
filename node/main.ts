import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { setProcess } from './process-settings.ts'
import { PROJECT_ROOT } from './project-root.ts'

// The one place that reads the environment; `.env` beside the project counts where the environment is silent.
if (existsSync('.env')) process.loadEnvFile('.env')
setProcess()
// What V8 made of two thousand modules is kept beside them, if this account may write there: the next start takes a
// quarter less.
enableCompileCache(join(PROJECT_ROOT, 'dist', '.compiled'))
const { runCli } = await import('./cli.ts')
process.exitCode = await runCli(process.argv.slice(2), process.env)
