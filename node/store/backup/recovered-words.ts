import { randomUUID } from 'node:crypto'
import type { Author } from '../../domain/cafes/edit.ts'
import type { RestoreTimes } from '../../domain/cafes/other-version.ts'
import type { Network, NetworkDescription } from '../../domain/structures/network.ts'
import { saveEdit, saveNew } from '../accounts/saved-edit.ts'
import type { Database } from '../database/database.ts'
import { findKnownNetwork, OWN_NETWORK } from '../networks/networks.ts'
import { saveOtherWord } from './other-words.ts'
import {
  findChangedAt,
  listTextChanges,
  type SignedProfile,
  setChangedAt,
  WORD_NOUNS,
  type WordNoun,
} from './word-nouns.ts'

/** What a site signed of its structure and its networks before it was restored from a backup of before. */

/** What became of it; `aside` where the team has to choose, `refused` where none of our keys has signed it. */
export type WordOutcome = 'taken' | 'aside' | 'known' | 'refused'

/** What a directory gives, when it was signed, and whose it is here. */
export type Given<T> = {
  said: T
  at: Temporal.Instant
  by: Author
  times: RestoreTimes
  organizationId: string
  /** Whether a key of this site has signed it; else one that it does not have says that it did. */
  isSigned: boolean
}

/** Takes the profile of the structure that was lost, unless it was changed here since. */
export const takeBackProfile = (
  trx: Database,
  { organizationId: id, ...given }: Given<SignedProfile>,
  now: Temporal.Instant,
): Promise<WordOutcome> => takeBack(trx, 'structure', { ...given, id }, now)

/** Takes a network of ours that was lost, or what was lost of it, unless that was changed here since. */
export async function takeBackNetwork(
  trx: Database,
  given: Given<NetworkDescription & Pick<Network, 'uri' | 'actorUri'>>,
  now: Temporal.Instant,
): Promise<WordOutcome> {
  const { said, at, by, times, isSigned, organizationId } = given
  const known = await findKnownNetwork(trx, said.uri)
  if (known) return takeBack(trx, 'network', { ...given, id: known.id }, now)
  if (!isSigned) return 'refused'
  if (!isLost(at, times)) return 'known'
  const id = randomUUID()
  const slug = said.uri.slice(said.uri.lastIndexOf('/') + 1)
  const value = { ...said, id, slug, organizationId, peerId: undefined, updatedAt: at }
  await saveNew(trx, OWN_NETWORK, { id, by, value }, now)
  await setChangedAt(trx, { table: 'network', id, at })
  return 'taken'
}

/**
 * Ends a network that was ended before the restore; its members and the directories heard it then. One that was made or
 * changed since then stays.
 */
export async function takeBackEnd(
  trx: Database,
  { said: { uri }, at, by, times }: Omit<Given<{ uri: string }>, 'organizationId' | 'isSigned'>,
  now: Temporal.Instant,
): Promise<WordOutcome> {
  const known = await findKnownNetwork(trx, uri)
  if (!known || known.peerId !== undefined) return 'known'
  if (!isLost(at, times) || !isFrom(at, known.updatedAt)) return 'known'
  const decide = () => ({ value: undefined })
  const edit = { id: known.id, by, seen: undefined, decide }
  const { outcome } = await saveEdit(trx, OWN_NETWORK, edit, now)
  return outcome === 'deleted' ? 'taken' : 'known'
}

const isLost = (at: Temporal.Instant, { since }: RestoreTimes): boolean => isFrom(at, since)

/** Returns whether a word, which may be dated in whole seconds, is of this time or later. */
const isFrom = (word: Temporal.Instant, time: Temporal.Instant): boolean =>
  word.epochMilliseconds >= Math.floor(time.epochMilliseconds / 1000) * 1000

async function takeBack<Name extends keyof typeof WORD_NOUNS>(
  trx: Database,
  name: Name,
  { id, said, at, by, times, isSigned }: Omit<Given<object>, 'organizationId'> & { id: string },
  now: Temporal.Instant,
): Promise<WordOutcome> {
  const noun = WORD_NOUNS[name] as WordNoun<unknown, object>
  const { edited, table, merge, textsOf } = noun
  const before = await edited.find(trx, id)
  if (before === undefined) return 'known'
  const value = merge(before, said)
  const changes = listTextChanges(textsOf(before), textsOf(value))
  if (changes.length === 0 || !isLost(at, times)) return 'known'
  const changedAt = await findChangedAt(trx, { table, id })
  const isChangedHere = changedAt !== undefined && isFrom(changedAt, times.splitAt)
  if (!isChangedHere && changedAt && Temporal.Instant.compare(at, changedAt) <= 0) return 'known'
  if (isChangedHere || !isSigned) {
    const reason = isSigned ? 'both' : 'key'
    await saveOtherWord(trx, { noun: name, subject: id, directory: by.name, reason, said, at })
    return 'aside'
  }
  const edit = { id, by, seen: undefined, decide: () => ({ value }), changesOf: () => changes }
  const taken = await saveEdit(trx, edited, edit, now)
  if (taken.outcome !== 'saved') return 'known'
  await setChangedAt(trx, { table, id, at })
  return 'taken'
}
