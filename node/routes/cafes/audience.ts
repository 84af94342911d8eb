import type { CafeAudience } from '../../../ui/cafes/audience.tsx'
import type { Context } from '../../context.ts'
import { NATIONAL_FEED } from '../../domain/territories/feed.ts'
import { listFollowings } from '../../store/directory/followings.ts'
import { countAccounts } from '../../store/feeds/followers.ts'

/** Who hears of our cafés, as things stand. */
export async function findCafeAudience({ db, isDirectory }: Context): Promise<CafeAudience> {
  const everyCafe = ['cafes', 'instance', ...(isDirectory ? [NATIONAL_FEED] : [])]
  const followers = await countAccounts(db, everyCafe)
  if (isDirectory) return { followers, directory: 'own' }
  const joined = (await listFollowings(db)).find(
    ({ isJoin, state }) => isJoin && state === 'accepted',
  )
  return { followers, directory: joined ? { joined: nameOf(joined.address) } : 'none' }
}

/** A directory as people know it: its host, or the handle that was given. */
const nameOf = (address: string): string =>
  URL.canParse(address) ? new URL(address).host : address
