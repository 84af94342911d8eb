import { type CafeColumn, OPEN_DATA_COLUMNS } from './cafe-columns.ts'

type Where = {
  /** The site's own address. */
  origin: string
  /** Addresses of the schema itself, and of the example. */
  schema: string
  example?: string
}

/** The licence of our tables, as Frictionless names it. */
export const LICENCE = {
  name: 'etalab-2.0',
  title: 'Licence Ouverte 2.0',
  path: 'https://www.etalab.gouv.fr/licence-ouverte-open-licence',
}

/**
 * When the table was first described, and when a column was last changed; a test checks that the second date follows
 * the columns.
 */
const SCHEMA_DATES = { created: '2026-11-27', lastModified: '2026-12-01' }

/**
 * Returns the table of cafés as a Table Schema (https://specs.frictionlessdata.io/table-schema/, v1), with French
 * descriptions and constraints that all our rows meet.
 */
export const cafesTableSchema = (
  { origin, schema, example }: Where,
  columns: readonly CafeColumn[] = OPEN_DATA_COLUMNS,
) => ({
  $schema: 'https://specs.frictionlessdata.io/schemas/table-schema.json',
  name: 'cafes-ia',
  title: 'Cafés IA',
  description:
    'Cafés IA : rencontres gratuites, là où les gens sont déjà, pour parler de l’intelligence artificielle. Une ligne par café et par date.',
  version: '1.0.0',
  created: SCHEMA_DATES.created,
  lastModified: SCHEMA_DATES.lastModified,
  countryCode: 'FR',
  homepage: origin,
  path: schema,
  licenses: [LICENCE],
  ...(example && { resources: [{ title: 'Exemple valide', path: example }] }),
  primaryKey: ['id'],
  missingValues: [''],
  fields: columns.map(toField),
})

const toField = ({ name, type, format, description, constraints }: CafeColumn) => ({
  name,
  type,
  ...(format && { format }),
  description,
  ...(type === 'boolean' && { trueValues: ['Oui'], falseValues: ['Non'] }),
  ...(constraints && { constraints }),
})

/** One file of the day, as the description of the package names it. */
export type DescribedFile = {
  name: string
  mediaType: string
  title: string
  bytes: number
  sha256: string
}

/** Returns the files of a day as a Data Package (https://specs.frictionlessdata.io/data-package/, v1). */
export const cafesDataPackage = (
  { origin, schema }: Pick<Where, 'origin' | 'schema'>,
  { createdAt, files }: { createdAt: Temporal.Instant; files: readonly DescribedFile[] },
) => ({
  profile: 'data-package',
  name: 'cafes-ia',
  title: 'Cafés IA',
  homepage: origin,
  created: createdAt.toString(),
  licenses: [LICENCE],
  resources: files.map(({ name, mediaType, title, bytes, sha256 }) => ({
    name: name.replaceAll('.', '-'),
    path: name,
    title,
    mediatype: mediaType,
    bytes,
    hash: `sha256:${sha256}`,
    ...(name === 'cafes-ia.csv' && {
      profile: 'tabular-data-resource',
      encoding: 'utf-8',
      dialect: { delimiter: ';', lineTerminator: '\r\n' },
      schema,
    }),
  })),
})
