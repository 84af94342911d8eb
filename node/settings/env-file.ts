import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'

/** The variables of a `.env`, or why it cannot be read, in one sentence for the operator. */
type EnvFile = { variables: NodeJS.Dict<string> } | { problem: string }

/**
 * Reads the file of settings at `path`; without such a file there are no variables. The byte order mark that some
 * editors of Windows write first is no part of the first name.
 */
export function readEnvFile(path: string): EnvFile {
  try {
    return { variables: parseEnv(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')) }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return { variables: {} }
    const file = resolve(path)
    return {
      problem:
        code === 'EACCES'
          ? `Ce compte ne peut pas lire ${file} : chown root:cafe-ia ${file} && chmod 640 ${file}`
          : `Le fichier ${file} ne peut pas être lu (${error instanceof Error ? error.message : error}).`,
    }
  }
}
