import { organizerNameOf, organizerUrlOf } from '../../domain/cafes/announced-for.ts'
import {
  type AttendanceMode,
  attendanceModeOf,
  type Cafe,
  type CafeStatus,
  type Intention,
  type Openness,
  type RegistrationMode,
} from '../../domain/cafes/cafe.ts'
import { mapCafeTexts } from '../../domain/cafes/cafe-texts.ts'
import type { Geocoding, Location } from '../../domain/cafes/venue.ts'
import { ACCESSIBILITY_CODES, type AccessibilityCode } from '../../domain/values/accessibility.ts'
import { withOffset } from '../../domain/values/date-text.ts'
import { webHref } from '../../domain/values/web-address.ts'
import { TEXT_COLUMNS } from './text-columns.ts'

/** The words of our tables for the values of the domain. */
const STATUS_TEXTS: Record<CafeStatus, string> = {
  scheduled: 'prévu',
  cancelled: 'annulé',
  postponed: 'reporté',
  rescheduled: 'date modifiée',
  'moved-online': 'passé en ligne',
}
const MODE_TEXTS: Record<AttendanceMode, string> = {
  offline: 'présentiel',
  online: 'en ligne',
  mixed: 'mixte',
}
const REGISTRATION_TEXTS: Record<RegistrationMode, string> = {
  none: 'sans inscription',
  local: 'sur le site',
  external: 'ailleurs',
  phone: 'par téléphone',
}
const OPENNESS_TEXTS: Record<Openness, string> = {
  public: 'tout public',
  reserved: 'réservé',
}
export const INTENTION_TEXTS: Record<Intention, string> = {
  learn: 'apprendre',
  try: 'expérimenter',
  debate: 'débattre',
}

type Cell = string | number | undefined

/** A café to be written, with what the tables of France know of its venue, where that was looked up. */
export type LocatedCafe = Cafe & { location?: Location | undefined }

const GEOCODING_TEXTS: Record<Geocoding, string> = {
  commune: 'commune',
  address: 'adresse',
  exact: 'exact',
}

/** The constraints of a field, as Table Schema v1 names them. */
type Constraints = {
  required?: true
  unique?: true
  enum?: string[]
  pattern?: string
  minimum?: number | string
  maximum?: number | string
}

/** One column of a table of cafés: what is written in it, and what a reader is told of it. */
export type CafeColumn = {
  name: string
  value: (cafe: LocatedCafe) => Cell
  type: 'string' | 'number' | 'integer' | 'datetime' | 'boolean'
  format?: 'uri' | 'any'
  /** The description in French, for the data dictionary. */
  description: string
  constraints?: Constraints
  /** Whether it is left out of what is published as open data, since it may lead to a person. */
  kept?: true
}

const ACCESSIBILITY: Record<AccessibilityCode, string> = {
  hi: 'sourdes ou malentendantes',
  vi: 'aveugles ou malvoyantes',
  pi: 'qui vivent avec un handicap psychique',
  mi: 'en fauteuil ou à mobilité réduite',
  ii: 'qui vivent avec un handicap mental',
}

const text = (
  name: string,
  description: string,
  value: CafeColumn['value'],
  constraints?: Constraints,
): CafeColumn => ({
  name,
  type: 'string',
  description,
  value,
  ...(constraints && { constraints }),
})

/** Returns a column that holds only web addresses, whatever a stranger sent. */
const address = (
  name: string,
  description: string,
  value: (cafe: Cafe) => string | undefined,
  constraints?: Constraints,
): CafeColumn => ({
  ...text(name, description, (cafe) => webHref(value(cafe)), constraints),
  format: 'uri',
})

/** Returns a column that holds only values which meet its constraint: other countries have other codes. */
const code = (
  name: string,
  description: string,
  pattern: string,
  value: (cafe: Cafe) => string | undefined,
): CafeColumn =>
  text(
    name,
    description,
    (cafe) => {
      const given = value(cafe)
      return given !== undefined && new RegExp(pattern).test(given) ? given : undefined
    },
    { pattern },
  )

const yes = (name: string, description: string, value: CafeColumn['value']): CafeColumn => ({
  name,
  type: 'boolean',
  description,
  value,
})

const time = (
  name: string,
  description: string,
  value: CafeColumn['value'],
  constraints?: Constraints,
): CafeColumn => ({
  name,
  type: 'datetime',
  format: 'any',
  description,
  value,
  ...(constraints && { constraints }),
})

const REQUIRED = { required: true } as const

/** Every column, in order. None has facilitators or the team. */
export const CAFE_COLUMNS: readonly CafeColumn[] = [
  address(
    'id',
    'Adresse permanente du café, sur le site du lieu qui l’annonce. Elle ne change jamais et ne sert qu’une fois.',
    (cafe) => cafe.uri,
    { required: true, unique: true },
  ),
  text('titre', 'Nom du café.', (cafe) => cafe.title, REQUIRED),
  text('resume', 'Une ou deux phrases, sans mise en forme.', (cafe) => cafe.summary),
  text(
    'description',
    'Texte complet de l’annonce, en texte simple ou en Markdown.',
    (cafe) => cafe.descriptionMarkdown ?? cafe.descriptionText,
  ),
  time(
    'debut',
    'Date et heure du début, à l’heure du lieu, avec le décalage (ISO 8601).',
    (cafe) => withOffset(cafe.startsAt, cafe.timezone),
    REQUIRED,
  ),
  time(
    'fin',
    'Date et heure de la fin, à l’heure du lieu, avec le décalage (ISO 8601).',
    (cafe) => withOffset(cafe.endsAt, cafe.timezone),
    REQUIRED,
  ),
  text(
    'fuseau',
    'Fuseau horaire du lieu, par exemple Europe/Paris.',
    (cafe) => cafe.timezone,
    REQUIRED,
  ),
  text('statut', 'Ce qui est dit de la date.', (cafe) => STATUS_TEXTS[cafe.status], {
    required: true,
    enum: Object.values(STATUS_TEXTS),
  }),
  text(
    'statut_note',
    'Explication de l’équipe, par exemple pourquoi le café est annulé.',
    (cafe) => cafe.statusNote,
  ),
  text('lieu', 'Nom du lieu. Vide si le café est seulement en ligne.', (cafe) => cafe.venue?.name),
  text('adresse', 'Numéro et rue.', (cafe) => cafe.venue?.streetAddress),
  code('code_postal', 'Code postal, cinq chiffres.', '^\\d{5}$', (cafe) => cafe.venue?.postalCode),
  text('commune', 'Nom de la commune.', (cafe) => cafe.venue?.commune),
  code(
    'code_insee',
    'Code officiel géographique de la commune ou de l’arrondissement.',
    '^(?:\\d{2}|2[AB])\\d{3}$',
    (cafe) => cafe.venue?.codeInsee,
  ),
  code(
    'departement',
    'Code du département ou de la collectivité d’outre-mer.',
    '^(?:\\d{2,3}|2[AB])$',
    (cafe) => cafe.venue?.departement,
  ),
  code(
    'region',
    'Code officiel géographique de la région.',
    '^\\d{2,3}$',
    (cafe) => cafe.venue?.region,
  ),
  {
    name: 'latitude',
    type: 'number',
    description: 'Degrés, WGS 84. Le point peut être celui de la commune.',
    value: (cafe) => cafe.venue?.latitude,
    constraints: { minimum: -90, maximum: 90 },
  },
  {
    name: 'longitude',
    type: 'number',
    description: 'Degrés, WGS 84.',
    value: (cafe) => cafe.venue?.longitude,
    constraints: { minimum: -180, maximum: 180 },
  },
  text(
    'geocodage',
    'Ce que vaut le point : celui de la commune, près de l’adresse (à cent mètres environ), ou exact (à dix mètres).',
    ({ location }) => location?.geocoding && GEOCODING_TEXTS[location.geocoding],
    { enum: Object.values(GEOCODING_TEXTS) },
  ),
  text('mode', 'Comment on participe.', (cafe) => MODE_TEXTS[attendanceModeOf(cafe)], {
    required: true,
    enum: Object.values(MODE_TEXTS),
  }),
  address('lien_en_ligne', 'Adresse pour rejoindre le café en ligne.', (cafe) => cafe.onlineUrl),
  yes('gratuit', 'Toujours « Oui » : un café IA est gratuit.', () => 'Oui'),
  text(
    'inscription_mode',
    'Comment on s’inscrit.',
    (cafe) => REGISTRATION_TEXTS[cafe.registration.mode],
    { required: true, enum: Object.values(REGISTRATION_TEXTS) },
  ),
  address(
    'inscription_url',
    'Page d’inscription, quand elle est ailleurs.',
    (cafe) => cafe.registration.url,
  ),
  {
    ...text('telephone', 'Numéro à appeler pour s’inscrire.', (cafe) => cafe.phone),
    kept: true,
  },
  {
    name: 'jauge',
    type: 'integer',
    description: 'Nombre de places en tout.',
    value: (cafe) => cafe.registration.capacity,
    constraints: { minimum: 1 },
  },
  text('format', 'Forme du café, en mots libres : débat, atelier…', (cafe) => cafe.format),
  text('themes', 'Thèmes, séparés par « | ».', (cafe) => cafe.themes.join('|')),
  text('ressources', 'Adresses de ce avec quoi l’équipe anime, séparées par une espace.', (cafe) =>
    (cafe.resources ?? []).map(({ uri }) => uri).join(' '),
  ),
  text(
    'intentions',
    'Ce que le café propose : apprendre, expérimenter, débattre. Séparées par « | ».',
    (cafe) => cafe.intentions.map((intention) => INTENTION_TEXTS[intention]).join('|'),
    { pattern: `^(?:(?:${Object.values(INTENTION_TEXTS).join('|')})(?:\\||$))*$` },
  ),
  text('publics', 'Publics attendus, séparés par « | ».', (cafe) => cafe.audiences.join('|')),
  text('acces', 'Qui peut venir.', (cafe) => OPENNESS_TEXTS[cafe.openTo], {
    required: true,
    enum: Object.values(OPENNESS_TEXTS),
  }),
  text('langues', 'Langues parlées (codes BCP 47), séparées par « | ».', (cafe) =>
    cafe.languages.join('|'),
  ),
  ...Object.values(
    mapCafeTexts((field) => {
      const { name, description } = TEXT_COLUMNS[field]
      return text(name, description, (cafe) => cafe[field])
    }),
  ),
  ...ACCESSIBILITY_CODES.map((code) =>
    yes(
      `access_${code}`,
      `« Oui » quand le lieu accueille les personnes ${ACCESSIBILITY[code]}. Vide : rien n’est dit.`,
      (cafe) => (cafe.accessibility.includes(code) ? 'Oui' : undefined),
    ),
  ),
  text('structure', 'Nom de la structure qui organise.', organizerNameOf, REQUIRED),
  address('structure_url', 'Page de la structure.', organizerUrlOf),
  address('lien', 'Page du café à montrer au public.', (cafe) => cafe.url, REQUIRED),
  text(
    'serie',
    'L’adresse de la série, ou un texte qui est le même pour toutes ses dates.',
    (cafe) => cafe.series,
  ),
  address('image_url', 'Adresse de l’image.', (cafe) => cafe.image?.url),
  text('image_alt', 'Ce que montre l’image, en mots.', (cafe) => cafe.image?.alt),
  time(
    'date_maj',
    'Dernière mise à jour, en temps universel (ISO 8601).',
    (cafe) => cafe.updatedAt.toString({ smallestUnit: 'second' }),
    REQUIRED,
  ),
]

/** The columns of open data: none that may lead to a person. */
export const OPEN_DATA_COLUMNS: readonly CafeColumn[] = CAFE_COLUMNS.filter(
  ({ kept }) => !kept,
).map((column) => ({ ...column, value: (cafe) => withoutContacts(column, column.value(cafe)) }))

const EMAIL = /(?<![\p{L}\d._%+-])[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu
const PHONE =
  /(?<![\d.])(?:(?:\+|00)\d{2,3}[\s.-]?(?:\(0\)\s?)?|0)[1-9](?:[\s.-]?\d{2}){3,4}(?!\d)/g

/**
 * Returns a cell without contact details: organisers sometimes write in a description whom to contact, which stays on
 * the café's own page.
 */
const withoutContacts = ({ type, format }: CafeColumn, cell: Cell): Cell =>
  typeof cell === 'string' && type === 'string' && format === undefined
    ? cell.replaceAll(EMAIL, '[contact]').replaceAll(PHONE, '[contact]')
    : cell
