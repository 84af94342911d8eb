import { createHash } from 'node:crypto'
import type { AttendanceMode, Cafe } from '../../domain/cafe.ts'
import { findCommune, wholeCommune } from '../../geo/communes.ts'
import type { Territory } from '../../geo/territories.ts'
import { foldWords, searchWords } from '../words.ts'

/**
 * What a café is found by besides its words: tokens that begin with a mark which no folded word can hold, so that
 * nobody can type one. The index adds its cells, its structure, the kind and the networks of it in SQL.
 */
const MARK = '___'

const MODES: Record<AttendanceMode, string> = { offline: 'o', online: 'n', mixed: 'x' }

export const token = {
  mode: (mode: AttendanceMode) => `${MARK}m${MODES[mode]}`,
  format: (format: string) => `${MARK}f${joined(format)}`,
  audience: (audience: string) => `${MARK}p${joined(audience)}`,
  accessibility: (code: string) => `${MARK}a${code}`,
  intention: (intention: string) => `${MARK}i${intention}`,
  language: (tag: string) => `${MARK}l${joined(tag)}`,
  kind: (kind: string) => `${MARK}k${kind.toLowerCase()}`,
  region: (code: string) => `${MARK}r${joined(code)}`,
  departement: (code: string) => `${MARK}d${joined(code)}`,
  epci: (code: string) => `${MARK}e${joined(code)}`,
  commune: (code: string) => `${MARK}c${joined(code)}`,
  network: (id: string) => `${MARK}w${id.replaceAll('-', '')}`,
  structure: (organizationId: string) => `${MARK}s${organizationId.replaceAll('-', '')}`,
  organizer: (uri: string) =>
    `${MARK}o${createHash('sha256').update(uri).digest('hex').slice(0, 16)}`,
}

/** Of a free text, whatever its accents, capitals and plurals. */
const joined = (text: string): string => searchWords(text).join('_')

export function territoryToken(territory: Territory): string {
  switch (territory.kind) {
    case 'region':
      return token.region(territory.region.code)
    case 'departement':
      return token.departement(territory.departement.code)
    case 'epci':
      return token.epci(territory.epci.code)
    case 'commune':
      return token.commune(territory.commune.codeInsee)
  }
}

/** A café has no more different words than that to be found by. */
const WORDS_MAX = 2000

/** The two columns of a café that its index is made of; each text begins and ends with a space. */
export function toSearchColumns(cafe: Cafe): { search_text: string; search_facets: string } {
  const text = foldWords(
    [
      cafe.title,
      cafe.summary,
      cafe.format,
      ...cafe.themes,
      ...cafe.audiences,
      cafe.venue?.name,
      cafe.venue?.commune,
      cafe.organizer.name,
      cafe.descriptionHtml.replace(/<[^>]*>/g, ' '),
    ]
      .filter((part) => part !== undefined)
      .join(' '),
  )
  const words = [...new Set(text.trim().split(' '))].slice(0, WORDS_MAX)
  return {
    search_text: ` ${[...words, token.organizer(cafe.organizer.uri)].join(' ')} `,
    search_facets: [...new Set(facetsOf(cafe))].join(' '),
  }
}

const facetsOf = (cafe: Cafe): string[] => [
  token.mode(cafe.attendanceMode),
  ...[cafe.format ?? []].flat().map(token.format),
  ...cafe.audiences.map(token.audience),
  ...cafe.accessibility.map(token.accessibility),
  ...cafe.intentions.map(token.intention),
  ...cafe.languages.map(token.language),
  ...placesOf(cafe),
]

/** The territories that a café is in: an arrondissement of Lyon is in Lyon too. */
function placesOf({ venue }: Cafe): string[] {
  if (!venue) return []
  const { codeInsee, departement, region } = venue
  const commune = codeInsee === undefined ? undefined : findCommune(codeInsee)
  const whole = commune && wholeCommune(commune)
  return [
    ...(region === undefined ? [] : [token.region(region)]),
    ...(departement === undefined ? [] : [token.departement(departement)]),
    ...(whole?.epci === undefined ? [] : [token.epci(whole.epci)]),
    ...(codeInsee === undefined ? [] : [token.commune(codeInsee)]),
    ...(commune === undefined ? [] : [token.commune(commune.codeInsee)]),
    ...(whole === undefined ? [] : [token.commune(whole.codeInsee)]),
  ]
}
