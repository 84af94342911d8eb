import { communeAt, index } from './commune-table.ts'
import { wholeCommune } from './communes.ts'
import { createStepwiseTable, ROWS_A_STEP } from './stepwise-table.ts'

type Codes = { byEpci: Map<string, string[]>; byCity: Map<string, string[]> }

export const epciTable = createStepwiseTable(makeCodes)

const codes = (): Codes => epciTable.get()

function* makeCodes(): Generator<undefined, Codes> {
  const byEpci = new Map<string, string[]>()
  const byCity = new Map<string, string[]>()
  const add = (map: Map<string, string[]>, key: string, code: string) => {
    const known = map.get(key)
    if (known) known.push(code)
    else map.set(key, [code])
  }
  for (let row = 0; row < index().names.length; row++) {
    if (row % ROWS_A_STEP === 0) yield
    const commune = communeAt(row)
    const whole = wholeCommune(commune)
    if (whole.epci) add(byEpci, whole.epci, commune.codeInsee)
    if (whole !== commune) add(byCity, whole.codeInsee, commune.codeInsee)
  }
  return { byEpci, byCity }
}

/** INSEE codes of the communes of an intercommunality, municipal arrondissements included. */
export const codesOfEpci = (epci: string): string[] => codes().byEpci.get(epci) ?? []

/** The commune's own INSEE code and, for Paris, Lyon and Marseille, those of its arrondissements. */
export const codesOfCommune = (codeInsee: string): string[] => [
  codeInsee,
  ...(codes().byCity.get(codeInsee) ?? []),
]
