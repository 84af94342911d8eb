import { codeAt, isMunicipalArrondissement } from './commune-table.ts'
import { findCommune, wholeCommune } from './communes.ts'
import { readColumns } from './data-file.ts'

type Codes = { byEpci: Map<string, string[]>; byCity: Map<string, string[]> }

let madeCodes: Codes | undefined

/** Reads the codes; the table is made at its first use, in about 5 milliseconds. */
export function readEpciCodes(): Codes {
  madeCodes ??= makeCodes()
  return madeCodes
}

function makeCodes(): Codes {
  const { epcis, epciOf } = readColumns()
  const byEpci = new Map<string, string[]>()
  const byCity = new Map<string, string[]>()
  const add = (map: Map<string, string[]>, key: string, code: string) => {
    const known = map.get(key)
    if (known) known.push(code)
    else map.set(key, [code])
  }
  epciOf.forEach((place, row) => {
    const code = codeAt(row)
    const epci = epcis[place]
    if (epci) add(byEpci, epci, code)
    const arrondissement = isMunicipalArrondissement(code) ? findCommune(code) : undefined
    if (arrondissement) add(byCity, wholeCommune(arrondissement).codeInsee, code)
  })
  return { byEpci, byCity }
}

/** Returns the INSEE codes of the communes of an intercommunality, municipal arrondissements included. */
export const codesOfEpci = (epci: string): string[] => readEpciCodes().byEpci.get(epci) ?? []

/** Returns the commune's own INSEE code and, for Paris, Lyon and Marseille, those of its arrondissements. */
export const codesOfCommune = (codeInsee: string): string[] => [
  codeInsee,
  ...(readEpciCodes().byCity.get(codeInsee) ?? []),
]
