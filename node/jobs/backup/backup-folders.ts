import { join } from 'node:path'
import type { Config } from '../../config.ts'

/** Where the server's own backups and the journal of erasures lie: within the data folder first, then where copies go. */
export const backupFoldersOf = ({ data, backups }: Pick<Config, 'data' | 'backups'>): string[] => [
  join(data, 'backups'),
  ...(backups.copyFolder === undefined ? [] : [backups.copyFolder]),
]
