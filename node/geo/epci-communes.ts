import { communeAt, index } from './commune-table.ts'
import { wholeCommune } from './communes.ts'

let loadedCodes: { byEpci: Map<string, string[]>; byCity: Map<string, string[]> } | undefined

function codes(): { byEpci: Map<string, string[]>; byCity: Map<string, string[]> } {
  if (loadedCodes) return loadedCodes
  const byEpci = new Map<string, string[]>()
  const byCity = new Map<string, string[]>()
  const add = (map: Map<string, string[]>, key: string, code: string) => {
    const known = map.get(key)
    if (known) known.push(code)
    else map.set(key, [code])
  }
  for (let row = 0; row < index().names.length; row++) {
    const commune = communeAt(row)
    const whole = wholeCommune(commune)
    if (whole.epci) add(byEpci, whole.epci, commune.codeInsee)
    if (whole !== commune) add(byCity, whole.codeInsee, commune.codeInsee)
  }
  loadedCodes = { byEpci, byCity }
  return loadedCodes
}

/** INSEE codes of the communes of an intercommunality, municipal arrondissements included. */
export const codesOfEpci = (epci: string): string[] => codes().byEpci.get(epci) ?? []

/** The commune's own INSEE code and, for Paris, Lyon and Marseille, those of its arrondissements. */
export const codesOfCommune = (codeInsee: string): string[] => [
  codeInsee,
  ...(codes().byCity.get(codeInsee) ?? []),
]
