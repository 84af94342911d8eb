import { Refusal } from '../../domain/values/refusal.ts'

/**
 * The description of a table: one line for each column gives the type of its row and both converters, from a value of
 * the domain to its row and back. A field of the value that has no line, or whose line is of another kind, does not
 * compile (ADR 48).
 */

/** How a value lies in one column, which has the field's name in snake_case unless it is `named`. */
export type Kind<Column, Value> = {
  readonly toColumn: (value: Value) => Column
  readonly fromColumn: (column: Column) => Value
}

/** How a value lies in several columns, where a group of fields does not say it. */
export type Split<Columns, Value> = {
  readonly columns: readonly (keyof Columns & string)[]
  readonly toColumns: (value: Value) => Columns
  readonly fromColumns: (row: Columns) => Value
}

/** The key of such a field is missing where there is no value. */
export type LeftOut = { readonly isLeftOut: true }

const keep = <T>(value: T): T => value

/** A value that lies as it is, as a text of which only some values are allowed. */
export const choice = <T>(): Kind<T, T> => ({ toColumn: keep, fromColumn: keep })
export const text = choice<string>()
export const number = choice<number>()

/** A boolean, as 0 or 1. */
export const flag: Kind<number, boolean> = {
  toColumn: (value) => (value ? 1 : 0),
  fromColumn: (column) => column === 1,
}

/**
 * An instant as `YYYY-MM-DDTHH:MM:SSZ`, in whole seconds, so that the order of texts is that of times. It is written
 * with `Date`, which is several times as fast as Temporal.
 */
export const instant: Kind<string, Temporal.Instant> = {
  toColumn: (value) =>
    `${new Date(value.epochMilliseconds).toISOString().slice(0, -'.000Z'.length)}Z`,
  fromColumn: (column) => Temporal.Instant.from(column),
}

/** A day as `YYYY-MM-DD`. */
export const day: Kind<string, Temporal.PlainDate> = {
  toColumn: (value) => value.toString(),
  fromColumn: (column) => Temporal.PlainDate.from(column),
}

/** A value as JSON. What is read is not checked: the column holds what was written. */
export const json = <T>(): Kind<string, T> => ({
  toColumn: (value) => JSON.stringify(value),
  fromColumn: (column) => JSON.parse(column) as T,
})

/** A refusal as JSON: its key alone, or its key and parameters. A key that only another version knows is unexpected. */
export const refusal: Kind<string, Refusal> = {
  toColumn: (value) => JSON.stringify(value),
  fromColumn: (column) => Refusal.catch('remote.unexpected').parse(JSON.parse(column)),
}

/** A value that may be undefined, which is null in its column. */
export const optional = <Column, Value>({
  toColumn,
  fromColumn,
}: Kind<Column, Value>): Kind<Column | null, Value | undefined> => ({
  toColumn: (value) => (value === undefined ? null : toColumn(value)),
  fromColumn: (column) => (column === null ? undefined : fromColumn(column)),
})

/** The same for a field whose key is missing where there is no value. */
export const leftOut = <Column, Value>(
  kind: Kind<Column, Value>,
): Kind<Column | null, Value | undefined> & LeftOut => ({ ...optional(kind), isLeftOut: true })

/** The same kind in a column that has another name than the field. */
export const named = <const Name extends string, K extends AnyKind>(
  column: Name,
  kind: K,
): K & { readonly column: Name } => ({ ...kind, column })

type AnyKind = {
  readonly toColumn: (value: never) => unknown
  readonly fromColumn: (column: never) => unknown
}

type Single =
  | readonly unknown[]
  | Temporal.Instant
  | Temporal.PlainDate
  | string
  | number
  | boolean
  | undefined

/** What a field needs: a kind, columns of its own, or a group of the fields of its value. */
type FieldOf<Value> =
  | { readonly toColumn: (value: Value) => unknown; readonly fromColumn: (column: never) => Value }
  | (Pick<Split<object, Value>, 'toColumns'> & { readonly fromColumns: (row: never) => Value })
  | (Value extends Single ? never : GroupOf<Value>)

/**
 * The columns of the fields of a value, whose names begin with `prefix` unless they are `named`. Where the value may be
 * undefined, all are null then, and `presentIf` names the field that tells it.
 */
type GroupOf<Value> = {
  readonly prefix: string
  readonly fields: Fields<NonNullable<Value>>
  readonly presentIf?: keyof NonNullable<Value>
}

export type Fields<Value> = {
  readonly [Key in keyof Value]-?: FieldOf<Value[Key]> &
    (Partial<Record<Key, never>> extends Pick<Value, Key>
      ? LeftOut
      : { readonly isLeftOut?: never }) &
    (Value[Key] extends Single
      ? unknown
      : undefined extends Value[Key]
        ? { readonly presentIf: string } | AnyKind
        : { readonly presentIf?: never })
}

type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : ''

type RowOfField<Field, Key extends string, Prefix extends string> = Field extends {
  readonly toColumn: (value: never) => infer Column
}
  ? Record<
      Field extends { readonly column: infer Name extends string }
        ? Name
        : `${Prefix}${SnakeCase<Key>}`,
      Column
    >
  : Field extends { readonly toColumns: (value: never) => infer Columns }
    ? Columns
    : Field extends { readonly prefix: infer Inner extends string; readonly fields: infer All }
      ? Field extends { readonly presentIf: string }
        ? OrNull<RowOfFields<All, Inner>>
        : RowOfFields<All, Inner>
      : never

type OrNull<Row> = { [Name in keyof Row]: Row[Name] | null }
type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  each: infer All,
) => void
  ? All
  : never
type RowOfFields<All, Prefix extends string> = Intersection<
  { [Key in keyof All & string]: RowOfField<All[Key], Key, Prefix> }[keyof All & string]
>

/** The type of the rows of a described table. */
export type RowOf<T extends { readonly toRow: (value: never) => unknown }> =
  ReturnType<T['toRow']> extends infer Row ? { [Name in keyof Row]: Row[Name] } : never

type RowOfDerived<All> = {
  [Name in keyof All]: All[Name] extends (value: never) => infer Column ? Column : never
}

type Table<Value, Row, More> = {
  columns: readonly (keyof (Row & More) & string)[]
  /** Converts a value to its row, with the columns that follow from its fields. */
  toRow: (value: Value) => Row & More
  /** Converts a row, which may have more columns; it asserts nothing that the schema does not guarantee. */
  fromRow: (row: Row) => Value
}

/**
 * Describes the table of a value: `describe<Cafe>()({ title: text, summary: optional(text), … })`. The converters are
 * compiled from it once, to what one would write by hand.
 *
 * @param derived - The columns that are written but never read back, since they follow from the fields.
 */
export const describe =
  <Value extends object>() =>
  <
    const All extends Fields<Value>,
    More extends Readonly<Record<string, (value: Value) => unknown>> = Record<never, never>,
  >(
    fields: All & Record<Exclude<keyof All, keyof Value>, never>,
    derived?: More,
  ) => {
    const used: unknown[] = []
    const use = (kind: unknown) => `used[${used.push(kind) - 1}]`
    const { columns, write, read } = compile(fields as AnyFields, {
      prefix: '',
      path: 'value',
      use,
    })
    for (const [column, toColumn] of Object.entries(derived ?? {})) {
      columns.push(column)
      write.push(`${column}: ${use(toColumn)}(value)`)
    }
    const sources = `{ columns, toRow: (value) => ({ ${write} }), fromRow: (row) => ({ ${read} }) }`
    const make = new Function('columns', 'used', 'leave', `return ${sources}`)
    return make(columns, used, leave) as Table<Value, RowOfFields<All, ''>, RowOfDerived<More>>
  }

type AnyFields = Record<string, AnyField>
type AnyField =
  | (AnyKind & { column?: string; isLeftOut?: true })
  | (Split<object, never> & { isLeftOut?: true })
  | AnyGroup
type AnyGroup = { prefix: string; presentIf?: string; fields: AnyFields; isLeftOut?: true }

/** JavaScript for the converters: an entry of an object literal for each column, and for each field. */
type Compiled = { columns: string[]; write: string[]; read: string[] }
type Place = {
  prefix: string
  /** The expression of the value whose fields these are. */
  path: string
  /** What comes before the expression of a column, where that value may be undefined. */
  guard?: string
  use: (kind: unknown) => string
}

function compile(fields: AnyFields, place: Place): Compiled {
  const all: Compiled = { columns: [], write: [], read: [] }
  const left: string[] = []
  for (const [field, each] of Object.entries(fields)) {
    const { columns, write, read } = compileField(field, each, place)
    all.columns.push(...columns)
    all.write.push(...write)
    if (each.isLeftOut) left.push(`...leave('${field}', ${read})`)
    else all.read.push(`${field}: ${read}`)
  }
  // V8 is slow with what comes after such a part of an object.
  all.read.push(...left)
  return all
}

const leave = (field: string, value: unknown): object | undefined =>
  value === undefined ? undefined : { [field]: value }

function compileField(
  field: string,
  each: AnyField,
  { prefix, path, guard = '', use }: Place,
): Omit<Compiled, 'read'> & { read: string } {
  const value = `${path}.${field}`
  if ('fields' in each) return compileGroup(each, value, use)
  const kind = use(each)
  if ('toColumns' in each)
    return {
      columns: [...each.columns],
      write: each.columns.map((column) => `${column}: ${kind}.toColumns(${value}).${column}`),
      read: `${kind}.fromColumns(row)`,
    }
  const column = columnOf(field, each, prefix)
  const isKept = each.toColumn === keep
  return {
    columns: [column],
    write: [`${column}: ${guard}${isKept ? value : `${kind}.toColumn(${value})`}`],
    read: isKept ? `row.${column}` : `${kind}.fromColumn(row.${column})`,
  }
}

function compileGroup(
  { prefix, presentIf, fields }: AnyGroup,
  value: string,
  use: Place['use'],
): Omit<Compiled, 'read'> & { read: string } {
  if (presentIf === undefined) {
    const { columns, write, read } = compile(fields, { prefix, path: value, use })
    return { columns, write, read: `{ ${read} }` }
  }
  const guard = `${value} === undefined ? null : `
  const { columns, write, read } = compile(fields, { prefix, path: `${value}?`, guard, use })
  const told = columnOf(presentIf, fields[presentIf], prefix)
  return { columns, write, read: `row.${told} === null ? undefined : { ${read} }` }
}

const columnOf = (field: string, each: AnyField | undefined, prefix: string): string =>
  (each && 'column' in each && each.column) ||
  prefix + field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
