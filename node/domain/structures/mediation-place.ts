import type { AccessibilityCode } from '../values/accessibility.ts'
import type { Kind } from '../values/structure-kinds.ts'

/** What the national description of a « lieu de médiation numérique » says that a profile or a venue can take. */
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
  /** Its other pages: more web sites, the page to make an appointment. */
  links: readonly string[]
  /** Markdown: what it is, then when it is open. */
  presentation: string | undefined
  accessibility: readonly AccessibilityCode[]
  acceslibreUrl: string | undefined
}

/** Why a file says nothing of a place: no table and no JSON, or no place in it. */
export type WrongPlaces = 'unreadable' | 'not-places'
