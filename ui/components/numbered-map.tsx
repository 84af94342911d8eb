import { html, raw } from 'hono/html'
import type { Extent } from '../../node/domain/cafes/map.ts'
import type { Messages } from '../locales/messages.ts'
import { writeOnce } from './drawn.tsx'
import { edgesOf, FRAME_MARGIN } from './france-map.tsx'
import { Link } from './link.tsx'
import { type Box, type Label, type NamedPoint, placeLabels } from './map-labels.ts'

/** A position on a map: from 0 to 1 to the right, and down in the same unit. */
type Place = { x: number; y: number }

export type MappedTown = Place & { name: string; population: number }

/** A map of what a page lists: a square part of France, or the whole of it. */
export type NumberedMap = {
  /** The visible part, in the units of the outlines; it is `tall` times as high as wide. */
  window: { left: number; top: number; size: number; tall: number }
  outlines: readonly { code: string; d: string; isAsked: boolean }[]
  /** Parts with a scale of their own, in the same units, and the lines below each. */
  frames: readonly { extent: Extent; label: readonly string[] }[]
  /** `number` is the item's number in the list. */
  points: readonly (Place & { number: number; title: string; town: string })[]
  /** The width of the visible part, in km. */
  kmWide: number
  /** The towns, the most populous first. */
  towns: readonly MappedTown[]
  /** The circle that was searched and the name of its centre; undefined for a territory. */
  circle?: (Place & { radius: number }) | undefined
  label?: string | undefined
}

const SIZE = 400
const POINT = 13
const LETTERS = { width: SIZE, size: 15, letter: 7.8, most: 12 }

type Props = {
  map: NumberedMap
  /** The kind of items in the list, whose ids are `cafe-1` or `structure-1`. */
  of: 'cafe' | 'structure'
  /** The address of the whole map of the same cafés, where it exists. */
  href?: string | undefined
  t: Messages
}

/** The id of the map in its page. */
const ID = 'carte'

/** A link to the map, for narrow screens, where it comes after a long list. */
export const ToMap = ({ map, t }: { map: NumberedMap | undefined; t: Messages }) =>
  map ? (
    <Link class="to-map" href={`#${ID}`}>
      {t.map.jump}
    </Link>
  ) : null

/**
 * Draws the items of the list with their numbers. Each number is a link to its item for a pointer; the list itself
 * serves the keyboard and screen readers.
 */
export function NumberedMapPanel({ map, of, href, t }: Props) {
  const height = tenth(SIZE * map.window.tall)
  const points = spread(map.points.map(scaled), height)
  const here = map.circle && scaled(map.circle)
  const towns = namedFirst(map, here)
  const taken: Box[] = [
    ...points.map(({ at }) => around(at, POINT)),
    ...(here ? [around(here, 7)] : []),
  ]
  const labels = placeLabels(towns, { ...LETTERS, height, taken })
  const { left, top, size } = map.window
  return (
    <figure class="results-map" id={ID}>
      <svg viewBox={`0 0 ${SIZE} ${height}`} aria-hidden="true">
        <g transform={`scale(${fine(SIZE / size)}) translate(${fine(-left)} ${fine(-top)})`}>
          {landPaths(map.outlines)}
          {map.frames.map(({ extent }) => (
            <rect class="frame" {...edgesOf(extent)} />
          ))}
        </g>
        {map.frames.map((frame) => (
          <FrameLabel {...frame} window={map.window} />
        ))}
        <Towns map={map} />
        {here && (
          <circle
            class="asked-circle"
            cx={here.x}
            cy={here.y}
            r={tenth((map.circle?.radius ?? 0) * SIZE)}
          />
        )}
        {[...labels.values()].map((label) => townName(label, label.name === map.label))}
        {here && <circle class="here" cx={here.x} cy={here.y} r="6" />}
        <path class="leader" d={points.map(leaderPath).join('')} />
        {points.map(({ at, point }) => (
          <Link href={`#${of}-${point.number}`} tabindex={-1}>
            {numberDisc(at, point)}
          </Link>
        ))}
      </svg>
      {href && (
        <figcaption>
          <Link href={href}>{t.find.map}</Link>
        </figcaption>
      )}
    </figure>
  )
}

/** Draws the towns; each map has its own list of them, which searches of the same area share. */
const Towns = ({ map }: Pick<Props, 'map'>) =>
  writeOnce(map.towns, `discs ${map.kmWide}`, () => (
    <path
      class="towns"
      d={map.towns.map((town) => discPath(scaled(town), discOf(town, map))).join('')}
    />
  ))

/** Writes a hundred paths of our own data as raw text: as elements, each would be checked for characters to escape. */
const landPaths = (outlines: NumberedMap['outlines']) =>
  raw(
    outlines
      .map(({ d, isAsked }) => `<path class="land${isAsked ? ' is-asked' : ''}" d="${d}"></path>`)
      .join(''),
  )

/** Writes a name as a template, which escapes it too: a list has fifty, and as elements they take twice the time. */
const townName = ({ name, x, y, anchor }: Label, isHere: boolean) =>
  html`<text${isHere ? IS_HERE : ''} x="${tenth(x)}" y="${tenth(y)}" text-anchor="${anchor}">${name}</text>`

const IS_HERE = raw(' class="is-here"')

/** Writes the number of an item on its disc, in the same way. */
const numberDisc = ({ x, y }: Place, { number, title }: NumberedMap['points'][number]) =>
  html`<title>${title}</title><circle cx="${x}" cy="${y}" r="${POINT}"></circle><text x="${x}" y="${tenth(y + 4.5)}" text-anchor="middle">${number}</text>`

type FrameProps = NumberedMap['frames'][number] & Pick<NumberedMap, 'window'>

const FrameLabel = ({ extent: [west, , east, south], label, window }: FrameProps) => {
  const { left, top, size } = window
  const x = tenth((((west + east) / 2 - left) / size) * SIZE)
  const y = tenth(((south + FRAME_MARGIN - top) / size) * SIZE)
  return (
    <text class="frame-name" y={y} text-anchor="middle">
      {label.map((line) => (
        <tspan x={x} dy="1.05em">
          {line}
        </tspan>
      ))}
    </text>
  )
}

const tenth = (value: number): number => Math.round(value * 10) / 10

/** Rounds a factor that many steps are multiplied by; to a tenth, the coast would move away from its towns. */
const fine = (value: number): number => Math.round(value * 10_000) / 10_000

const scaled = <P extends Place>(place: P): P => ({
  ...place,
  x: tenth(place.x * SIZE),
  y: tenth(place.y * SIZE),
})

const around = ({ x, y }: Place, radius: number): Box => ({
  ...{ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius },
})

/** On a map that is wider than this, in km, discs are drawn smaller. */
const WHOLE_DISCS_KM = 260

/** Returns the radius of a town's disc, whose area is proportional to the population. */
const discOf = ({ population }: MappedTown, { kmWide }: Pick<NumberedMap, 'kmWide'>): number => {
  const radius = Math.min(16, Math.sqrt(population) / 30) * Math.min(1, WHOLE_DISCS_KM / kmWide)
  return tenth(Math.max(1.6, radius))
}

const discPath = ({ x, y }: Place, radius: number): string =>
  `M${tenth(x - radius)} ${y}a${radius} ${radius} 0 1 0 ${tenth(2 * radius)} 0a${radius} ${radius} 0 1 0 ${tenth(-2 * radius)} 0`

/** Returns the points to name, in order: the centre of the search, the towns with a café, then the largest towns. */
function namedFirst(map: NumberedMap, here: Place | undefined): NamedPoint[] {
  const { towns, points, label } = map
  const withCafes = new Set(points.map(({ town }) => town))
  const rank = (name: string) => (name === label ? 0 : withCafes.has(name) ? 1 : 2)
  const named = towns.map((town) => ({ ...scaled(town), radius: Math.max(4, discOf(town, map)) }))
  const middle = here && label && !towns.some(({ name }) => name === label)
  return [...(middle ? [{ ...here, name: label, radius: 7 }] : []), ...named].toSorted(
    (one, other) => rank(one.name) - rank(other.name),
  )
}

type Spread<P> = { point: P; at: Place; from: Place | undefined }

/**
 * Returns the line from a moved number to its position. Lines are drawn before all numbers, so that they cover none.
 */
const leaderPath = ({ at, from }: Spread<Place>): string =>
  from ? `M${from.x} ${from.y}L${at.x} ${at.y}` : ''

/** Moves numbers apart that would overlap; a line leads from each moved number to its position. */
function spread<P extends Place>(points: readonly P[], height: number): Spread<P>[] {
  const placed: Spread<P>[] = []
  const isFree = ({ x, y }: Place) =>
    x > POINT &&
    x < SIZE - POINT &&
    y > POINT &&
    y < height - POINT &&
    placed.every(({ at }) => Math.hypot(at.x - x, at.y - y) > 2 * POINT)
  for (const point of points) {
    const from = { x: point.x, y: point.y }
    const at = isFree(from) ? from : (ringsAround(from).find(isFree) ?? from)
    placed.push({ point, at, from: at === from ? undefined : from })
  }
  return placed
}

const RINGS = [1, 2, 3, 4]
const TURNS = 12

const STEPS_ASIDE: readonly Place[] = RINGS.flatMap((ring) =>
  Array.from({ length: TURNS }, (_, turn) => {
    const angle = (turn / TURNS) * 2 * Math.PI - 1
    const away = ring * (2 * POINT + 1)
    return { x: away * Math.cos(angle), y: away * Math.sin(angle) }
  }),
)

const ringsAround = ({ x, y }: Place): Place[] =>
  STEPS_ASIDE.map((step) => ({ x: tenth(x + step.x), y: tenth(y + step.y) }))
