import { cleanText } from '../text/clean-text.ts'

export type Price =
  | { outcome: 'free'; support?: never; text?: never }
  /** The public gives what it wants (hat, open price): this is how the café is paid for, and not a price. */
  | { outcome: 'free'; support: string; text?: never }
  | { outcome: 'priced'; text: string; support?: never }

const OPEN_PRICE = /prix libre|participation libre|libre participation|au chapeau|don libre/i
const FREE =
  /^(?:gratuite?(?:ment)?|entr[ée]e libre|libre|free|non|aucun|sans frais|-|offert|pas de tarif)/i

/**
 * Reads what a source says of the price. A café is free for the public: any sum, and any word that is not "free", is a
 * price.
 */
export function readPrice(said: string | undefined): Price {
  const text = cleanText(said ?? '', 100)
  const sums = text.match(/\d+(?:[.,]\d+)?/g) ?? []
  if (sums.some((sum) => Number(sum.replace(',', '.')) > 0)) return { outcome: 'priced', text }
  if (OPEN_PRICE.test(text)) return { outcome: 'free', support: text }
  if (text === '' || sums.length > 0 || FREE.test(text)) return { outcome: 'free' }
  return { outcome: 'priced', text }
}
