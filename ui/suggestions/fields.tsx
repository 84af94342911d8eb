import { CAFE_FIELDS } from '../cafes/cafe-fields.ts'
import { Questions } from '../cafes/form-fields.tsx'
import type { FieldMessage, FormState, FormValues } from '../components/fields.tsx'
import { FormField, type TownChoice } from '../forms/form-field.tsx'
import type { Messages } from '../locales/messages.ts'

/** The state of the form of a suggested café, with the words of the café form where it has none of its own. */
export function toSuggestionForm(
  values: FormValues,
  messages: FieldMessage[],
  t: Messages,
): FormState {
  const { cafeForm } = t.admin
  const own = t.suggestion.form
  const { announcedFor, descriptionMarkdown, courriel } = own.labels
  return {
    values: { announcedFor: '', ...values },
    messages,
    labels: {
      announcedFor,
      ...cafeForm.labels,
      ...{ descriptionMarkdown, courriel, raison: t.suggestion.own.reason },
    },
    hints: { ...cafeForm.hints, ...own.hints },
    t,
  }
}

type SuggestionFieldsProps = {
  form: FormState
  towns: readonly TownChoice[] | undefined
  isPublished?: boolean
}

/** The three answers of the café form, and a few words; of a café that is published, when and where alone. */
export const SuggestionFields = ({ form, towns, isPublished = false }: SuggestionFieldsProps) => (
  <>
    <Questions
      {...{ form, towns }}
      venues={[]}
      mayKeep={false}
      season={undefined}
      suggested={isPublished ? 'published' : 'new'}
    />
    <FormField form={form} name="endTime" field={CAFE_FIELDS.endTime} />
    {!isPublished && (
      <FormField form={form} name="descriptionMarkdown" field={CAFE_FIELDS.descriptionMarkdown} />
    )}
  </>
)
