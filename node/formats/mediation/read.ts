import { parse } from 'csv-parse/sync'
import type { MediationPlace, WrongPlaces } from '../../domain/structures/mediation-place.ts'
import { isRna, isSiret } from '../../domain/structures/siret.ts'
import { ACCESSIBILITY_CODES, type AccessibilityCode } from '../../domain/values/accessibility.ts'
import { isEmail, isPhone } from '../../domain/values/contact.ts'
import { isKind } from '../../domain/values/structure-kinds.ts'
import { toWholeAddress } from '../../domain/values/web-address.ts'
import { decodeBytes } from '../csv/bytes-text.ts'
import { cleanLines, cleanText } from '../text/clean-text.ts'
import { openingHoursText } from './opening-hours.ts'

/**
 * Reads places in the schema « Lieux de médiation numérique » of La Mednum (CSV with `|` between several values, or
 * JSON), and under the few other names that data·inclusion gives to the same fields.
 */

/** The maximum number of places; the whole country has some twenty thousand. */
const MOST_PLACES = 50_000

/** One place as its file has it: the schema's names, with values as text. */
export type PlaceRecord = Readonly<Record<string, string>>

const FIELDS = [
  ...['nom', 'commune', 'code_postal', 'code_insee', 'adresse', 'complement_adresse'],
  ...['pivot', 'siret', 'rna', 'latitude', 'longitude', 'typologie', 'telephone'],
  ...['courriels', 'courriel', 'site_web', 'prise_rdv', 'horaires', 'horaires_ouverture'],
  ...['horaires_accueil', 'presentation_resume', 'presentation_detail', 'description'],
  ...['prise_en_charge_specifique', 'fiche_acces_libre', 'accessibilite'],
] as const
type Field = (typeof FIELDS)[number]

/** Reads the places of a file, in its order, as records; those without a name are left out. */
export function readPlaceRecords(
  bytes: Uint8Array | string,
): { records: PlaceRecord[] } | { wrong: WrongPlaces } {
  const text = (typeof bytes === 'string' ? bytes : decodeBytes(bytes))
    .replace(/^\ufeff/, '')
    .trim()
  // A workbook is a ZIP archive; an image or a PDF contains such bytes too.
  if (text === '' || text.includes('\0') || text.startsWith('PK\u0003'))
    return { wrong: 'unreadable' }
  const rows = /^[[{]/.test(text) ? readJson(text) : readTable(text)
  if (!rows) return { wrong: 'unreadable' }
  const records = rows
    .slice(0, MOST_PLACES)
    .map(toRecord)
    .filter((record) => record.nom && (record.commune || record.code_postal || record.code_insee))
  return records.length > 0 ? { records } : { wrong: 'not-places' }
}

/** Reads a list, one place, or an object around a list. */
function readJson(text: string): Record<string, unknown>[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return value.filter(isObject)
    if (!isObject(value)) return undefined
    const list = Object.values(value).find((item) => Array.isArray(item) && item.some(isObject))
    return 'nom' in value || !Array.isArray(list) ? [value] : list.filter(isObject)
  } catch {
    return undefined
  }
}

function readTable(text: string): Record<string, unknown>[] | undefined {
  const [head = ''] = text.split('\n', 1)
  const delimiter = [';', '\t', ','].reduce((best, next) =>
    head.split(next).length > head.split(best).length ? next : best,
  )
  try {
    return parse(text, {
      delimiter,
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: 200_000,
      to: MOST_PLACES,
    }) as Record<string, unknown>[]
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads only the fields that are used below, each value as the text that a table would have. */
function toRecord(row: Record<string, unknown>): PlaceRecord {
  const entries = FIELDS.flatMap((field): [Field, string][] => {
    const value = row[field]
    const text = Array.isArray(value) ? value.filter(isText).join('|') : isText(value) ? value : ''
    const clean = cleanLines(String(text), 2000)
    return clean === '' ? [] : [[field, clean]]
  })
  return Object.fromEntries(entries)
}

const isText = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number'

/** Reads a record, each value in the form of our own fields; invalid values are left out. */
export function toMediationPlace(record: PlaceRecord): MediationPlace {
  const get = (...names: Field[]) => names.map((name) => record[name]).find(Boolean) ?? ''
  const list = (...names: Field[]) =>
    names
      .flatMap((name) => (record[name] ?? '').split('|'))
      .map((text) => text.trim())
      .filter((text) => text !== '')
  const one = (max: number, ...names: Field[]) => cleanText(get(...names), max) || undefined
  const numbers = list('pivot', 'siret', 'rna').map((text) => text.replaceAll(/\s/g, ''))
  const [website, ...links] = list('site_web', 'prise_rdv').map(toShortAddress).filter(isPresent)
  const street = list('adresse', 'complement_adresse').join(', ')
  return {
    name: cleanText(get('nom'), 100),
    kind: list('typologie').find(isKind),
    siret: numbers.find(isSiret),
    rna: numbers.find(isRna),
    streetAddress: cleanText(street, 255) || undefined,
    postalCode: /^\d{4,5}$/.test(get('code_postal'))
      ? get('code_postal').padStart(5, '0')
      : undefined,
    commune: one(100, 'commune'),
    codeInsee: toCodeInsee(get('code_insee')),
    ...readPoint(get('latitude'), get('longitude')),
    phone: list('telephone').map(toFrenchPhone).find(isPhone),
    email: list('courriels', 'courriel').find(isEmail),
    website,
    links: links.filter((link, at) => links.indexOf(link) === at).slice(0, 6),
    presentation: toPresentation(record),
    accessibility: readAccessibility(list('prise_en_charge_specifique')),
    acceslibreUrl: list('fiche_acces_libre', 'accessibilite').map(toShortAddress).find(isPresent),
  }
}

/** Reads an INSEE code; spreadsheets remove the leading zero of Ain to Ariège. */
const toCodeInsee = (text: string): string | undefined =>
  /^\d{4}$/.test(text) ? `0${text}` : /^(?:\d{2}|2[AB])\d{3}$/.exec(text)?.[0]

const isPresent = <Value>(value: Value | undefined): value is Value => value !== undefined

const toShortAddress = (text: string): string | undefined => {
  const address = toWholeAddress(text)
  return address && address.length <= 500 ? address : undefined
}

/** Writes `+33299001122` as people in France do: `02 99 00 11 22`. Numbers overseas keep their prefix. */
const toFrenchPhone = (text: string): string => {
  const [, national] = /^(?:\+33|0033)\s?\(?0?\)?\s?([1-9](?:[\s.-]?\d){8})$/.exec(text) ?? []
  return national ? `0${national.replaceAll(/\D/g, '')}`.replaceAll(/(\d\d)(?=\d)/g, '$1 ') : text
}

function readPoint(
  latitude: string,
  longitude: string,
): Pick<MediationPlace, 'latitude' | 'longitude'> {
  const [north, east] = [latitude, longitude].map((text) =>
    text === '' ? Number.NaN : Number(text.replace(',', '.')),
  )
  const isPoint = Math.abs(north ?? 91) <= 90 && Math.abs(east ?? 181) <= 180
  return isPoint && !(north === 0 && east === 0)
    ? { latitude: north, longitude: east }
    : { latitude: undefined, longitude: undefined }
}

const PRESENTATION_MAX = 1000

/** Returns the long text where there is one and it fits, otherwise the short one; then the opening hours, as a list. */
function toPresentation(record: PlaceRecord): string | undefined {
  const { presentation_resume: short, presentation_detail: long, description } = record
  const hours = record.horaires ?? record.horaires_accueil ?? record.horaires_ouverture
  const lines = hours ? (openingHoursText(hours) ?? [cleanText(hours, 300)]) : []
  const open =
    lines.length > 0 ? `Horaires\u00a0:\n\n${lines.map((line) => `- ${line}`).join('\n')}` : ''
  const room = PRESENTATION_MAX - open.length - 2
  const text = [long, short, description].find((words) => words && words.length <= room)
  return (
    [text ?? short?.slice(0, Math.max(0, room)), open].filter(Boolean).join('\n\n') || undefined
  )
}

const WELCOMES: Record<AccessibilityCode, RegExp> = {
  hi: /surdit|auditi/i,
  vi: /visuel/i,
  pi: /psychi/i,
  mi: /moteur|mobilit/i,
  ii: /menta(?:l|ux)|intellect/i,
}

const readAccessibility = (welcomes: readonly string[]): AccessibilityCode[] =>
  ACCESSIBILITY_CODES.filter((code) => welcomes.some((words) => WELCOMES[code].test(words)))
