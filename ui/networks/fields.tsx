import { type FormState, InputField, TextArea } from '../components/fields.tsx'
import type { Messages } from '../locales/messages.ts'

type Props = Pick<FormState, 'values' | 'messages'> & {
  /** Whether the network is new: its name then determines its address. */
  isNew?: boolean
  t: Messages
}

/** The fields `name`, `presentation`, `website` of a network. */
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
  return (
    <>
      <InputField form={form} name="name" required />
      <TextArea form={form} name="presentation" rows={4} max={1_000} optional />
      <InputField form={form} name="website" type="url" optional />
    </>
  )
}
