import type { Child } from 'hono/jsx'
import {
  type Choice,
  Choices,
  type FormState,
  InputField,
  SelectField,
  TextArea,
} from '../components/fields.tsx'
import type { Field, Fields } from './description.ts'

type Props = { form: FormState; name: string; field: Field | undefined }

/** The usual element of a field, with its label, its hint and what is wrong with it. */
export function FormField({ form, name, field }: Props) {
  if (!field || field.kind === 'part') return null
  const {
    kind,
    isOwn,
    with: first,
    usual,
    choices,
    words,
    box,
    empty,
    rows = 3,
    ...attributes
  } = field
  const shown = { form, name }
  const chosen = [form.values[name] ?? []].flat().filter((text) => text !== '')
  const boxes: Choice[] = box ? [[box.value, box.label(form.t)]] : []
  const offered = choices?.(form.t, chosen) ?? boxes
  switch (kind) {
    case 'lines':
    case 'list':
    case 'links':
      return <TextArea {...shown} rows={rows} max={attributes.max} optional={attributes.optional} />
    case 'radio':
      return <Choices {...shown} type="radio" choices={offered} optional={attributes.optional} />
    case 'boxes':
    case 'tick':
      return <Choices {...shown} type="checkbox" choices={offered} optional={attributes.optional} />
    case 'select':
      return (
        <SelectField
          {...shown}
          empty={empty?.(form.t)}
          groups={[{ label: form.labels[name] ?? '', choices: offered }]}
        />
      )
    default:
      return <InputField {...shown} type={INPUT_TYPES[kind]} {...attributes} />
  }
}

/** The types of inputs; a number is typed as a text, so that what is none comes back. */
const INPUT_TYPES = {
  ...({ text: 'text', words: 'text', number: 'text', email: 'email', url: 'url' } as const),
  ...({ contact: 'text', tel: 'tel', date: 'date', time: 'time', file: 'file' } as const),
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
