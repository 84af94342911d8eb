import { join } from 'node:path'

/** The folder within the data folder for the backups that the server makes by itself, and the journal of erasures. */
const BACKUPS_FOLDER = 'backups'

/** Where backups and the journal beside them lie. */
export const backupFoldersOf = ({ data }: { data: string }): string[] => [
  join(data, BACKUPS_FOLDER),
]
