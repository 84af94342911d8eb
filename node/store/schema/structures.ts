import type { Generated } from 'kysely'
import type { ClosedPast } from '../../domain/structures/hosted.ts'
import type { Partner, StructureProfile } from '../../domain/structures/structure-profile.ts'
import type { Kind } from '../../domain/values/structure-kinds.ts'
import { type AddressColumns, addressFields } from './address.ts'
import { choice, describe, json, named, number, optional, type RowOf, text } from './table.ts'

/** The tables of structures that organise cafés, here or elsewhere. */
export interface StructureTables {
  organization: OrganizationTable
  structure: AddressColumns & {
    uri: string
    id: string
    peer_id: string | null
    organization_id: string | null
    name: string
    url: string
    username: string | null
    kind: string | null
    website: string | null
    search_text: string
    last_word_at: string
    described_at: string | null
    read_at: string | null
  }
}

/** The columns of the profile of a structure of ours; those of the size of its logo are in `media`. */
export const PROFILE = describe<StructureProfile>()({
  name: text,
  kind: optional(choice<Kind>()),
  siret: optional(text),
  rna: optional(text),
  address: { prefix: '', presentIf: 'commune', fields: addressFields },
  phone: optional(text),
  email: optional(text),
  website: optional(text),
  presentationMarkdown: optional(text),
  presentationHtml: text,
  links: json<readonly string[]>(),
  logo: {
    prefix: 'logo_',
    presentIf: 'mediaId',
    fields: {
      mediaId: named('logo_id', text),
      width: number,
      height: number,
      sizes: json<readonly number[]>(),
    },
  },
  partners: json<readonly Partner[]>(),
})

type OfOtherTable = 'logo_width' | 'logo_height' | 'logo_sizes'
type WithDefault = 'presentation_html' | 'links' | 'partners'

interface OrganizationTable extends Omit<RowOf<typeof PROFILE>, OfOtherTable | WithDefault> {
  presentation_html: Generated<string>
  links: Generated<string>
  partners: Generated<string>
  id: string
  slug: string
  search_text: string
  created_at: string
  /** When its profile was last changed; null before anybody did. */
  updated_at: Generated<string | null>
  /** How many shares of the site it has, where it is hosted. */
  shares: Generated<number>
  /** Since when it is suspended, and why; null while it is not. */
  suspended_at: Generated<string | null>
  suspended_reason: Generated<string | null>
  /** Since when it is closed, what becomes of its past, and whether something is still to be done for that. */
  closed_at: Generated<string | null>
  closed_past: Generated<ClosedPast | null>
  is_closing: Generated<number>
}
