import { SHARED_HEIGHT, SHARED_WIDTH } from './image.ts'

/** All that is drawn on a card, which is the picture of a page without a photo. */
export type CardWords = {
  /** The state of a cancelled or postponed café, which may have been shared before. */
  state: string | undefined
  title: string
  /** One line, or the day and the hours. */
  when: readonly string[]
  /** The place in words, then in fewer words: the first that fits is drawn. */
  where: readonly string[]
}

/** Returns the text on the card of a page about many cafés: its subject, and the name of the site. */
export const pageCardWords = (title: string, site: string): CardWords => ({
  state: undefined,
  title,
  when: ['Des rencontres gratuites', 'pour parler d’IA autour d’un café'],
  where: [site],
})

export type PageCard = { url: string; alt: string; type: string; width: number; height: number }

/**
 * Returns the card of such a page for programs that show links (Open Graph). `address` is that of its bytes, without a
 * version.
 */
export const describePageCard = (words: CardWords, address: string): PageCard => ({
  url: `${address}?v=${versionOfCard(words)}`,
  alt: [words.title, words.when.join(' '), ...words.where].join('. '),
  type: 'image/png',
  width: SHARED_WIDTH,
  height: SHARED_HEIGHT,
})

/** This number is raised when the drawing itself changes. */
const CARD_DESIGN = 2

/** Returns the version in a card's address, which changes with its text and its drawing. */
export const versionOfCard = (words: CardWords): string =>
  checksum(JSON.stringify([CARD_DESIGN, words]))

/** Returns a hash (FNV-1a of 32 bits) of the text and of its reverse. It tells texts apart and protects nothing. */
const checksum = (text: string): string =>
  [text, [...text].reverse().join('')]
    .map((one) => {
      let sum = 0x811c9dc5
      for (let at = 0; at < one.length; at++) sum = Math.imul(sum ^ one.charCodeAt(at), 0x01000193)
      return (sum >>> 0).toString(16).padStart(8, '0')
    })
    .join('')
