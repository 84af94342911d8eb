import { readFile } from 'node:fs/promises'
import { createActorKeys } from '../../../federation/actors/keys.ts'
import { actorUri, INSTANCE } from '../../../federation/wire/uris.ts'
import type { Context } from '../../context.ts'
import { readFollowAddress } from '../../domain/federation/follow-address.ts'
import { NATIONAL_FEED } from '../../domain/territories/feed.ts'
import { plural } from '../../domain/values/number-text.ts'
import { inTransaction } from '../../store/database/database.ts'
import { insertActorKey, listKeyHolders } from '../../store/directory/actor-keys.ts'
import { requestFollow } from '../../store/directory/followings.ts'
import { ensurePeer } from '../../store/directory/peers.ts'
import { setMembership } from '../../store/memberships.ts'
import { CommandError } from '../command-error.ts'

/**
 * Rebuilds a directory that lost everything: each site of the file (an address in each line, `#` begins a remark)
 * becomes a member again, and the running server follows it and reads all that it has. Its keys are new, under new ids,
 * since sites remember the former ones. When it is begun again, it skips the sites that are members already; its own
 * address is skipped too.
 *
 * @returns What was stored, in French.
 * @throws CommandError in one sentence, before anything is changed.
 */
export async function rebuildDirectory(
  { db, config, now, isDirectory }: Context,
  file: string,
): Promise<string> {
  if (!isDirectory) throw new CommandError('Ce site n’est pas un annuaire : il n’a pas de membres.')
  const origins = (await readOrigins(file)).filter((origin) => origin !== config.origin)
  if ((await listKeyHolders(db)).length === 0) {
    const made = { now: now(), isFirst: false }
    const keys = [
      ...(await createActorKeys(config.origin, INSTANCE, made)),
      ...(await createActorKeys(config.origin, NATIONAL_FEED, made)),
    ]
    await inTransaction(db, async (trx) => {
      for (const key of keys) await insertActorKey(trx, key)
    })
  }
  let noted = 0
  for (const origin of origins) if (await readmit({ db, now }, origin)) noted += 1
  return `${plural(noted, 'site est de nouveau membre', 'sites sont de nouveau membres')}, sur ${origins.length} dans la liste. Le serveur les relit dès qu’il tourne : leurs cafés, leurs structures, leurs personnes.`
}

async function readOrigins(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) throw new CommandError(`${file} ne peut pas être lu.`)
  const lines = text.split(/\r?\n/).map((line) => line.replace(/#.*/, '').trim())
  const origins = lines.filter(Boolean).map((line) => {
    const address = readFollowAddress(line)?.address
    if (!address || !URL.canParse(address))
      throw new CommandError(`"${line}" n’est pas une adresse.`)
    return new URL(address).origin
  })
  return [...new Set(origins)]
}

/**
 * Admits a site again.
 * @returns false where it is a member already.
 */
const readmit = ({ db, now }: Pick<Context, 'db' | 'now'>, origin: string): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const peer = await ensurePeer(trx, actorUri(origin, INSTANCE))
    if (peer.membership === 'member') return false
    await setMembership(trx, peer.id, 'member', now())
    await requestFollow(trx, { address: origin, join: false, invitation: undefined }, now())
    return true
  })
