import type { Choice, FormValues } from '../components/fields.tsx'
import { fieldDateText } from '../components/time.tsx'
import type { Messages } from '../locales/messages.ts'

/**
 * What a field holds, from which follow how it is read, how it is shown and what its value is in words. `lines` keep
 * their line breaks, `words` are texts between commas, `list` has one text on each line and `links` one web address,
 * `contact` is a web address or one of e-mail, `number` is a whole number, `tick` is one box, and `part` is a field that
 * another component shows.
 */
type FieldKind =
  | ('text' | 'lines' | 'words' | 'list' | 'links' | 'email' | 'url' | 'contact' | 'tel' | 'number')
  | ('date' | 'time')
  | ('radio' | 'select' | 'boxes' | 'tick' | 'file' | 'part')

/** One field of a form. Its label and its hint are among the form's messages, under its name. */
export type Field = {
  kind: FieldKind
  /** Whether the form's own code reads and writes it, since it is no field of the value, or not as it is typed. */
  isOwn?: true
  /** The first of the fields that only make sense together with this one, such as a day and its hour. */
  with?: string
  /** What a new form holds; nothing where it is left out. */
  usual?: string | readonly string[]
  /** The choices of `radio`, `select` and `boxes`; those that were chosen before stay among them. */
  choices?: (t: Messages, chosen: readonly string[]) => readonly Choice[]
  /** What the values are called elsewhere than beside the field, where it is not as `choices` says. */
  words?: (t: Messages) => { readonly [value: string]: string }
  /** What the box of a `tick` sends, and its label. */
  box?: { value: string; label: (t: Messages) => string }
  /** The empty answer of a `select`. */
  empty?: (t: Messages) => string
  /** The maximum length in characters, which the script counts. */
  max?: number
  /** The lines of its element, where it has several; a `text` with any is one line all the same. */
  rows?: number
  required?: true
  /** Whether the label says that it is optional. */
  optional?: true
  short?: true
  autocomplete?: string
  inputmode?: 'numeric'
  /** The id of the list of proposals. */
  list?: string
}

/** The fields of a form by the names of their inputs, in the order of the page: one line for each. */
export type Fields = { readonly [name: string]: Field }

/** Returns the fields of all parts of a form. */
export const fieldsOf = (parts: { readonly [part: string]: Fields }): Fields =>
  Object.assign({}, ...Object.values(parts))

/** Returns the choices of these values, with their labels in the messages. */
export const choicesFrom =
  <Value extends string>(
    values: readonly Value[],
    labelsOf: (t: Messages) => { readonly [value in Value]: string },
  ) =>
  (t: Messages): Choice[] =>
    values.map((value) => [value, labelsOf(t)[value]])

/**
 * Returns a value as it is typed: one text for each field, or those of the boxes that are ticked. A name with a dot is
 * that of a field within a field. `own` has the values of the form's own fields; a field without any is left out.
 */
export function toFormValues(fields: Fields, value: object, own: FormValues = {}): FormValues {
  const values = Object.entries(fields).flatMap(([name, field]) => {
    const typed = own[name] ?? (field.isOwn ? undefined : toTyped(field, valueAt(value, name)))
    return typed === undefined ? [] : [[name, typed] as const]
  })
  return Object.fromEntries(values)
}

const valueAt = (value: object, name: string): unknown =>
  name.split('.').reduce<unknown>((at, part) => Object(at)[part], value)

function toTyped({ kind, box }: Field, value: unknown): string | readonly string[] {
  if (box) return value ? box.value : ''
  if (!Array.isArray(value)) return String(value ?? '')
  return kind === 'boxes' ? value : value.join(kind === 'words' ? ', ' : '\n')
}

/** Returns what a new form holds. */
export const usualValuesOf = (fields: Fields): FormValues =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, { usual }]) =>
      usual === undefined ? [] : [[name, usual]],
    ),
  )

const LINES = ['lines', 'list', 'links'] as const

/** Returns whether the text of a field has several lines. */
export const isOfLines = ({ kind }: Field): boolean => LINES.some((each) => each === kind)

/** Returns the names of the fields whose texts have several lines. */
export const linesOf = (fields: Fields): string[] =>
  Object.entries(fields).flatMap(([name, field]) => (isOfLines(field) ? [name] : []))

/** Returns the names of the fields that only make sense together, for two people's edits. */
export const groupsOf = (fields: Fields): string[][] =>
  Object.keys(fields)
    .map((first) => [first, ...Object.keys(fields).filter((name) => fields[name]?.with === first)])
    .filter((names) => names.length > 1)

/** Returns what a field holds in words: the label of a choice, a date as people write it, any other text as it is. */
export function fieldWords(
  { kind, choices, words }: Field,
  value: string | readonly string[] | undefined,
  t: Messages,
): string {
  const texts = [value ?? []].flat().filter((text) => text !== '')
  const labels = words?.(t) ?? Object.fromEntries(choices?.(t, texts) ?? [])
  const wordsOf = (text: string) => labels[text] ?? fieldDateText(kind, text, t.lang)
  return texts.map(wordsOf).filter(Boolean).join(', ')
}
