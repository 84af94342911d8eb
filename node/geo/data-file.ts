import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_ROOT } from '../project-root.ts'

/** One of the geographic data files, whole. They stay beside the sources when the program runs from `dist`. */
export const readDataFile = (name: string): Buffer =>
  readFileSync(join(PROJECT_ROOT, 'node/geo/data', name))
