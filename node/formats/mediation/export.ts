import { organizerUrlOf } from '../../domain/cafes/announced-for.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import type { Venue } from '../../domain/cafes/venue.ts'
import type { AccessibilityCode } from '../../domain/values/accessibility.ts'
import { isWebAddress } from '../../domain/values/web-address.ts'
import { tableHead, tableRows } from '../csv/write.ts'
import { cleanText, LINE_MAX } from '../text/clean-text.ts'
import { placeUuid } from './place-key.ts'

/** The fields of the standard « Lieux de médiation numérique » (Table Schema, version 1.0.2), in its order. */
const MEDIATION_FIELDS = [
  'id',
  'pivot',
  'nom',
  'commune',
  'code_postal',
  'code_insee',
  'adresse',
  'complement_adresse',
  'latitude',
  'longitude',
  'typologie',
  'telephone',
  'courriels',
  'site_web',
  'horaires',
  'presentation_resume',
  'presentation_detail',
  'source',
  'itinerance',
  'structure_parente',
  'date_maj',
  'services',
  'publics_specifiquement_adresses',
  'prise_en_charge_specifique',
  'frais_a_charge',
  'dispositif_programmes_nationaux',
  'formations_labels',
  'autres_formations_labels',
  'modalites_acces',
  'modalites_accompagnement',
  'fiche_acces_libre',
  'prise_rdv',
] as const
type MediationField = (typeof MEDIATION_FIELDS)[number]

/** A place where cafés are or were held. */
export type MediationPlace = {
  venue: Venue
  organizerUrl: string | undefined
  accessibility: readonly AccessibilityCode[]
  updatedAt: Temporal.Instant
}

/** The number of a place whose number in the register is not known. */
const NO_NUMBER = '00000000000000'

const CARE: Partial<Record<AccessibilityCode, string>> = {
  hi: 'Surdité',
  vi: 'Déficience visuelle',
  mi: 'Handicaps moteurs',
  pi: 'Handicaps mentaux',
  ii: 'Handicaps mentaux',
}

/** Adds the place of a café that is open to everybody; the latest café says what is known of the place. */
export function addPlace(places: Map<string, MediationPlace>, cafe: Cafe): void {
  const { venue } = cafe
  if (!venue || cafe.openTo !== 'public' || !isComplete(venue)) return
  const id = placeUuid(venue)
  const known = places.get(id)
  if (known && Temporal.Instant.compare(known.updatedAt, cafe.updatedAt) >= 0) return
  places.set(id, {
    venue,
    organizerUrl: organizerUrlOf(cafe),
    accessibility: cafe.accessibility,
    updatedAt: cafe.updatedAt,
  })
}

/** Returns whether a place has a whole address, which the standard asks for; one without is not in the table. */
const isComplete = ({ streetAddress, postalCode }: Venue): boolean =>
  streetAddress !== undefined && /^\d{5}$/.test(postalCode ?? '')

/** Returns the head of the table, before the rows of places. It has no telephone number and no e-mail address. */
export const mediationHead = (): string => tableHead(MEDIATION_FIELDS)

/**
 * Writes the lines of places as the standard of the *médiation numérique* has them, without a header; each place comes
 * with its id.
 */
export const mediationRows = (places: Iterable<[id: string, place: MediationPlace]>): string =>
  tableRows(
    [...places].map(([id, place]) => {
      const row = toRow(id, place)
      return MEDIATION_FIELDS.map((field) => row[field])
    }),
  )

function toRow(
  id: string,
  { venue, organizerUrl, accessibility, updatedAt }: MediationPlace,
): Partial<Record<MediationField, string | number>> {
  const care = [...new Set(accessibility.flatMap((code) => CARE[code] ?? []))]
  return {
    id,
    pivot: NO_NUMBER,
    nom: cleanText(venue.name, LINE_MAX),
    commune: cleanText(venue.commune, LINE_MAX),
    ...(venue.postalCode && { code_postal: venue.postalCode }),
    ...(isInsee(venue.codeInsee) && { code_insee: venue.codeInsee }),
    adresse: cleanText(venue.streetAddress ?? '', LINE_MAX),
    ...(venue.latitude !== undefined && { latitude: venue.latitude }),
    ...(venue.longitude !== undefined && { longitude: venue.longitude }),
    ...(organizerUrl && isWebAddress(organizerUrl) && { site_web: organizerUrl }),
    presentation_resume:
      'Des cafés IA s’y tiennent : des rencontres gratuites et ouvertes à tout le monde sur l’intelligence artificielle.',
    source: 'Café IA',
    itinerance: 'Fixe',
    date_maj: updatedAt.toString().slice(0, 10),
    services: 'Compréhension du monde numérique',
    prise_en_charge_specifique: care.join('|'),
    frais_a_charge: 'Gratuit',
    modalites_accompagnement: 'Dans un atelier collectif',
    ...(venue.acceslibreUrl &&
      isWebAddress(venue.acceslibreUrl) && { fiche_acces_libre: venue.acceslibreUrl }),
  }
}

const isInsee = (code: string | undefined): code is string =>
  code !== undefined && /^(?:[013-9]\d|2[AB1-9])\d{3}$/.test(code)
