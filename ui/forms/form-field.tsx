import type { Child } from 'hono/jsx'
import {
  type Choice,
  Choices,
  type FormState,
  InputField,
  SelectField,
  TextArea,
} from '../components/fields.tsx'
import { type Field, type Fields, isOfLines } from './description.ts'

type Props = { form: FormState; name: string; field: Field | undefined }

/** The usual element of a field, with its label, its hint and what is wrong with it. */
export function FormField({ form, name, field }: Props) {
  if (!field || field.kind === 'part') return null
  const { kind, max, optional, rows, box } = field
  const shown = { form, name, optional }
  const chosen = [form.values[name] ?? []].flat().filter((text) => text !== '')
  const boxes: Choice[] = box ? [[box.value, box.label(form.t)]] : []
  const choices = field.choices?.(form.t, chosen) ?? boxes
  if (rows !== undefined || isOfLines(field))
    return <TextArea {...shown} rows={rows ?? 3} max={max} />
  if (kind === 'radio') return <Choices {...shown} type="radio" choices={choices} />
  if (kind === 'boxes' || kind === 'tick')
    return <Choices {...shown} type="checkbox" choices={choices} />
  if (kind === 'select') {
    const groups = [{ label: form.labels[name] ?? '', choices }]
    return <SelectField {...shown} empty={field.empty?.(form.t)} groups={groups} />
  }
  const { required, short, autocomplete, inputmode, list } = field
  return (
    <InputField
      {...{ ...shown, required, short, max, autocomplete, inputmode, list }}
      type={INPUT_TYPES[kind]}
    />
  )
}

/** The types of inputs; a number is typed as a text, so that what is none comes back. */
const INPUT_TYPES = {
  ...({ text: 'text', lines: 'text', list: 'text', links: 'text', words: 'text' } as const),
  ...({ number: 'text', contact: 'text', email: 'email', url: 'url', tel: 'tel' } as const),
  ...({ date: 'date', time: 'time', file: 'file' } as const),
}

type ListProps = {
  form: FormState
  fields: Fields
  /** What is shown in the place of the usual element of a field, or around it. */
  instead?: { readonly [name: string]: (field: Child) => Child }
}

/** Fields one after another, in the order of their description. */
export const FormFields = ({ form, fields, instead = {} }: ListProps) => (
  <>
    {Object.entries(fields).map(([name, field]) => {
      const usual = <FormField form={form} name={name} field={field} />
      return instead[name]?.(usual) ?? usual
    })}
  </>
)

export type TownChoice = { codeInsee: string; label: string }

type TownProps = { form: FormState; name: string; towns: readonly TownChoice[] | undefined }

/** The towns to choose from, where what was typed may mean several. */
export const TownChoices = ({ form, name, towns = [] }: TownProps) =>
  towns.length > 0 ? (
    <Choices
      {...{ form, name }}
      type="radio"
      choices={towns.map(({ codeInsee, label }) => [codeInsee, label])}
    />
  ) : null
