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
  /** The language of the description, where it is not the page's. */
  lang?: string | undefined
  /** The name of the picture in the style sheet. */
  name: 'photo' | 'thumb'
  /** The width at which it is shown (HTML, the `sizes` attribute). */
  sizes: string
  /** Whether the picture is decorative, beside a title that says the same; screen readers then skip it. */
  isDecoration?: boolean
  lazy?: boolean
}

/** A picture in several formats and sizes, of which the browser chooses one; its space is reserved while it loads. */
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

/** Our copy of a picture of another server, so that the visitor's browser requests nothing from that server. */
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

const path = (
  { mediaId, folder = '/media' }: StoredImage,
  width: number,
  format: ImageFormat,
): string => `${folder}/${mediaName(mediaId, width, format)}`

const srcset = (image: StoredImage, format: ImageFormat): string =>
  (image.sizes ?? [image.width])
    .map((width) => `${path(image, width, format)} ${width}w`)
    .join(', ')

/**
 * Returns the class for the focal point of a cropped picture; the Content-Security-Policy does not allow style
 * attributes.
 */
const focusClass = ([x, y]: FocalPoint = [0, 0]): string => {
  const third = (value: number, names: readonly [string, string, string]) =>
    value < -1 / 3 ? names[0] : value > 1 / 3 ? names[2] : names[1]
  return `at-${third(x, ['left', 'center', 'right'])}-${third(y, ['bottom', 'middle', 'top'])}`
}

/** The picture beside a café in a list, if it has one. It is decorative, since the title names the café. */
export const Thumb = ({
  cafe,
  copy,
}: {
  cafe: { id: string; image?: CafeImage | undefined }
  copy: CopiedPicture | undefined
}) => {
  const shared = {
    name: 'thumb',
    sizes: '(min-width: 40rem) 9rem, 5rem',
    isDecoration: true,
    lazy: true,
  } as const
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
  /** The language of the description, where it is not the page's. */
  lang: string | undefined
  t: Messages
}

/** The width of a picture on a page where the text is beside it. */
const PAGE_SIZES = '(min-width: 62rem) 42rem, 92vw'

/** A café's picture on its own page, with its credit. */
export const Photo = ({ image, lang, t }: PhotoProps) =>
  isStoredImage(image) ? (
    <figure class="cafe-photo">
      <Picture image={image} lang={lang} name="photo" sizes={PAGE_SIZES} />
      {image.credit && <figcaption>{t.cafe.imageCredit(image.credit)}</figcaption>}
    </figure>
  ) : null

/** The same for a café of another server. */
export const CopiedPhoto = (props: Pick<CopyProps, 'cafeId' | 'copy' | 'lang'>) => (
  <figure class="cafe-photo">
    <PictureCopy {...props} name="photo" sizes={PAGE_SIZES} />
  </figure>
)
