import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PROJECT_ROOT } from '../../program/project-root.ts'

/**
 * The folders of the font's files: all of them are in the package; those whose zero has no slash are in `ui/fonts`,
 * under the same names, and are used instead.
 */
export const PACKAGED_FONTS = join(
  dirname(fileURLToPath(import.meta.resolve('@fontsource/atkinson-hyperlegible/package.json'))),
  'files',
)
export const OWN_FONTS = join(PROJECT_ROOT, 'ui/fonts')
