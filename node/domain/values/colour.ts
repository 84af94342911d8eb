/** An operator's colours, and whether they are legible (WCAG 2.2 §1.4.3: 4.5 to 1 for text). */

type Rgb = readonly [red: number, green: number, blue: number]

export type Theme = {
  accent: string
  accentStrong: string
  accentSoft: string
  onAccent: string
}

/** @internal */
export const MIN_CONTRAST = 4.5

/** The backgrounds of the stylesheet, which are its tokens `--paper` and `--card`. */
const LIGHT = { paper: '#fbf7f0', card: '#ffffff' }
const DARK = { paper: '#16130f', card: '#201c17' }
const WHITE = '#ffffff'
const BLACK = '#000000'

/** Returns whether a text is a colour as `#rrggbb`, in either case. */
export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text)

const parse = (colour: string): Rgb => [
  Number.parseInt(colour.slice(1, 3), 16),
  Number.parseInt(colour.slice(3, 5), 16),
  Number.parseInt(colour.slice(5, 7), 16),
]

const write = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`

/** Returns the relative luminance, 0 to 1 (WCAG 2.2). */
function luminance(colour: string): number {
  const [red, green, blue] = parse(colour).map((part) => {
    const value = part / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as unknown as Rgb
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/**
 * Returns the contrast of two colours, from 1 to 21.
 *
 * @internal
 */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

/** Mixes `share` of the second colour, from 0 to 1, into the first. */
function mix(colour: string, other: string, share: number): string {
  const [a, b] = [parse(colour), parse(other)]
  const part = (index: 0 | 1 | 2) => a[index] * (1 - share) + b[index] * share
  return write([part(0), part(1), part(2)])
}

/** Returns the lower of two contrasts of a colour: as text on paper, and under a button's white text. */
export const worstContrast = (colour: string): number =>
  Math.min(contrast(colour, LIGHT.paper), contrast(colour, WHITE))

/**
 * Returns whether text in this colour is legible on paper, and white text on it (WCAG 2.2, §1.4.3); the colour is one by
 * `isColour`.
 */
export const canBeRead = (colour: string): boolean => worstContrast(colour) >= MIN_CONTRAST

/**
 * Returns the colours that the stylesheet derives from one colour, by day and by night. Each pair of text and
 * background stays legible.
 */
export function themeOf(colour: string): { light: Theme; dark: Theme } {
  const accent = colour.toLowerCase()
  const light = {
    accent,
    accentStrong: mix(accent, BLACK, 0.3),
    accentSoft: mix(accent, WHITE, 0.9),
    onAccent: WHITE,
  }
  const darkAccent = lighten(accent)
  const dark = {
    accent: darkAccent,
    accentStrong: mix(darkAccent, WHITE, 0.35),
    accentSoft: mix(DARK.paper, darkAccent, 0.14),
    onAccent: DARK.paper,
  }
  return { light, dark }
}

/** Returns the first lighter shade that is legible on every dark background. */
function lighten(accent: string): string {
  for (let share = 0; share < 1; share += 0.05) {
    const shade = mix(accent, WHITE, share)
    const soft = mix(DARK.paper, shade, 0.14)
    if ([DARK.paper, DARK.card, soft].every((ground) => contrast(shade, ground) >= 5)) return shade
  }
  return WHITE
}
