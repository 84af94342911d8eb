import type { Context } from '../context.ts'
import { isHandle, toFollowAddress } from '../domain/values/host.ts'
import { isWebAddress } from '../domain/values/web-address.ts'
import { listFollowings, requestFollow, stopFollowing } from '../store/directory/followings.ts'
import { CommandError } from './command-error.ts'

/** Writes down whom to follow; the running server asks. */
export async function followAddress(
  { db, now }: Context,
  {
    address,
    join,
    invitation,
  }: { address: string; join?: boolean | undefined; invitation?: string | undefined },
): Promise<void> {
  if (!isHandle(address) && !isWebAddress(address))
    throw new CommandError(`"${address}" is neither @name@host nor a web address`)
  await requestFollow(
    db,
    { address, join: join === true || invitation !== undefined, invitation },
    now(),
  )
  process.stdout.write(`Demande notée : ${address}. Le serveur l’envoie dès qu’il tourne.\n`)
}

export async function unfollowAddress({ db, now }: Context, address: string): Promise<void> {
  const followings = await listFollowings(db)
  const found = followings.filter(
    (following) =>
      [address, toFollowAddress(address)].includes(following.address) ||
      following.targetUri === address,
  )
  if (found.length === 0) throw new CommandError(`nothing is followed at ${address}`)
  for (const following of found) await stopFollowing(db, following.id, now())
  process.stdout.write(`Départ noté : ${address}.\n`)
}
