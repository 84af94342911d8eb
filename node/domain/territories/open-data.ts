/** The files of a day, all of them public. */
export const OPEN_DATA_FILES = [
  { name: 'cafes-ia.csv', mediaType: 'text/csv; charset=utf-8' },
  { name: 'cafes-ia.geojson', mediaType: 'application/geo+json' },
  { name: 'cafes-ia.ndjson', mediaType: 'application/x-ndjson' },
  { name: 'lieux-de-mediation.csv', mediaType: 'text/csv; charset=utf-8' },
] as const
export type OpenDataName = (typeof OPEN_DATA_FILES)[number]['name']

export const isOpenDataName = (name: string): name is OpenDataName =>
  OPEN_DATA_FILES.some((file) => file.name === name)

export type OpenDataFile = {
  name: OpenDataName
  bytes: number
  /** In hexadecimal. */
  sha256: string
}

/** What was public at one moment, as files. */
export type OpenData = {
  createdAt: Temporal.Instant
  /** How many cafés, past ones too; how many places are in the table of places. */
  cafes: number
  places: number
  files: OpenDataFile[]
}

/** A night was missed: somebody who looks has it made again. */
export const isStale = ({ createdAt }: OpenData, now: Temporal.Instant): boolean =>
  createdAt.until(now).total('hours') > 36
