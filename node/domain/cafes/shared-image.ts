import { type CardWords, versionOfCard } from '../values/card.ts'
import { longDate, timeRange, zoneName } from '../values/date-text.ts'
import {
  type FocalPoint,
  isStoredImage,
  SHARED_HEIGHT,
  SHARED_WIDTH,
  sharedName,
} from '../values/image.ts'
import { attendanceModeOf, type Cafe, endsAtPlace, startsAtPlace } from './cafe.ts'
import { whenText, whereText } from './cafe-text.ts'
import { venueText } from './venue.ts'

type Size = { width: number; height: number }
type Crop = Size & { left: number; top: number }

/**
 * Returns the largest part of a picture with the proportions of a shared one, as near to the focal point as possible,
 * in whole pixels.
 */
export function sharedCrop({ width, height }: Size, [x, y]: FocalPoint = [0, 0]): Crop {
  const ratio = SHARED_WIDTH / SHARED_HEIGHT
  const crop = {
    width: Math.max(1, Math.min(width, Math.round(height * ratio))),
    height: Math.max(1, Math.min(height, Math.round(width / ratio))),
  }
  const start = (at: number, length: number, whole: number) =>
    Math.min(Math.max(0, Math.round(at * whole - length / 2)), whole - length)
  return {
    left: start((x + 1) / 2, crop.width, width),
    top: start((1 - y) / 2, crop.height, height),
    ...crop,
  }
}

/** Returns the focal point in the coordinates of the part that is shared. */
function sharedFocalPoint(size: Size, [x, y]: FocalPoint = [0, 0]): FocalPoint {
  const crop = sharedCrop(size, [x, y])
  // `+ 0` makes 0 of -0, which JSON would not give back.
  const inside = (at: number, start: number, length: number) =>
    Math.round(Math.min(1, Math.max(0, (at - start) / length)) * 200 - 100) / 100 + 0
  return [
    inside(((x + 1) / 2) * size.width, crop.left, crop.width),
    0 - inside(((1 - y) / 2) * size.height, crop.top, crop.height),
  ]
}

/** A picture of a café for programs that show links and posts: what it is, and where its bytes are. */
export type SharedImage = {
  url: string
  alt: string
  type: string
  /** Undefined for a picture that is kept elsewhere. */
  width: number | undefined
  height: number | undefined
  focalPoint: FocalPoint
}

/**
 * Returns the picture that stands for a café elsewhere (OpenGraph, the fediverse): its photo, cut to 1200 × 630 where
 * it is kept here, or the card that is drawn from its title, date and place. `origin` is this server's own.
 */
export function imageOf(cafe: Cafe, origin: string): SharedImage {
  const { image } = cafe
  const shared = { width: SHARED_WIDTH, height: SHARED_HEIGHT }
  if (isStoredImage(image))
    return {
      url: `${origin}/media/${sharedName(image.mediaId, image.focalPoint)}`,
      alt: image.alt,
      type: 'image/jpeg',
      ...shared,
      focalPoint: sharedFocalPoint(image, image.focalPoint),
    }
  if (image)
    return {
      url: image.url,
      alt: image.alt,
      type: typeOf(image.url),
      width: undefined,
      height: undefined,
      focalPoint: [0, 0],
    }
  return {
    url: `${origin}/cafes/${cafe.id}/carte.png?v=${cardVersion(cafe)}`,
    alt: cardAlt(cafe),
    type: 'image/png',
    ...shared,
    focalPoint: [0, 0],
  }
}

const typeOf = (url: string): string => {
  const extension = /\.(png|webp|avif|gif)$/i.exec(new URL(url).pathname)?.[1]?.toLowerCase()
  return `image/${extension ?? 'jpeg'}`
}

/**
 * Returns the words of the picture that other sites show beside a link to the café. A postponed café has no date in
 * them.
 */
export function cardWords(cafe: Cafe): CardWords {
  const start = startsAtPlace(cafe)
  const day = longDate(start)
  const hours = `${timeRange(start, endsAtPlace(cafe))} (${zoneName(cafe.timezone)})`
  return {
    state: cardState(cafe),
    title: cafe.title,
    when:
      cafe.status === 'postponed'
        ? ['Nouvelle date à venir']
        : [day.charAt(0).toLocaleUpperCase('fr') + day.slice(1), hours],
    where: cardPlace(cafe),
  }
}

function cardPlace(cafe: Cafe): string[] {
  const { venue } = cafe
  const mode = attendanceModeOf(cafe)
  if (!venue || mode === 'online') return ['En ligne']
  const place = venueText(venue)
  return [mode === 'mixed' ? `${place}, et en ligne` : place, place]
}

/**
 * Returns the version in a card's address, which changes with its text and its drawing. For other servers another
 * address is another picture, which is fetched again and marks the café as edited. Seats, the description and the
 * address to sign up are not on the card.
 */
const cardVersion = (cafe: Cafe): string => versionOfCard(cardWords(cafe))

const cardState = ({ status }: Pick<Cafe, 'status'>): string | undefined => {
  if (status === 'cancelled') return 'Annulé'
  if (status === 'postponed') return 'Reporté'
  return undefined
}

/** Returns the alternative text of the card: everything that it says, in the order in which it is read. */
function cardAlt(cafe: Cafe): string {
  const state = cardState(cafe)
  const when = cafe.status === 'postponed' ? 'nouvelle date à venir' : `${whenText(cafe)}`
  return `${state ? `${state}\u00a0: ` : ''}${cafe.title}. ${when}. ${whereText(cafe)}.`
}
