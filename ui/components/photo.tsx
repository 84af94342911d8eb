import {
  type CafeImage,
  COPY_WIDTHS,
  type CopiedPicture,
  type FocalPoint,
  IMAGE_FORMATS,
  type ImageFormat,
  isStoredImage,
  mediaName,
  type StoredImage,
} from '../../node/domain/values/image.ts'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

const TYPES: Record<ImageFormat, string> = {
  avif: 'image/avif',
  webp: 'image/webp',
  jpg: 'image/jpeg',
}

type PictureProps = {
  image: StoredImage
  /** Of the words that describe it, where it is not the page's. */
  lang?: string | undefined
  /** What the picture is called in the style sheet. */
  name: 'photo' | 'thumb'
  /** How wide it is shown (HTML, the `sizes` attribute). */
  sizes: string
  /** Decoration beside a title that says the same: nothing is read out. */
  isDecoration?: boolean
  lazy?: boolean
}

/** One picture in the format and the size that this browser needs; its place is kept while it loads. */
export function Picture({ image, lang, name, sizes, isDecoration, lazy }: PictureProps) {
  const [source, last] = [IMAGE_FORMATS.slice(0, -1), IMAGE_FORMATS.at(-1) ?? 'jpg']
  return (
    <picture>
      {source.map((format) => (
        <source type={TYPES[format]} srcset={srcset(image, format)} sizes={sizes} />
      ))}
      <img
        class={`${name} ${focusClass(image.focalPoint)}`}
        src={path(image, image.width, last)}
        srcset={srcset(image, last)}
        sizes={sizes}
        width={image.width}
        height={image.height}
        alt={isDecoration ? '' : image.alt}
        lang={isDecoration ? undefined : lang}
        loading={lazy ? 'lazy' : undefined}
        decoding="async"
      />
    </picture>
  )
}

type CopyProps = Pick<PictureProps, 'lang' | 'name' | 'sizes' | 'isDecoration' | 'lazy'> & {
  cafeId: string
  copy: CopiedPicture
}

/** The copy of a picture of another server, whose browser is asked for nothing. */
function PictureCopy({ cafeId, copy, lang, name, sizes, isDecoration, lazy }: CopyProps) {
  const [small, large] = [
    paths.cafePicture(cafeId, 'vignette', copy.address),
    paths.cafePicture(cafeId, 'photo', copy.address),
  ]
  const [narrow] = COPY_WIDTHS
  return (
    <img
      class={`${name} ${focusClass()}`}
      src={large}
      srcset={copy.width > narrow ? `${small} ${narrow}w, ${large} ${copy.width}w` : undefined}
      sizes={copy.width > narrow ? sizes : undefined}
      width={copy.width}
      height={copy.height}
      alt={isDecoration ? '' : copy.alt}
      lang={isDecoration ? undefined : lang}
      loading={lazy ? 'lazy' : undefined}
      decoding="async"
    />
  )
}

const path = ({ mediaId }: StoredImage, width: number, format: ImageFormat): string =>
  `/media/${mediaName(mediaId, width, format)}`

const srcset = (image: StoredImage, format: ImageFormat): string =>
  (image.sizes ?? [image.width])
    .map((width) => `${path(image, width, format)} ${width}w`)
    .join(', ')

/** Where a cropped picture is held: classes, since the page allows no style of its own elements. */
const focusClass = ([x, y]: FocalPoint = [0, 0]): string => {
  const third = (value: number, names: readonly [string, string, string]) =>
    value < -1 / 3 ? names[0] : value > 1 / 3 ? names[2] : names[1]
  return `at-${third(x, ['left', 'center', 'right'])}-${third(y, ['bottom', 'middle', 'top'])}`
}

/** Beside a café in a list, where it has a picture: decoration, since the title says what it is. */
export const Thumb = ({
  cafe,
  copy,
}: {
  cafe: { id: string; image?: CafeImage | undefined }
  copy: CopiedPicture | undefined
}) => {
  const shared = { name: 'thumb', sizes: '9rem', isDecoration: true, lazy: true } as const
  if (!isStoredImage(cafe.image) && !copy) return null
  return (
    <div class="picture">
      {isStoredImage(cafe.image) ? (
        <Picture image={cafe.image} {...shared} />
      ) : (
        copy && <PictureCopy cafeId={cafe.id} copy={copy} {...shared} />
      )}
    </div>
  )
}

type PhotoProps = {
  image: CafeImage | undefined
  /** Of what describes it, where it is not the page's. */
  lang: string | undefined
  t: Messages
}

/** Of a page, on which the text is beside it. */
const PAGE_SIZES = '(min-width: 62rem) 42rem, 92vw'

/** A café's picture on its own page, with who made it. */
export const Photo = ({ image, lang, t }: PhotoProps) =>
  isStoredImage(image) ? (
    <figure class="cafe-photo">
      <Picture image={image} lang={lang} name="photo" sizes={PAGE_SIZES} />
      {image.credit && <figcaption>{t.cafe.imageCredit(image.credit)}</figcaption>}
    </figure>
  ) : null

/** The same of a café of another server. */
export const CopiedPhoto = (props: Pick<CopyProps, 'cafeId' | 'copy' | 'lang'>) => (
  <figure class="cafe-photo">
    <PictureCopy {...props} name="photo" sizes={PAGE_SIZES} />
  </figure>
)
