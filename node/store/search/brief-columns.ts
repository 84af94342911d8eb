import { sql } from 'kysely'
import { CAFE } from '../schema/cafes.ts'

const DESCRIPTIONS = ['description_markdown', 'description_html', 'description_text']

/**
 * The columns of a café with empty descriptions, for lists, which do not show them: a description may be a hundred times
 * as long as all else. They are one text, since Kysely visits each column of a list whenever a query is compiled.
 */
export const BRIEF_COLUMNS = sql.raw(
  [
    ...CAFE.columns.filter((name) => !DESCRIPTIONS.includes(name)).map((name) => `cafe.${name}`),
    "null as description_markdown, '' as description_html, '' as description_text",
  ].join(', '),
)
