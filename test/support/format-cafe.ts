import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { exampleCafes } from '../../node/formats/csv/table-example.ts'
import { toDescription } from '../../node/formats/text/html-text.ts'

const [EXAMPLE] = exampleCafes() as [Cafe]

/** Returns a café with a value in every field, changed by `changes`. */
export const aCafe = (changes: Partial<Cafe> = {}): Cafe => ({
  ...EXAMPLE,
  organizationId: 'o1',
  title: 'Café IA : les images',
  summary: 'Vrai ou faux ?',
  descriptionMarkdown: 'On regarde **ensemble**.',
  ...toDescription(changes.descriptionHtml ?? '<p>On regarde <strong>ensemble</strong>.</p>'),
  format: 'café débat',
  image: { url: 'https://mediatheque.example/media/1.jpg', alt: 'Une table, des tasses' },
  ...changes,
})
