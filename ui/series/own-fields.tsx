import type { DateField } from '../../node/domain/series/series.ts'
import type { Messages } from '../locales/messages.ts'

/** Says which fields of a date were changed by hand. A field in several forms, such as a text and its HTML, has one name. */
export const OwnFields = ({ fields, t }: { fields: readonly DateField[]; t: Messages }) => {
  const { own, fields: names } = t.series.admin
  return <p>{own([...new Set(fields.map((field) => names[field]))])}</p>
}
