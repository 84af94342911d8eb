import { stringify } from 'csv-stringify/sync'
import {
  ACCESSIBILITY_CODES,
  type AttendanceMode,
  type Cafe,
  type CafeStatus,
  type Intention,
  type Openness,
  type RegistrationMode,
} from '../domain/cafe.ts'
import { plainText } from './html-text.ts'

/** The words of the table for the domain's. */
const STATUS_WORDS: Record<CafeStatus, string> = {
  scheduled: 'prévu',
  cancelled: 'annulé',
  postponed: 'reporté',
  rescheduled: 'date modifiée',
  'moved-online': 'passé en ligne',
}
const MODE_WORDS: Record<AttendanceMode, string> = {
  offline: 'présentiel',
  online: 'en ligne',
  mixed: 'mixte',
}
const REGISTRATION_WORDS: Record<RegistrationMode, string> = {
  none: 'sans inscription',
  local: 'sur le site',
  external: 'ailleurs',
  phone: 'par téléphone',
}
const OPENNESS_WORDS: Record<Openness, string> = {
  public: 'tout public',
  reserved: 'réservé',
}
export const INTENTION_WORDS: Record<Intention, string> = {
  learn: 'apprendre',
  try: 'expérimenter',
  debate: 'débattre',
}

type Cell = string | number | undefined
const COLUMNS: [name: string, value: (cafe: Cafe) => Cell][] = [
  ['id', (cafe) => cafe.uri],
  ['titre', (cafe) => cafe.title],
  ['resume', (cafe) => cafe.summary],
  ['description', (cafe) => cafe.descriptionMarkdown ?? plainText(cafe.descriptionHtml)],
  ['debut', (cafe) => withOffset(cafe.startsAt, cafe.timezone)],
  ['fin', (cafe) => withOffset(cafe.endsAt, cafe.timezone)],
  ['fuseau', (cafe) => cafe.timezone],
  ['statut', (cafe) => STATUS_WORDS[cafe.status]],
  ['statut_note', (cafe) => cafe.statusNote],
  ['lieu', (cafe) => cafe.venue?.name],
  ['adresse', (cafe) => cafe.venue?.streetAddress],
  ['code_postal', (cafe) => cafe.venue?.postalCode],
  ['commune', (cafe) => cafe.venue?.commune],
  ['code_insee', (cafe) => cafe.venue?.codeInsee],
  ['departement', (cafe) => cafe.venue?.departement],
  ['region', (cafe) => cafe.venue?.region],
  ['latitude', (cafe) => cafe.venue?.latitude],
  ['longitude', (cafe) => cafe.venue?.longitude],
  ['mode', (cafe) => MODE_WORDS[cafe.attendanceMode]],
  ['lien_en_ligne', (cafe) => cafe.onlineUrl],
  ['gratuit', () => 'Oui'],
  ['inscription_mode', (cafe) => REGISTRATION_WORDS[cafe.registration.mode]],
  ['inscription_url', (cafe) => cafe.registration.url],
  ['telephone', (cafe) => cafe.phone],
  ['jauge', (cafe) => cafe.registration.capacity],
  ['format', (cafe) => cafe.format],
  ['themes', (cafe) => cafe.themes.join('|')],
  [
    'intentions',
    (cafe) => cafe.intentions.map((intention) => INTENTION_WORDS[intention]).join('|'),
  ],
  ['publics', (cafe) => cafe.audiences.join('|')],
  ['acces', (cafe) => OPENNESS_WORDS[cafe.openTo]],
  ['langues', (cafe) => cafe.languages.join('|')],
  ['soutien', (cafe) => cafe.support],
  ...ACCESSIBILITY_CODES.map((code): (typeof COLUMNS)[number] => [
    `access_${code}`,
    (cafe) => (cafe.accessibility.includes(code) ? 'Oui' : undefined),
  ]),
  ['structure', (cafe) => cafe.organizer.name],
  ['structure_url', (cafe) => cafe.organizer.url],
  ['lien', (cafe) => cafe.url],
  ['serie', (cafe) => cafe.series],
  ['image_url', (cafe) => cafe.image?.url],
  ['image_alt', (cafe) => cafe.image?.alt],
  ['date_maj', (cafe) => cafe.updatedAt.toString({ smallestUnit: 'second' })],
]

/**
 * A table that a French Excel opens by a double click: UTF-8 with its mark, semicolons, CRLF. A text that a
 * spreadsheet would run as a formula gets an apostrophe (CWE-1236); numbers do not. Lists are joined by `|`, times are
 * ISO 8601 with the offset of the place. Facilitators are never in it.
 */
export const toCsv = (cafes: Cafe[]): string =>
  stringify(
    cafes.map((cafe) => COLUMNS.map(([, value]) => value(cafe))),
    {
      bom: true,
      header: true,
      columns: COLUMNS.map(([name]) => name),
      delimiter: ';',
      record_delimiter: 'windows',
      escape_formulas: true,
    },
  )

const withOffset = (instant: Temporal.Instant, timezone: string): string =>
  instant.toZonedDateTimeISO(timezone).toString({ smallestUnit: 'second', timeZoneName: 'never' })
