import { type RawBuilder, sql } from 'kysely'
import { codesOfCommune, codesOfEpci } from '../../geo/epci-communes.ts'
import type { Territory } from '../../geo/territories.ts'

/** Returns the condition that a row of `cafe` or `asked_question`, which say where it was alike, is in a territory. */
export function isWithinTerritory(
  table: 'cafe' | 'asked_question',
  territory: Territory,
): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  if (territory.kind === 'region')
    return sql<boolean>`${column('region')} = ${territory.region.code}`
  if (territory.kind === 'departement')
    return sql<boolean>`${column('departement')} = ${territory.departement.code}`
  const codes =
    territory.kind === 'epci'
      ? codesOfEpci(territory.epci.code)
      : codesOfCommune(territory.commune.codeInsee)
  return codes.length === 0
    ? sql<boolean>`1 = 0`
    : sql<boolean>`${column('code_insee')} in (${sql.join(codes)})`
}
