/** The mark of a structure: kept here in two sizes, transparent where it was, and once more for networks. */
export type Logo = {
  mediaId: string
  /** Of the larger file, in pixels. */
  width: number
  height: number
  /** The widths that are kept, in pixels, rising. */
  sizes: readonly number[]
}

/** In the order in which a browser is offered them. */
export const LOGO_FORMATS = ['webp', 'png'] as const
export type LogoFormat = (typeof LOGO_FORMATS)[number]

/** The sides of the square that networks show beside a name (Mastodon's own size). */
export const ICON_SIDE = 400

export const logoName = (mediaId: string, width: number, format: LogoFormat): string =>
  `${mediaId}-${width}.${format}`

export const iconName = (mediaId: string): string => `${mediaId}-icon.png`
