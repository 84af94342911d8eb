/** What of a territory is needed to name its feed. */
export type NamedTerritory = {
  kind: 'region' | 'departement' | 'epci' | 'commune'
  /** The code of the territory: `r-53`, `35`, `e-243500139`, `c-35238`. */
  code: string
  name: string
}

/**
 * Returns the name of the account that announces the cafés of a territory: `cafes-ille-et-vilaine`, `cafes-bretagne`.
 * Only régions and départements have one. A région overseas has the name of its département, so its account's name
 * contains `region`, since two accounts cannot share a name.
 */
export function feedNameOf({ kind, code, name }: NamedTerritory): string | undefined {
  if (kind === 'departement') return `cafes-${toLabel(name)}`
  if (kind !== 'region') return undefined
  return isOverseas(code) ? `cafes-region-${toLabel(name)}` : `cafes-${toLabel(name)}`
}

/**
 * Returns whether a région is overseas, `r-01` Guadeloupe to `r-06` Mayotte, or a collectivity, `r-975` to `r-989`:
 * each of them is a département too.
 */
const isOverseas = (code: string): boolean => /^r-(?:0\d|9\d\d)$/.test(code)

/** Returns other names of the same account, made from the code: `cafes-35`, `cafes-r-53`, `cafes-2a`. */
export const feedAliasesOf = (territory: NamedTerritory): string[] =>
  feedNameOf(territory) ? [`cafes-${territory.code.toLowerCase()}`] : []

/**
 * Reduces a name to lower-case letters, digits and hyphens, which all software of the fediverse accepts in the name of
 * an account.
 */
export const toLabel = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
