/**
 * Checks rows against a Table Schema (https://specs.frictionlessdata.io/table-schema/, v1), as far as ours goes:
 * anything else in it is refused, so that nothing stays unchecked.
 */
export type TableSchema = { fields: SchemaField[]; missingValues: string[]; primaryKey: string[] }

type SchemaField = {
  name: string
  type: string
  format?: string
  description: string
  trueValues?: string[]
  falseValues?: string[]
  constraints?: Record<string, unknown>
}

const FIELD_WORDS = 'name type format description trueValues falseValues constraints'.split(' ')

type Cast = (text: string, field: SchemaField) => unknown

const CASTS: Record<string, Cast> = {
  string: (text, { format }) => (format === 'uri' ? new URL(text).href : text),
  number: (text) => (/^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : refuse('no number')),
  integer: (text) => (/^-?\d+$/.test(text) ? Number(text) : refuse('no integer')),
  datetime: (text) => Temporal.Instant.from(text),
  boolean: (text, { trueValues = ['true'], falseValues = ['false'] }) =>
    trueValues.includes(text) || (falseValues.includes(text) ? false : refuse('no boolean')),
}

/** Whether a value meets its constraint; `required` and `unique` are checked before. */
const CONSTRAINTS: Record<string, (value: unknown, limit: never) => boolean> = {
  required: () => true,
  unique: () => true,
  enum: (value, limit: unknown[]) => limit.includes(value),
  pattern: (value, limit: string) => new RegExp(`^(?:${limit})$`, 'u').test(String(value)),
  minimum: (value, limit: number) => Number(value) >= limit,
  maximum: (value, limit: number) => Number(value) <= limit,
}

function refuse(reason: string): never {
  throw new Error(reason)
}

function castCell(text: string, field: SchemaField, missing: readonly string[]): unknown {
  for (const word of Object.keys(field))
    if (!FIELD_WORDS.includes(word)) refuse(`nobody knows ${word}`)
  const constraints = Object.entries(field.constraints ?? {})
  if (missing.includes(text)) return field.constraints?.required ? refuse('required') : undefined
  const cast = CASTS[field.type] ?? refuse(`nobody knows the type ${field.type}`)
  const value = cast(text, field)
  for (const [name, limit] of constraints) {
    const holds = CONSTRAINTS[name] ?? refuse(`nobody knows the constraint ${name}`)
    if (!holds(value, limit as never)) refuse(`${text} is against ${name}`)
  }
  return value
}

/**
 * Checks one row, by the names of its columns.
 * @throws Error that names the column of the first cell that is wrong.
 */
export function castRow(
  { fields, missingValues }: TableSchema,
  row: readonly string[],
): Record<string, unknown> {
  if (row.length !== fields.length) refuse(`${row.length} cells, not ${fields.length}`)
  return Object.fromEntries(
    fields.map((field, index) => {
      try {
        return [field.name, castCell(row[index] ?? '', field, missingValues)]
      } catch (error) {
        throw new Error(`${field.name}: ${error}`)
      }
    }),
  )
}

/**
 * Checks all rows of a table, the first of which has the names of the columns.
 * @throws Error when the columns are others, a row is wrong or what must be unique comes twice.
 */
export function castTable(
  schema: TableSchema,
  [head = [], ...rows]: readonly string[][],
): Record<string, unknown>[] {
  const names = schema.fields.map(({ name }) => name)
  if (head.join() !== names.join()) refuse(`the columns are ${head.join()}`)
  const read = rows.map((row) => castRow(schema, row))
  const unique = schema.fields.filter(({ constraints }) => constraints?.unique)
  for (const key of [...schema.primaryKey, ...unique.map(({ name }) => name)])
    if (new Set(read.map((row) => row[key])).size < read.length) refuse(`${key} comes twice`)
  return read
}
