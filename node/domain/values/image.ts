/** A café's picture. One that is kept here has a `mediaId`, and is known in several sizes. */
export type CafeImage = {
  /** The whole address of one file that every reader knows: for what is kept here, the widest JPEG. */
  url: string
  /** What the picture shows, in words. */
  alt: string
  /** Who made it. */
  credit?: string | undefined
  focalPoint?: FocalPoint | undefined
  mediaId?: string | undefined
  /** Of the widest size, in pixels. */
  width?: number | undefined
  height?: number | undefined
  /** The widths that are kept here, in pixels, rising. */
  sizes?: readonly number[] | undefined
}

/** A picture whose files are on this server: the only ones that pages show (`img-src 'self'`). */
export type StoredImage = CafeImage & { mediaId: string; width: number; height: number }

export const isStoredImage = (image: CafeImage | undefined): image is StoredImage =>
  image?.mediaId !== undefined && image.width !== undefined && image.height !== undefined

/** The copy that is here of a picture of another server. */
export type CopiedPicture = {
  /** Where it was copied from. */
  address: string
  alt: string
  /** Of the larger one, in pixels. */
  width: number
  height: number
}

/** How wide copies are at most, in pixels: on a card, on a page. */
export const COPY_WIDTHS = [240, 640] as const

/**
 * Where the eye should rest, as ActivityStreams readers know it: `[x, y]` from -1 (left, bottom) to 1 (right, top),
 * `[0, 0]` in the middle.
 */
export type FocalPoint = readonly [x: number, y: number]

/** In the order in which a browser is offered them: the lightest first. */
export const IMAGE_FORMATS = ['avif', 'webp', 'jpg'] as const

export type ImageFormat = (typeof IMAGE_FORMATS)[number]

export const ALT_MAX = 500

export const CREDIT_MAX = 120

const MEDIA_NAME =
  /^[0-9a-f]{32}-(?:\d{1,4}\.(?:avif|webp|jpg|png)|icon\.png|1200x630-\d{1,3}-\d{1,3}\.jpg)$/

/** A name that this program gives to a file of its media folder; nothing else is ever read there or served. */
export const isMediaName = (name: string): boolean => MEDIA_NAME.test(name)

export const mediaName = (mediaId: string, width: number, format: ImageFormat): string =>
  `${mediaId}-${width}.${format}`

/** The file's name has the focal point in it, since caches keep a file for ever and it may never change. */
export const sharedName = (mediaId: string, focalPoint: FocalPoint = [0, 0]): string =>
  `${mediaId}-1200x630-${percent(focalPoint[0])}-${percent(-focalPoint[1])}.jpg`

/** What social networks show of a link: 1200 × 630 pixels. */
export const SHARED_WIDTH = 1200

export const SHARED_HEIGHT = 630

const percent = (value: number): number => Math.round((Math.min(1, Math.max(-1, value)) + 1) * 50)
