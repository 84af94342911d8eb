import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where package.json is, from the sources as from their compiled copy in dist/. */
function findProjectRoot(from: string): string {
  try {
    readFileSync(join(from, 'package.json'))
    return from
  } catch {
    return findProjectRoot(dirname(from))
  }
}

export const PROJECT_ROOT = findProjectRoot(dirname(fileURLToPath(import.meta.url)))
