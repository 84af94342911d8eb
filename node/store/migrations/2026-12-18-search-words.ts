import { cafeTriggers, kindTriggers } from './2026-11-29-search-index.ts'
import { viewOfWords } from './2026-12-08-network.ts'

/**
 * On SQLite the words of a café are not kept a second time beside it: `cafe_words` and `cafe_facets`, functions that
 * the program adds to its connections, make them from the row whenever it is indexed. PostgreSQL has no such functions
 * and keeps the columns.
 */

/** What each function is given, in this order. */
const TEXTS =
  'title summary format themes audiences venue_name commune organizer_name description_html organizer_uri'.split(
    ' ',
  )
const FACETS =
  'attendance_mode format audiences accessibility intentions languages code_insee departement region'.split(
    ' ',
  )

const of = (row: 'new' | 'cafe', columns: readonly string[]): string =>
  columns.map((column) => `${row}.${column}`).join(', ')

export const up = {
  sqlite: [
    'drop trigger search_cafe_comes',
    'drop trigger search_cafe_changes',
    'drop trigger search_organization_changes',
    'drop trigger search_structure_comes',
    'drop trigger search_structure_changes',
    'drop view search_words',
    'alter table cafe drop column search_text',
    'alter table cafe drop column search_facets',
    ...cafeTriggers(
      `cafe_facets(${of('new', FACETS)})`,
      [...new Set([...TEXTS, ...FACETS])].filter((column) => column !== 'organizer_uri').join(', '),
    ),
    ...kindTriggers('publication = publication'),
    viewOfWords(`cafe_words(${of('cafe', TEXTS)})`),
  ],
  postgres: '',
}
