import type { AccessibilityCode } from '../values/accessibility.ts'
import type { Kind } from '../values/structure-kinds.ts'

/**
 * The part of the national description of a « lieu de médiation numérique » that a profile or a venue can take over.
 */
export type MediationPlace = {
  name: string
  kind: Kind | undefined
  siret: string | undefined
  rna: string | undefined
  streetAddress: string | undefined
  postalCode: string | undefined
  commune: string | undefined
  codeInsee: string | undefined
  latitude: number | undefined
  longitude: number | undefined
  phone: string | undefined
  email: string | undefined
  website: string | undefined
  /** Addresses of its other pages: more web sites, the page to make an appointment. */
  links: readonly string[]
  /** Markdown that says what it is, and then when it is open. */
  presentation: string | undefined
  accessibility: readonly AccessibilityCode[]
  acceslibreUrl: string | undefined
}

/** Why a file gives no place: it is neither a table nor JSON, or no place is in it. */
export type WrongPlaces = 'unreadable' | 'not-places'
