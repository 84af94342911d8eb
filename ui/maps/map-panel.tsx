import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { type DrawnMap, MapDrawing } from './drawn-map.tsx'
import { Overseas, type OverseasMap } from './overseas.tsx'

/** The map of a list: a part of France, or the mainland with what the list has overseas. */
export type ListMap = DrawnMap & { overseas?: readonly OverseasMap[] | undefined }

type Props = {
  map: ListMap
  /** The address of the whole map of the same cafés, where it exists. */
  href?: string | undefined
  t: Messages
}

/** The id of the map in its page. */
const ID = 'carte'

/** A link to the map, for narrow screens, where it comes after a long list. */
export const ToMap = ({ map, t }: { map: ListMap | undefined; t: Messages }) =>
  map ? (
    <Link class="to-map" href={`#${ID}`}>
      {t.map.jump}
    </Link>
  ) : null

const WIDTH = 400
const LETTERS = [{ size: 15, letter: 7.8, most: 14, apart: 0 }]
/** On a map that is wider than this, in km, a city and its suburbs are one. */
const WIDE_KM = 400
const WIDE_LETTERS = [{ ...{ size: 15, letter: 7.8, most: 16 }, apart: 26 }]

/** Up to so many numbers have room on a wide map; more become points, larger where there are several. */
const NUMBERS_MAX = 12
/** The cells in which items become one point, to each side of the map. */
const CELLS = 40

/** Returns whether a map of the whole of France has more items than their numbers have room. */
function isCrowded({ kmWide, points, overseas = [] }: ListMap): boolean {
  const all = [points, ...overseas.map(({ map }) => map.points)].flat()
  return kmWide > WIDE_KM && all.filter(({ number }) => number !== undefined).length > NUMBERS_MAX
}

/** Returns a map with points in place of numbers, one for several items that would hide each other. */
function withoutNumbers<M extends DrawnMap>(map: M): M {
  const cells = Map.groupBy(
    map.points,
    ({ x, y }) => `${Math.floor(x * CELLS)} ${Math.floor(y * CELLS)}`,
  )
  const points = [...cells.values()].flatMap((group) => {
    const [first] = group.toSorted((one, other) => Number(other.held > 0) - Number(one.held > 0))
    if (!first) return []
    const held = group.reduce((sum, point) => sum + point.held, 0)
    const title = group.length > 1 ? `${first.title} (+\u00a0${group.length - 1})` : first.title
    return [{ ...first, number: undefined, held, title }]
  })
  return { ...map, points }
}

/**
 * Draws the items of the list with their numbers. Each number is a link to its item for a pointer; the list itself
 * serves the keyboard and screen readers.
 */
export function MapPanel({ map, href, t }: Props) {
  const toDrawn = isCrowded(map) ? withoutNumbers : <M,>(same: M): M => same
  const overseas = (map.overseas ?? []).filter(({ map: { points } }) => points.length > 0)
  return (
    <figure class="drawn-map results-map" id={ID}>
      <MapDrawing
        map={toDrawn(map)}
        width={WIDTH}
        letters={map.kmWide > WIDE_KM ? WIDE_LETTERS : LETTERS}
        t={t}
      />
      <Overseas maps={overseas.map((each) => ({ ...each, map: toDrawn(each.map) }))} t={t} />
      {(href ?? map.circle) && (
        <figcaption>
          {map.circle && t.map.circle(map.circle.km, map.label ?? '')}{' '}
          {href && <Link href={href}>{t.find.map}</Link>}
        </figcaption>
      )}
    </figure>
  )
}
