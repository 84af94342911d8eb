import type { CafeAudience } from '../../../../ui/cafes/audience.tsx'
import type { Context } from '../../../context.ts'
import { NATIONAL_FEED } from '../../../domain/territories/feed.ts'
import { listJoinings } from '../../../store/directory/joinings.ts'
import { countAccounts } from '../../../store/feeds/followers.ts'

/** Finds who is told of our cafés at present. */
export async function findCafeAudience({ db, isDirectory }: Context): Promise<CafeAudience> {
  const everyCafe = ['cafes', 'instance', ...(isDirectory ? [NATIONAL_FEED] : [])]
  const followers = await countAccounts(db, everyCafe)
  if (isDirectory) return { followers, directory: 'own' }
  const joined = (await listJoinings(db)).find(({ state }) => state === 'accepted')
  return { followers, directory: joined ? { joined: joined.name } : 'none' }
}
