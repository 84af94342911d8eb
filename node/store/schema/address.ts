/** The columns of an address, the same in every table that has one; all are null where there is none. */
export type AddressColumns = {
  street_address: string | null
  postal_code: string | null
  commune: string | null
  code_insee: string | null
  departement: string | null
  region: string | null
}
