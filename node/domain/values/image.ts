/** A picture of a café. One that is kept here has a `mediaId`, and is available in several sizes. */
export type CafeImage = {
  /** The full address of one file that every program can read; of a picture that is kept here, the widest JPEG. */
  url: string
  /** What the picture shows, in words. */
  alt: string
  /** Who made it. */
  credit?: string | undefined
  focalPoint?: FocalPoint | undefined
  mediaId?: string | undefined
  /** The width of the largest size, in pixels. */
  width?: number | undefined
  height?: number | undefined
  /** The widths that are kept here, in pixels, in ascending order. */
  sizes?: readonly number[] | undefined
}

/** A picture whose files are on this server; pages show no others (`img-src 'self'`). */
export type StoredImage = CafeImage & {
  mediaId: string
  width: number
  height: number
  /** The path under which its files are read, where it is not `/media`: a page behind a secret link has its own. */
  folder?: string | undefined
}

/** Returns whether the picture's files are stored here; a received café may name the address of one that is not. */
export const isStoredImage = (image: CafeImage | undefined): image is StoredImage =>
  image?.mediaId !== undefined && image.width !== undefined && image.height !== undefined

/** Our copy of a picture of another server. */
export type CopiedPicture = {
  /** The address from which it was copied. */
  address: string
  alt: string
  /** The width of the larger copy, in pixels. */
  width: number
  height: number
}

/** The greatest widths of copies, in pixels: on a card, and on a page. */
export const COPY_WIDTHS = [240, 640] as const

/**
 * The point on which the eye should rest, as ActivityStreams readers know it: `[x, y]` from -1 (left, bottom) to 1
 * (right, top); `[0, 0]` is the middle.
 */
export type FocalPoint = readonly [x: number, y: number]

/** The formats in the order in which a browser is offered them, the smallest files first. */
export const IMAGE_FORMATS = ['avif', 'webp', 'jpg'] as const

export type ImageFormat = (typeof IMAGE_FORMATS)[number]

export const ALT_MAX = 500

export const CREDIT_MAX = 120

const MEDIA_NAME =
  /^[0-9a-f]{32}-(?:\d{1,4}\.(?:avif|webp|jpg|png)|icon\.png|1200x630-\d{1,3}-\d{1,3}\.jpg)$/

/**
 * Returns whether this program gives such a name to files of its media folder; nothing else is ever read there or
 * served.
 */
export const isMediaName = (name: string): boolean => MEDIA_NAME.test(name)

/** Returns the name of a picture's file; the width is in pixels. */
export const mediaName = (mediaId: string, width: number, format: ImageFormat): string =>
  `${mediaId}-${width}.${format}`

/**
 * Returns the name of the shared picture's file. It contains the focal point, since caches keep a file for ever and its
 * content may never change.
 */
export const sharedName = (mediaId: string, focalPoint: FocalPoint = [0, 0]): string =>
  `${mediaId}-1200x630-${percent(focalPoint[0])}-${percent(-focalPoint[1])}.jpg`

/** The size of the picture that social networks show for a link: 1200 × 630 pixels. */
export const SHARED_WIDTH = 1200

export const SHARED_HEIGHT = 630

const percent = (value: number): number => Math.round((Math.min(1, Math.max(-1, value)) + 1) * 50)
