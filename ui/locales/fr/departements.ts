import { countKinds } from '../../../node/domain/territories/collectivity.ts'
import { plural } from '../../../node/domain/values/number-text.ts'

/**
 * Returns how many départements there are, and collectivities overseas if there are any: `3 départements`,
 * `4 départements et 1 collectivité d’outre-mer`.
 */
export function departementsText(codes: readonly string[]): string {
  const { departements, collectivities } = countKinds(codes)
  const texts = [
    ...(departements > 0 || collectivities === 0
      ? [plural(departements, 'département', 'départements')]
      : []),
    ...(collectivities > 0
      ? [plural(collectivities, 'collectivité d’outre-mer', 'collectivités d’outre-mer')]
      : []),
  ]
  return texts.join(' et ')
}
