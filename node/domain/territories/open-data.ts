/** The files of open data of one day; all of them are public. */
export const OPEN_DATA_FILES = [
  { name: 'cafes-ia.csv', mediaType: 'text/csv; charset=utf-8' },
  { name: 'cafes-ia.geojson', mediaType: 'application/geo+json' },
  { name: 'cafes-ia.ndjson', mediaType: 'application/x-ndjson' },
  { name: 'lieux-de-mediation.csv', mediaType: 'text/csv; charset=utf-8' },
] as const
export type OpenDataName = (typeof OPEN_DATA_FILES)[number]['name']

/** Returns whether a name from an address is that of a file of open data. */
export const isOpenDataName = (name: string): name is OpenDataName =>
  OPEN_DATA_FILES.some((file) => file.name === name)

export type OpenDataFile = {
  name: OpenDataName
  bytes: number
  /** The hash in hexadecimal. */
  sha256: string
}

/** What was public at one moment, as files. */
export type OpenData = {
  createdAt: Temporal.Instant
  /** The number of cafés, past ones included, and of places in the table of places. */
  cafes: number
  places: number
  files: OpenDataFile[]
}

/** Returns whether a night was missed, so that the files are made again when somebody asks for them. */
export const isStale = ({ createdAt }: OpenData, now: Temporal.Instant): boolean =>
  createdAt.until(now).total('hours') > 36
