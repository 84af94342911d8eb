import type { Address } from '../../domain/structures/structure-profile.ts'
import { describe, optional, type RowOf, text } from './table.ts'

/** The fields of an address, which lie alike in every table that has one. */
export const addressFields = {
  streetAddress: optional(text),
  postalCode: optional(text),
  commune: text,
  codeInsee: optional(text),
  departement: optional(text),
  region: optional(text),
}

/** The columns of an address; all are null where there is none. */
export const ADDRESS = describe<{ address: Address | undefined }>()({
  address: { prefix: '', presentIf: 'commune', fields: addressFields },
})
export type AddressColumns = RowOf<typeof ADDRESS>
