import { SHARED_HEIGHT, SHARED_WIDTH } from './image.ts'

/** All that is written on a card, which is the picture of a page without a photo. */
export type CardWords = {
  /** Whose card it is, beside the cup; « Café IA » by default. */
  name?: string
  /** The state of a cancelled or postponed café, which may have been shared before. */
  state: string | undefined
  title: string
  /** The day and the hours of a café; of another page one or two lines. */
  when: readonly string[]
  /** The place in words, then in fewer words: the first that fits is drawn. Of another page its address. */
  where: readonly string[]
}

/** What is drawn on a card beside its words. */
export type CardPicture = {
  /** Where it lies: below the words, beside them on the paper, or beside them as far as the edges. */
  at: 'below' | 'beside' | 'edge'
  width: number
  height: number
  /** SVG elements of our own, whose colours are tokens of `ui/style/10-tokens.css`. */
  shapes: string
  /** Names on a map, in its units, and the height of their letters. */
  names?: readonly { name: string; x: number; y: number; anchor: 'start' | 'middle' | 'end' }[]
  size?: number
}

/** Returns the words on the card of a site, with its name and its host. */
export const siteCardWords = (name: string, host: string): CardWords => ({
  name,
  state: undefined,
  title: 'Parlons de l’IA, autour d’un café',
  when: ['Des rencontres gratuites', 'près de chez vous'],
  where: [host],
})

/** Returns the words on the card of a territory with so many cafés to come; `address` is that of its page. */
export const territoryCardWords = ({
  name,
  territory,
  toCome,
  address,
}: {
  name: string
  territory: string
  toCome: number
  address: string
}): CardWords => ({
  name,
  state: undefined,
  title: territory,
  when: [
    toCome === 0
      ? 'Les cafés IA à venir'
      : `${toCome}\u00a0${toCome === 1 ? 'café' : 'cafés'} à venir`,
    'gratuits et ouverts à tous',
  ],
  where: [address],
})

export type PageCard = { url: string; alt: string; type: string; width: number; height: number }

/**
 * Returns the card of such a page for programs that show links (Open Graph). `address` is that of its bytes, without a
 * version; `shown` says what is drawn.
 */
export const describePageCard = (
  words: CardWords,
  { address, shown }: { address: string; shown: string },
): PageCard => ({
  url: `${address}?v=${versionOfCard(words)}`,
  alt: [`${words.title}. ${words.when.join(', ')}`, ...words.where, shown].join('. '),
  type: 'image/png',
  width: SHARED_WIDTH,
  height: SHARED_HEIGHT,
})

/** This number is raised when the drawing itself changes. */
const CARD_DESIGN = 3

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
