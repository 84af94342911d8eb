/** The logo of a structure. It is kept here in two sizes, with its transparency, and once more for other software. */
export type Logo = {
  mediaId: string
  /** The width of the larger file, in pixels. */
  width: number
  height: number
  /** The widths that are kept, in pixels, in ascending order. */
  sizes: readonly number[]
}

/** The formats in the order in which a browser is offered them. */
export const LOGO_FORMATS = ['webp', 'png'] as const
export type LogoFormat = (typeof LOGO_FORMATS)[number]

/** The side of the square that other software shows beside a name, in pixels (Mastodon's own size). */
export const ICON_SIDE = 400

/** Returns the name of a logo's file; the width is in pixels. */
export const logoName = (mediaId: string, width: number, format: LogoFormat): string =>
  `${mediaId}-${width}.${format}`

/** Returns the name of the square icon that browsers show in a tab. */
export const iconName = (mediaId: string): string => `${mediaId}-icon.png`
