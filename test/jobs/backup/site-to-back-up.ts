import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '../../../node/config.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { saveSetting } from '../../../node/store/database/settings.ts'
import { openDatabase } from '../../../node/store/open-database.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'

/** Opens the database and the folders of a site with one structure, whose backups are copied into `folder`/copy. */
export async function openSiteToBackUp(now: Temporal.Instant): Promise<{
  folder: string
  config: Config
  db: OpenDatabase
  close: () => Promise<void>
}> {
  const folder = await mkdtemp(join(tmpdir(), 'cafe-ia-backups-'))
  const config = readConfig({
    CAFE_IA_ORIGIN: 'https://cafes.example',
    CAFE_IA_DATA: join(folder, 'data'),
    CAFE_IA_BACKUP_COPY: join(folder, 'copy'),
  })
  await mkdir(join(config.data, 'media'), { recursive: true })
  const db = await openDatabase(config.database)
  await saveSetting(db, 'origin', config.origin)
  await insertOrganization(db, { id: 'organization-1', slug: 'cafes', name: 'Médiathèque' }, now)
  return {
    folder,
    config,
    db,
    close: async () => {
      await db.destroy()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
