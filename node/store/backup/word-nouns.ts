import type { Change } from '../../domain/federation/change.ts'
import type { Network, NetworkDescription } from '../../domain/structures/network.ts'
import type { StructureProfile } from '../../domain/structures/structure-profile.ts'
import type { EditChange } from '../accounts/acts.ts'
import type { EditedNoun } from '../accounts/saved-edit.ts'
import { instantOrUndefined, toInstantText } from '../database/columns.ts'
import type { Database } from '../database/database.ts'
import { OWN_NETWORK } from '../networks/networks.ts'
import { appendChange } from '../queues/changes.ts'
import { OWN_PROFILE } from '../structures/profiles.ts'

/** What a site signs of its structure and its networks, beside its cafés. */

/** What the wire says of a profile; the rest of it stays as it is here. */
export type SignedProfile = Pick<
  StructureProfile,
  'name' | 'kind' | 'address' | 'phone' | 'email' | 'website' | 'presentationHtml'
> & { presentationMarkdown: string | undefined }

/** How what is signed of one kind of object is taken and compared; the texts bear the names of its form. */
export type WordNoun<T, Said> = {
  edited: EditedNoun<T>
  table: 'organization' | 'network'
  merge: (value: T, said: Said) => T
  textsOf: (value: T) => Record<string, string>
  toChange: (value: T) => Change
}

const PROFILE_WORD: WordNoun<StructureProfile, SignedProfile> = {
  edited: OWN_PROFILE,
  table: 'organization',
  merge: (value, said) => {
    const { presentationMarkdown } = said.presentationHtml === value.presentationHtml ? value : said
    return { ...value, ...said, presentationMarkdown }
  },
  textsOf: (profile) => ({
    name: profile.name,
    kind: profile.kind ?? '',
    presentationMarkdown: profile.presentationMarkdown ?? '',
    streetAddress: profile.address?.streetAddress ?? '',
    town: [profile.address?.postalCode, profile.address?.commune].filter(Boolean).join(' '),
    phone: profile.phone ?? '',
    email: profile.email ?? '',
    website: profile.website ?? '',
  }),
  toChange: () => ({ type: 'profile-updated' }),
}

const NETWORK_WORD: WordNoun<Network, NetworkDescription> = {
  edited: OWN_NETWORK,
  table: 'network',
  merge: (value, { name, presentation, website }) => ({ ...value, name, presentation, website }),
  textsOf: ({ name, presentation, website }) => ({ name, presentation, website: website ?? '' }),
  toChange: ({ uri }) => ({ type: 'network-saved', uri }),
}

export const WORD_NOUNS = { structure: PROFILE_WORD, network: NETWORK_WORD }

/** Lists the texts in which the first differs from the second, as the first has them. */
export const listTextChanges = (
  one: Record<string, string>,
  other: Record<string, string>,
): EditChange[] =>
  Object.entries(one).flatMap(([name, before]) =>
    before === other[name] ? [] : [{ name, before }],
  )

type Row = { table: WordNoun<never, never>['table']; id: string }

/** Finds when it was last changed; undefined before anybody did. */
export async function findChangedAt(
  trx: Database,
  { table, id }: Row,
): Promise<Temporal.Instant | undefined> {
  const row = await trx
    .selectFrom(table)
    .select('updated_at')
    .where('id', '=', id)
    .executeTakeFirst()
  return instantOrUndefined(row?.updated_at ?? null)
}

/** Dates what is taken back by its signed text, since another directory may have a later one. */
export async function setChangedAt(
  trx: Database,
  { table, id, at }: Row & { at: Temporal.Instant },
): Promise<void> {
  const updated_at = toInstantText(at)
  await trx.updateTable(table).set({ updated_at }).where('id', '=', id).execute()
}

/** Appends the change that says anew what holds here, dated so that no server that has this other text ignores it. */
export async function appendAnew<T>(
  trx: Database,
  { table, toChange }: WordNoun<T, never>,
  { id, value, after }: { id: string; value: T; after: Temporal.Instant },
  now: Temporal.Instant,
): Promise<void> {
  const next = after.add({ seconds: 1 })
  const at = Temporal.Instant.compare(next, now) > 0 ? next : now
  await setChangedAt(trx, { table, id, at })
  await appendChange(trx, toChange(value), now)
}
