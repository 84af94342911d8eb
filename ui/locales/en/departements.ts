import { countKinds } from '../../../node/domain/territories/collectivity.ts'
import { plural } from '../../../node/domain/values/number-text.ts'

/** Returns the number of départements, and of overseas collectivities if there are any. */
export function departementsText(codes: readonly string[]): string {
  const { departements, collectivities } = countKinds(codes)
  const texts = [
    ...(departements > 0 || collectivities === 0
      ? [plural(departements, 'département', 'départements', 'en')]
      : []),
    ...(collectivities > 0
      ? [plural(collectivities, 'overseas collectivity', 'overseas collectivities', 'en')]
      : []),
  ]
  return texts.join(' and ')
}
