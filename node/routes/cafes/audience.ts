import type { CafeAudience } from '../../../ui/cafes/audience.tsx'
import type { Context } from '../../context.ts'
import { listFollowings } from '../../store/directory/followings.ts'
import { countFollowers } from '../../store/feeds/followers.ts'

/** Who hears of our cafés, as things stand. */
export async function findCafeAudience({ db, isDirectory }: Context): Promise<CafeAudience> {
  const followers = await countFollowers(db, 'cafes')
  if (isDirectory) return { followers, directory: 'own' }
  const joined = (await listFollowings(db)).find(
    ({ isJoin, state }) => isJoin && state === 'accepted',
  )
  return { followers, directory: joined ? { joined: nameOf(joined.address) } : 'none' }
}

/** A directory as people know it: its host, or the handle that was given. */
const nameOf = (address: string): string =>
  URL.canParse(address) ? new URL(address).host : address
