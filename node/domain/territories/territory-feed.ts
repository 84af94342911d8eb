/** What the name of a feed needs to know of a territory. */
export type NamedTerritory = {
  kind: 'region' | 'departement' | 'epci' | 'commune'
  /** `r-53`, `35`, `e-243500139`, `c-35238` */
  code: string
  name: string
}

/**
 * The account that announces the cafés of a territory: `cafes-ille-et-vilaine`, `cafes-bretagne`. Only régions and
 * départements have one. Overseas a région has the name of its département: it says `region`, since of two accounts
 * one name would be taken.
 */
export function feedNameOf({ kind, code, name }: NamedTerritory): string | undefined {
  if (kind === 'departement') return `cafes-${toLabel(name)}`
  if (kind !== 'region') return undefined
  return isOverseas(code) ? `cafes-region-${toLabel(name)}` : `cafes-${toLabel(name)}`
}

/** `r-01` Guadeloupe to `r-06` Mayotte, and the collectivities, `r-975` to `r-989`: each is a département too. */
const isOverseas = (code: string): boolean => /^r-(?:0\d|9\d\d)$/.test(code)

/** The other names of the same account, by code: `cafes-35`, `cafes-r-53`, `cafes-2a`. */
export const feedAliasesOf = (territory: NamedTerritory): string[] =>
  feedNameOf(territory) ? [`cafes-${territory.code.toLowerCase()}`] : []

/** Small letters, figures and hyphens: what every network accepts in the name of an account. */
export const toLabel = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
