import { existsSync } from 'node:fs'
import { basename, dirname, extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const HERE = fileURLToPath(import.meta.url)

/** Finds the folder of package.json, from the sources as from the bundle in dist/. */
function findProjectRoot(from: string): string {
  return existsSync(join(from, 'package.json')) ? from : findProjectRoot(dirname(from))
}

export const PROJECT_ROOT = findProjectRoot(dirname(HERE))

/** The folder of the bundle that runs: `dist`, or that of `npm run dev`. */
const BUNDLE = join(PROJECT_ROOT, relative(PROJECT_ROOT, HERE).split(sep)[0] ?? '')

/**
 * Returns the file that a thread or a process runs: an entry of the bundle (rolldown.config.ts), given by its source;
 * where the sources run, as in tests, that source itself.
 */
export const findProgramFile = (source: string): string =>
  extname(HERE) === extname(source)
    ? join(PROJECT_ROOT, source)
    : join(BUNDLE, `${basename(source, extname(source))}.js`)
