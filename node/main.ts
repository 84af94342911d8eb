import { existsSync } from 'node:fs'
import { runCli } from './cli.ts'

// The one place that reads the environment; `.env` beside the project counts where the environment is silent.
if (existsSync('.env')) process.loadEnvFile('.env')
// The database holds private keys: what we write is the operator's alone.
process.umask(0o077)
// Node 26 cuts short buffers from 64 kB, all of which stay as long as one of them does; earlier ones from 8.
Buffer.poolSize = 8192
process.exitCode = await runCli(process.argv.slice(2), process.env)
