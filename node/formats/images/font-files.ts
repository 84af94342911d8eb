import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PROJECT_ROOT } from '../../project-root.ts'

/**
 * Where the font's files are: all of them in the package, and in `ui/fonts`, under the same names, those whose zero has no
 * slash, which are used instead.
 */
export const PACKAGED_FONTS = join(
  dirname(fileURLToPath(import.meta.resolve('@fontsource/atkinson-hyperlegible/package.json'))),
  'files',
)
export const OWN_FONTS = join(PROJECT_ROOT, 'ui/fonts')
