type CafeText = {
  /** The maximum number of characters. */
  max: number
  /** Its description in the document of the API. */
  about: string
}

/**
 * The optional texts of a café that are nothing but a text, so that the input, the decision, the imports, the API, the
 * Event and the page treat each of them alike: they are made from this list, in its order.
 */
const CAFE_TEXTS = {
  /** Passing the hat, voluntary contributions, a sponsor. */
  support: { max: 255, about: 'How the café is paid for; never a price' },
} as const satisfies { [name: string]: CafeText }

export type CafeTextName = keyof typeof CAFE_TEXTS

export const CAFE_TEXT_NAMES = Object.keys(CAFE_TEXTS) as CafeTextName[]

/** The values of these texts; undefined where the organiser wrote none. */
export type CafeTexts = { [Name in CafeTextName]: string | undefined }

/** Returns what `toValue` makes of each of these texts, by name and in the order of the list. */
export const mapCafeTexts = <Value>(
  toValue: (name: CafeTextName, text: CafeText) => Value,
): Record<CafeTextName, Value> => {
  const values = CAFE_TEXT_NAMES.map((name) => [name, toValue(name, CAFE_TEXTS[name])])
  return Object.fromEntries(values) as Record<CafeTextName, Value>
}

/** Picks these texts of a café. */
export const cafeTextsOf = (cafe: Partial<CafeTexts>): CafeTexts =>
  mapCafeTexts((name) => cafe[name])
