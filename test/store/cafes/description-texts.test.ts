import { expect, test } from 'vitest'
import { sanitizeHtml, toDescription } from '../../../node/formats/text/html-text.ts'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import { createCafe } from '../../../node/store/cafes/own-cafes.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import { SOMEBODY } from '../../support/own-cafes.ts'
import { startWeb } from '../../support/server.ts'

const TOLD = [
  '<p>On en parle autour d’un café.</p>',
  '<p>Une ligne\nqui continue.</p>\n<p>Puis une autre.</p><p>Et la fin.</p>',
]
const WRITTEN = [
  '',
  'Sans paragraphe.',
  '<p>Jeux &amp; idées</p>',
  '<p>Venez <strong>nombreux</strong>.</p>',
  '<p>Une ligne<br />et une autre</p>',
  '<p>Au programme</p><ul><li>un</li><li>deux</li></ul><p>Fin</p>',
  '<h3>Titre</h3><p>Texte</p>',
  '<p>Voir <a href="https://a.example/">ici</a>.</p>',
  '<p> Des  blancs </p>',
]

test('the text of plain paragraphs is not stored beside them, and every text is read as it was written', async () => {
  const web = await startWeb()
  try {
    const { context, organization, origin } = web
    const organizer = { uri: `${origin}/actors/cafes`, name: 'Lieu', url: `${origin}/` }
    for (const html of [...TOLD, ...WRITTEN]) {
      const description = toDescription(sanitizeHtml(html))
      const { id } = await createCafe(
        context.db,
        {
          by: SOMEBODY,
          ...{ organizationId: organization.id, organizer, origin, publication: 'published' },
          content: ownCafe(description),
        },
        context.now(),
      )
      expect(await findCafe(context.db, id), html).toMatchObject(description)
      const [stored] = await context.db
        .selectFrom('cafe')
        .select('description_text')
        .where('id', '=', id)
        .execute()
      expect(stored?.description_text === '', html).toBe(html === '' || TOLD.includes(html))
    }
  } finally {
    await web.stop()
  }
})
