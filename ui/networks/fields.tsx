import type { FormState } from '../components/fields.tsx'
import type { Fields } from '../forms/description.ts'
import { FormFields } from '../forms/form-field.tsx'
import type { Messages } from '../locales/messages.ts'

export const NETWORK_FIELDS: Fields = {
  name: { kind: 'text', required: true },
  presentation: { kind: 'lines', rows: 4, max: 1_000, optional: true },
  website: { kind: 'url', optional: true },
}

type Props = Pick<FormState, 'values' | 'messages'> & {
  /** Whether the network is new: its name then determines its address. */
  isNew?: boolean
  t: Messages
}

/** The fields of a network. */
export function NetworkFields({ values, messages, isNew = false, t }: Props) {
  const { fields, hints } = t.structureNetworks.admin
  const { name, ...others } = hints
  const form: FormState = {
    values,
    messages,
    labels: fields,
    hints: { ...others, ...(isNew && { name }) },
    t,
  }
  return <FormFields form={form} fields={NETWORK_FIELDS} />
}
