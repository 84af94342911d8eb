import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { PROJECT_ROOT } from './project-root.ts'

// The one place that reads the environment; `.env` beside the project counts where the environment is silent.
if (existsSync('.env')) process.loadEnvFile('.env')
// The database holds private keys: what we write is the operator's alone.
process.umask(0o077)
// Node 26 cuts short buffers from 64 kB, all of which stay as long as one of them does; earlier ones from 8.
Buffer.poolSize = 8192
// V8 collects once the heap is a fifth larger than what was in use, not two or three times: memory is what a small machine
// lacks, and exports of long texts leave much behind.
setFlagsFromString('--heap-growing-percent=20')
// What V8 made of two thousand modules is kept beside them, if this account may write there: the next start takes a
// quarter less.
enableCompileCache(join(PROJECT_ROOT, 'dist', '.compiled'))
const { runCli } = await import('./cli.ts')
process.exitCode = await runCli(process.argv.slice(2), process.env)
