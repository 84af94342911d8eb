import type { Context } from '../../context.ts'
import { findNewsletter } from '../../routes/territories/newsletter-data.ts'
import { saveNewsletterChoice, saveOpening } from '../../store/territories/newsletters.ts'

const OPENING = `Bonjour,

L’hiver arrive, et les cafés aussi : on s’y retrouve au chaud, avec une question et sans rien connaître. Venez avec quelqu’un.`

/** The cafés put forward, by their place among those of the letter: of two days, so of two places. */
const FORWARD = [2, 7]

/** Prepares the letter of the directory as its team would: an opening, and two cafés put forward. */
export async function prepareDemoNewsletter({
  db,
  now,
}: Pick<Context, 'db' | 'now'>): Promise<void> {
  await saveOpening(db, { text: OPENING, version: '' }, now())
  const { cafes } = await findNewsletter({ db, now })
  for (const at of FORWARD) {
    const cafe = cafes[at]
    if (cafe) await saveNewsletterChoice(db, { cafeId: cafe.id, choice: 'forward' })
  }
}
