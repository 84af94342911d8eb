/** What the name of a feed needs to know of a territory. */
export type NamedTerritory = {
  kind: 'region' | 'departement' | 'epci' | 'commune'
  /** `r-53`, `35`, `e-243500139`, `c-35238` */
  code: string
  name: string
}

/**
 * The account that announces the cafés of a territory: `cafes-ille-et-vilaine`, `cafes-bretagne`. Only régions and
 * départements have one; overseas the two of them are one territory and share it.
 */
export const feedNameOf = ({ kind, name }: NamedTerritory): string | undefined =>
  kind === 'region' || kind === 'departement' ? `cafes-${toLabel(name)}` : undefined

/** The other names of the same account, by code: `cafes-35`, `cafes-r-53`, `cafes-2a`. */
export const feedAliasesOf = (territory: NamedTerritory): string[] =>
  feedNameOf(territory) ? [`cafes-${territory.code.toLowerCase()}`] : []

/** Small letters, figures and hyphens: what every network accepts in the name of an account. */
const toLabel = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
