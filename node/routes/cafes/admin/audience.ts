import type { CafeAudience } from '../../../../ui/cafes/audience.tsx'
import type { Context } from '../../../context.ts'
import { NATIONAL_FEED } from '../../../domain/territories/feed.ts'
import { listHiding } from '../../../store/directory/hidden-elsewhere.ts'
import { listAskedDirectories } from '../../../store/directory/joinings.ts'
import { listAnnounced } from '../../../store/feeds/announced.ts'
import { countAccounts } from '../../../store/feeds/followers.ts'
import { isHeld } from '../../../store/queues/held.ts'

/** Finds who would be told now of our cafés, or of this one. */
export async function findCafeAudience(
  { db, isDirectory, now }: Context,
  cafe?: { id: string; uri: string } | undefined,
): Promise<CafeAudience> {
  const feeds = cafe && isDirectory ? await listAnnounced(db, cafe.uri) : []
  const everyCafe = ['cafes', 'instance', ...(isDirectory ? [NATIONAL_FEED] : [])]
  const actors = new Set([...everyCafe, ...feeds.map(({ actor }) => actor)])
  const followers = await countAccounts(db, [...actors])
  const told = { followers, isHeld: await isHeld(db) }
  if (isDirectory) return { ...told, directories: 'own' }
  const hiding = cafe ? await listHiding(db, { cafeId: cafe.id, now: now() }) : []
  const hidden = new Set(hiding.map(({ directoryUri }) => directoryUri))
  const asked = await listAskedDirectories(db)
  const directories = asked
    .filter(({ state }) => state === 'accepted' || state === 'asked')
    .map(({ name, state, silentSince, targetUri = '' }) => {
      if (state !== 'accepted') return { name, state: 'asked' as const }
      if (hidden.has(targetUri)) return { name, state: 'hiding' as const }
      return { name, state: silentSince ? ('silent' as const) : ('joined' as const) }
    })
  return { ...told, directories }
}
