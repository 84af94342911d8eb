import { type FormState, InputField } from '../components/fields.tsx'

/** Folded away, since most cafés are published at once. Inputs `publishDate` and `publishTime`. */
export function PublishLater({ form }: { form: FormState }) {
  const texts = form.t.cafeStatus.publishing
  const names = ['publishDate', 'publishTime']
  const isOpen =
    names.some((name) => (form.values[name] ?? '') !== '') ||
    form.messages.some(({ name }) => names.includes(name))
  return (
    <details class="more-fields" open={isOpen}>
      <summary>
        {texts.later} <span class="hint">{texts.laterHint}</span>
      </summary>
      <p>{texts.lead}</p>
      <div class="row">
        <InputField form={form} name="publishDate" type="date" short />
        <InputField form={form} name="publishTime" type="time" short />
      </div>
    </details>
  )
}
