import type { Context } from '../context.ts'
import { readFollowAddress } from '../domain/federation/follow-address.ts'
import { toFollowAddress } from '../domain/values/host.ts'
import { listFollowings, requestFollow, stopFollowing } from '../store/directory/followings.ts'
import { CommandError } from './command-error.ts'

/**
 * Stores whom to follow; the running server sends the request. An invitation code, given separately or in the address
 * as a directory's team hands it out (`https://annuaire.example/?invitation=…`), asks to join.
 * @throws CommandError for what is no address, and for two codes that differ.
 */
export async function followAddress(
  { db, now }: Context,
  {
    address: typed,
    join,
    invitation: code,
  }: { address: string; join?: boolean | undefined; invitation?: string | undefined },
): Promise<void> {
  const asked = readFollowAddress(typed)
  if (!asked) throw new CommandError(`« ${typed} » n’est ni @nom@site ni une adresse web.`)
  const { address } = asked
  const invitation = code ?? asked.invitation
  if (asked.invitation !== undefined && invitation !== asked.invitation)
    throw new CommandError(
      `L’invitation dans « ${typed} » n’est pas celle de --invitation « ${code} ».`,
    )
  await requestFollow(
    db,
    { address, join: join === true || invitation !== undefined, invitation },
    now(),
  )
  process.stdout.write(`Demande notée : ${address}. Le serveur l’envoie dès qu’il tourne.\n`)
}

/**
 * Ends all that is followed at an address, as it was given or as it was found to be. The other side is told by the
 * running server. Throws CommandError where nothing is followed there.
 */
export async function unfollowAddress({ db, now }: Context, address: string): Promise<void> {
  const followings = await listFollowings(db)
  const found = followings.filter(
    (following) =>
      [address, toFollowAddress(address)].includes(following.address) ||
      following.targetUri === address,
  )
  if (found.length === 0) throw new CommandError(`Rien n’est suivi à ${address}.`)
  for (const following of found) await stopFollowing(db, following.id, now())
  process.stdout.write(`Départ noté : ${address}.\n`)
}
