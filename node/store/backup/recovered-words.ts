import { randomUUID } from 'node:crypto'
import type { Author } from '../../domain/cafes/edit.ts'
import type { RestoreTimes } from '../../domain/cafes/other-version.ts'
import type { Network, NetworkDescription } from '../../domain/structures/network.ts'
import type { StructureProfile } from '../../domain/structures/structure-profile.ts'
import type { EditChange } from '../accounts/acts.ts'
import { type EditedNoun, saveEdit, saveNew } from '../accounts/saved-edit.ts'
import { toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { findKnownNetwork, OWN_NETWORK } from '../networks/networks.ts'
import { findSiteProfileTime, findStructureProfile, OWN_PROFILE } from '../structures/profiles.ts'

/** What a site signed of its structure and its networks before it was restored from a backup of before. */

/** What became of it; `aside` where it was changed here since the restore, so that the history has the other text. */
export type WordOutcome = 'taken' | 'aside' | 'known'

/** What a directory gives, when it was signed, and whose it is here. */
export type Given<T> = {
  said: T
  at: Temporal.Instant
  by: Author
  times: RestoreTimes
  organizationId: string
}

/** What the wire says of a profile; the rest of it stays as it is here. */
export type SignedProfile = Pick<
  StructureProfile,
  'name' | 'kind' | 'address' | 'phone' | 'email' | 'website' | 'presentationHtml'
> & { presentationMarkdown: string | undefined }

/** Takes the profile of the structure that was lost, unless it was changed here since. */
export async function takeBackProfile(
  trx: Database,
  given: Given<SignedProfile>,
  now: Temporal.Instant,
): Promise<WordOutcome> {
  const { said, organizationId: id } = given
  const before = await findStructureProfile(trx, id)
  if (!before) return 'known'
  const isSame = said.presentationHtml === before.presentationHtml
  const { presentationMarkdown } = isSame ? before : said
  const value = { ...before, ...said, presentationMarkdown }
  const changedAt = await findSiteProfileTime(trx)
  const edited = { id, before, value, kept: before, changedAt, textsOf: textsOfProfile }
  return takeBack(trx, OWN_PROFILE, { ...given, ...edited, table: 'organization' }, now)
}

/** Takes a network of ours that was lost, or what was lost of it, unless that was changed here since. */
export async function takeBackNetwork(
  trx: Database,
  given: Given<NetworkDescription & Pick<Network, 'uri' | 'actorUri'>>,
  now: Temporal.Instant,
): Promise<WordOutcome> {
  const { said, at, by, times, organizationId } = given
  const known = await findKnownNetwork(trx, said.uri)
  if (!known) {
    if (!isLost(at, times)) return 'known'
    const id = randomUUID()
    const slug = said.uri.slice(said.uri.lastIndexOf('/') + 1)
    const value = { ...said, id, slug, organizationId, peerId: undefined, updatedAt: at }
    await saveNew(trx, OWN_NETWORK, { id, by, value }, now)
    await setChangedAt(trx, { table: 'network', id, at })
    return 'taken'
  }
  const { name, presentation, website } = said
  const value = { ...known, name, presentation, website }
  const { id, updatedAt: changedAt } = known
  const kept = { ...known, updatedAt: at.add({ seconds: 1 }) }
  const edited = { id, before: known, value, kept, changedAt, textsOf: textsOfNetwork }
  return takeBack(trx, OWN_NETWORK, { ...given, ...edited, table: 'network' }, now)
}

/**
 * Ends a network that was ended before the restore; its members and the directories heard it then. One that was made or
 * changed since then stays.
 */
export async function takeBackEnd(
  trx: Database,
  { said: { uri }, at, by, times }: Omit<Given<{ uri: string }>, 'organizationId'>,
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

type Dated = { table: 'organization' | 'network'; id: string; at: Temporal.Instant }

/** Dates what is taken back by its signed text, since another directory may have a later one. */
async function setChangedAt(trx: Database, { table, id, at }: Dated): Promise<void> {
  const updated_at = toInstantText(at)
  await trx.updateTable(table).set({ updated_at }).where('id', '=', id).execute()
}

type Edited<T> = Dated &
  Pick<Given<unknown>, 'by' | 'times'> & {
    before: T
    value: T
    /** What holds where it was changed here since: what is here, dated so that nobody ignores it. */
    kept: T
    changedAt: Temporal.Instant | undefined
    textsOf: (value: T) => Record<string, string>
  }

async function takeBack<T>(
  trx: Database,
  noun: EditedNoun<T>,
  { table, id, before, value, kept, changedAt, textsOf, at, by, times }: Edited<T>,
  now: Temporal.Instant,
): Promise<WordOutcome> {
  const changes = listChanges(textsOf(before), textsOf(value))
  if (changes.length === 0 || !isLost(at, times)) return 'known'
  const edit = { id, by, seen: undefined }
  if (changedAt === undefined || !isFrom(changedAt, times.splitAt)) {
    if (changedAt && Temporal.Instant.compare(at, changedAt) <= 0) return 'known'
    const decide = () => ({ value })
    const taken = await saveEdit(trx, noun, { ...edit, decide, changesOf: () => changes }, now)
    if (taken.outcome !== 'saved') return 'known'
    await setChangedAt(trx, { table, id, at })
    return 'taken'
  }
  const theirs = listChanges(textsOf(value), textsOf(before))
  const changesOf = () => theirs.map((change) => ({ ...change, isSetAside: true as const }))
  await saveEdit(trx, noun, { ...edit, decide: () => ({ value: kept }), changesOf }, now)
  return 'aside'
}

/** Lists the texts in which the first differs from the second, as the first has them. */
const listChanges = (one: Record<string, string>, other: Record<string, string>): EditChange[] =>
  Object.entries(one).flatMap(([name, before]) =>
    before === other[name] ? [] : [{ name, before }],
  )

/** Returns the texts of a profile by the names of its form. */
const textsOfProfile = (profile: StructureProfile): Record<string, string> => ({
  name: profile.name,
  kind: profile.kind ?? '',
  presentationMarkdown: profile.presentationMarkdown ?? '',
  streetAddress: profile.address?.streetAddress ?? '',
  town: [profile.address?.postalCode, profile.address?.commune].filter(Boolean).join(' '),
  phone: profile.phone ?? '',
  email: profile.email ?? '',
  website: profile.website ?? '',
})

const textsOfNetwork = ({ name, presentation, website }: NetworkDescription) => ({
  name,
  presentation,
  website: website ?? '',
})
