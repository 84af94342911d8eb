import { plainText } from '../../node/formats/text/html-text.ts'
import type { OpenDatabase } from '../../node/store/database/database.ts'

/**
 * Fails when the plain text of a café's description does not match its HTML. The servers of tests call it when they
 * stop, so that every way in which a test writes a café is checked: forms, API, imports, federation.
 */
export async function checkDescriptions(db: OpenDatabase): Promise<void> {
  const rows = await db
    .selectFrom('cafe')
    .select(['uri', 'description_html', 'description_text'])
    .execute()
    .catch((error) => {
      // A test may have removed the table, to see an internal failure.
      if (/no such table|does not exist/.test(String(error))) return []
      throw error
    })
  const wrong = rows.filter(
    ({ description_html: html, description_text: stored }) => plainText(html) !== stored,
  )
  if (wrong.length > 0) throw new Error(`not its plain text: ${JSON.stringify(wrong.slice(0, 3))}`)
}
