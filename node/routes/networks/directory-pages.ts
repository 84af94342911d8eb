import { paths } from '../../../ui/paths.ts'
import type { Database } from '../../store/database/database.ts'
import { listFollowings } from '../../store/directory/followings.ts'

/** Lists the pages of networks at the directories that this site has joined. */
export async function listDirectoryPages(db: Database): Promise<string[]> {
  const followings = await listFollowings(db)
  return followings
    .filter(({ isJoin, state, targetUri }) => isJoin && state === 'accepted' && targetUri)
    .map(({ targetUri = '' }) => new URL(paths.structureNetworks, targetUri).href)
}
