import { SHARED_HEIGHT, SHARED_WIDTH } from './image.ts'

/** All that is drawn on a card, the picture of a page without a photo. */
export type CardWords = {
  /** For what was shared before a café was cancelled or put off. */
  state: string | undefined
  title: string
  /** One line, or the day and the hours. */
  when: readonly string[]
  /** The place in words, then shorter: the first that fits is drawn. */
  where: readonly string[]
}

/** The words on the card of a page that is about many cafés: what it is about, and whose site it is on. */
export const pageCardWords = (title: string, site: string): CardWords => ({
  state: undefined,
  title,
  when: ['Des rencontres gratuites', 'pour parler d’IA autour d’un café'],
  where: [site],
})

export type PageCard = { url: string; alt: string; type: string; width: number; height: number }

/** The card of such a page for those who show links (Open Graph). `address` is that of its bytes, without a version. */
export const describePageCard = (words: CardWords, address: string): PageCard => ({
  url: `${address}?v=${versionOfCard(words)}`,
  alt: [words.title, words.when.join(' '), ...words.where].join('. '),
  type: 'image/png',
  width: SHARED_WIDTH,
  height: SHARED_HEIGHT,
})

/** This number is raised when the drawing itself changes. */
const CARD_DESIGN = 2

/** Of a card's words and its drawing: what its address changes with. */
export const versionOfCard = (words: CardWords): string =>
  checksum(JSON.stringify([CARD_DESIGN, words]))

/** FNV-1a of 32 bits, from both ends: tells texts apart, and protects nothing. */
const checksum = (text: string): string =>
  [text, [...text].reverse().join('')]
    .map((one) => {
      let sum = 0x811c9dc5
      for (let at = 0; at < one.length; at++) sum = Math.imul(sum ^ one.charCodeAt(at), 0x01000193)
      return (sum >>> 0).toString(16).padStart(8, '0')
    })
    .join('')
