import type { FormValues } from '../../../ui/components/fields.tsx'
import type { OfferedPlace, WrongFile } from '../../../ui/structures/file-import.tsx'
import type { MediationPlace } from '../../domain/structures/mediation-place.ts'
import { toPlainWords } from '../../formats/csv/plain-text.ts'
import {
  type PlaceRecord,
  readPlaceRecords,
  toMediationPlace,
} from '../../formats/mediation/read.ts'
import { findCommune } from '../../geo/communes.ts'
import { type BodyLimits, fileOf, textOf } from '../http/forms.ts'

export type PlaceFileAnswer =
  | { place: MediationPlace }
  | { places: OfferedPlace[] }
  | { wrong: WrongFile }

/** The maximum number of bytes of the file. */
const PLACE_FILE_BYTES = 10 * 1024 ** 2

/** The limits of a form with such a file. */
export const PLACE_FILE_LIMITS: Partial<BodyLimits> = {
  most: PLACE_FILE_BYTES + 1024 ** 2,
  refusal: 'structures.file_too_large',
}

/** The maximum number of places that are offered to choose from; a person still reads a list of this length. */
const MOST_OFFERED = 50

/** Reads the one place of the form: from a file, from what was pasted, or chosen among several. */
export async function readPlaceFile(form: FormData): Promise<PlaceFileAnswer> {
  const file = fileOf(form, 'file')
  if (file === 'empty') return { wrong: { field: 'file', reason: 'without-content' } }
  if (file && file.size > PLACE_FILE_BYTES) return { wrong: { field: 'file', reason: 'too-large' } }
  const source =
    textOf(form, 'chosen') ||
    (file ? new Uint8Array(await file.arrayBuffer()) : textOf(form, 'pasted'))
  if (source === '') return { wrong: { field: 'file', reason: 'empty' } }
  const read = readPlaceRecords(source)
  if ('wrong' in read) return { wrong: { field: 'file', reason: read.wrong } }
  const words = toPlainWords(textOf(form, 'search')).split(' ')
  const found = read.records.filter((record) => {
    const said = toPlainWords(`${record.nom} ${record.code_postal ?? ''} ${record.commune ?? ''}`)
    return words.every((word) => said.includes(word))
  })
  const [only] = found
  if (!only) return { wrong: { field: 'search', reason: 'none' } }
  if (found.length === 1) return { place: toMediationPlace(only) }
  if (found.length > MOST_OFFERED)
    return { wrong: { field: 'search', reason: 'many', count: found.length } }
  return { places: found.map(toOffered) }
}

const toOffered = (record: PlaceRecord): OfferedPlace => {
  const place = toMediationPlace(record)
  return {
    value: JSON.stringify(record),
    name: place.name,
    where: [place.streetAddress, townOf(place)].filter(Boolean).join(', '),
  }
}

/** Returns the town as one types it, by the name that we have for it. */
function townOf({ codeInsee, commune, postalCode }: MediationPlace): string {
  const known = codeInsee ? findCommune(codeInsee) : undefined
  return [postalCode, known?.name ?? commune].filter(Boolean).join(' ')
}

/** Returns the form of the place with the values of a file; what the file does not say stays. */
export function profileValuesOf(place: MediationPlace, known: FormValues): FormValues {
  const said = {
    name: place.name,
    kind: place.kind,
    presentationMarkdown: place.presentation,
    ...addressValues(place),
    phone: place.phone,
    email: place.email,
    website: place.website,
    siret: place.siret,
    rna: place.rna,
  }
  const links = [...String(known.links ?? '').split('\n'), ...place.links].filter(Boolean)
  return {
    ...known,
    ...withoutEmpty(said),
    links: [...new Set(links)].slice(0, 6).join('\n'),
    ...accessValues(place),
    'add.shown': 'yes',
    'add.venue': 'yes',
  }
}

/** Returns the form of an address with the values of a file. */
export const venueValuesOf = (place: MediationPlace): FormValues => ({
  ...withoutEmpty({ name: place.name, ...addressValues(place) }),
  ...accessValues(place),
})

const addressValues = (place: MediationPlace) => ({
  streetAddress: place.streetAddress,
  town: townOf(place),
})

const accessValues = (place: MediationPlace): FormValues => ({
  accessibility: place.accessibility,
  ...withoutEmpty({
    acceslibreUrl: place.acceslibreUrl,
    latitude: place.latitude?.toString().replace('.', ','),
    longitude: place.longitude?.toString().replace('.', ','),
  }),
})

const withoutEmpty = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
