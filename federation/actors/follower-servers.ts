import type { Context } from '../../node/context.ts'
import { listSharedInboxes } from '../../node/store/directory/follower-servers.ts'
import { listJoinedDirectories } from '../../node/store/facilitators/recipients.ts'
import { ACTIVITY_STREAMS } from '../wire/context.ts'
import { CAFES, followerServersUri } from '../wire/uris.ts'

/**
 * Returns the shared inboxes of the servers where this site has followers, so that nobody is named. They are told to
 * the directories that this site joined; undefined for anybody else.
 */
export async function followerServersText(
  { db, config }: Context,
  asker: string | undefined,
): Promise<string | undefined> {
  const directories = await listJoinedDirectories(db)
  if (!directories.some(({ uri }) => uri === asker)) return undefined
  const own = new Set(directories.map(({ uri }) => new URL(uri).host))
  const inboxes = await listSharedInboxes(db, CAFES)
  const items = inboxes.filter((inbox) => !own.has(new URL(inbox).host))
  const id = followerServersUri(config.origin)
  return JSON.stringify({
    '@context': ACTIVITY_STREAMS,
    ...{ id, type: 'Collection', totalItems: items.length, items },
  })
}
