import type { Messages } from '../locales/messages.ts'
import { Link } from './link.tsx'
import { type Box, type NamedPoint, placeLabels } from './map-labels.ts'

/** Where something is in the square of a map, from 0 to 1 to the right and down. */
type Place = { x: number; y: number }

export type MappedTown = Place & { name: string; population: number }

/** The cafés of a page where they are: a square of the map of France. */
export type CafesMap = {
  /** The square, in the units of the outlines. */
  window: { left: number; top: number; size: number }
  outlines: readonly { code: string; d: string; isAsked: boolean }[]
  /** `number` is that of the list. */
  points: readonly (Place & { number: number; title: string; town: string })[]
  /** The most populous first. */
  towns: readonly MappedTown[]
  /** What was looked through, and how its middle is called; none of a territory. */
  circle?: (Place & { radius: number }) | undefined
  label?: string | undefined
}

const SIZE = 400
const POINT = 13
const LETTERS = { width: SIZE, height: SIZE, size: 15, letter: 7.8, most: 12 }

type Props = {
  map: CafesMap
  /** The whole map of the same cafés. */
  href: string
  t: Messages
}

/**
 * The same cafés as in the list, each with its number. For a mouse or a finger a number leads to its café; for a keyboard
 * or a screen reader the list says it all.
 */
export function CafesMapPanel({ map, href, t }: Props) {
  const points = spread(map.points.map(scaled))
  const here = map.circle && scaled(map.circle)
  const towns = namedFirst(map, here)
  const taken: Box[] = [
    ...points.map(({ at }) => around(at, POINT)),
    ...(here ? [around(here, 7)] : []),
  ]
  const labels = placeLabels(towns, { ...LETTERS, taken })
  const { left, top, size } = map.window
  return (
    <figure class="results-map">
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden="true">
        <g transform={`scale(${tenth(SIZE / size)}) translate(${tenth(-left)} ${tenth(-top)})`}>
          {map.outlines.map(({ d, isAsked }) => (
            <path class={isAsked ? 'land is-asked' : 'land'} d={d} />
          ))}
        </g>
        <path
          class="towns"
          d={map.towns.map((town) => discPath(scaled(town), discOf(town))).join('')}
        />
        {here && (
          <circle
            class="asked-circle"
            cx={here.x}
            cy={here.y}
            r={tenth((map.circle?.radius ?? 0) * SIZE)}
          />
        )}
        {[...labels.values()].map(({ name, x, y, anchor }) => (
          <text
            class={name === map.label ? 'is-here' : undefined}
            x={tenth(x)}
            y={tenth(y)}
            text-anchor={anchor}
          >
            {name}
          </text>
        ))}
        {here && <circle class="here" cx={here.x} cy={here.y} r="6" />}
        {points.map(({ at, from, point }) => (
          <Link href={`#cafe-${point.number}`} tabindex={-1}>
            <title>{point.title}</title>
            {from && <path class="leader" d={`M${from.x} ${from.y}L${at.x} ${at.y}`} />}
            <circle cx={at.x} cy={at.y} r={POINT} />
            <text x={at.x} y={tenth(at.y + 4.5)} text-anchor="middle">
              {point.number}
            </text>
          </Link>
        ))}
      </svg>
      <figcaption>
        <Link href={href}>{t.find.map}</Link>
      </figcaption>
    </figure>
  )
}

const tenth = (value: number): number => Math.round(value * 10) / 10

const scaled = <P extends Place>(place: P): P => ({
  ...place,
  x: tenth(place.x * SIZE),
  y: tenth(place.y * SIZE),
})

const around = ({ x, y }: Place, radius: number): Box => ({
  ...{ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius },
})

/** The surface of a disc goes by who lives there. */
const discOf = ({ population }: MappedTown): number =>
  tenth(Math.min(16, Math.max(1.6, Math.sqrt(population) / 30)))

const discPath = ({ x, y }: Place, radius: number): string =>
  `M${tenth(x - radius)} ${y}a${radius} ${radius} 0 1 0 ${tenth(2 * radius)} 0a${radius} ${radius} 0 1 0 ${tenth(-2 * radius)} 0`

/** The middle of the search is named first, then the towns with a café, then the largest. */
function namedFirst({ towns, points, label }: CafesMap, here: Place | undefined): NamedPoint[] {
  const withCafes = new Set(points.map(({ town }) => town))
  const rank = (name: string) => (name === label ? 0 : withCafes.has(name) ? 1 : 2)
  const named = towns.map((town) => ({ ...scaled(town), radius: Math.max(4, discOf(town)) }))
  const middle = here && label && !towns.some(({ name }) => name === label)
  return [...(middle ? [{ ...here, name: label, radius: 7 }] : []), ...named].toSorted(
    (one, other) => rank(one.name) - rank(other.name),
  )
}

type Spread<P> = { point: P; at: Place; from: Place | undefined }

/** Numbers that would lie on each other move aside, with a line to where they belong. */
function spread<P extends Place>(points: readonly P[]): Spread<P>[] {
  const placed: Spread<P>[] = []
  const isFree = ({ x, y }: Place) =>
    x > POINT &&
    x < SIZE - POINT &&
    y > POINT &&
    y < SIZE - POINT &&
    placed.every(({ at }) => Math.hypot(at.x - x, at.y - y) > 2 * POINT)
  for (const point of points) {
    const from = { x: point.x, y: point.y }
    const at = [from, ...ringsAround(from)].find(isFree) ?? from
    placed.push({ point, at, from: at === from ? undefined : from })
  }
  return placed
}

const RINGS = [1, 2, 3, 4]
const TURNS = 12

const ringsAround = ({ x, y }: Place): Place[] =>
  RINGS.flatMap((ring) =>
    Array.from({ length: TURNS }, (_, turn) => {
      const angle = (turn / TURNS) * 2 * Math.PI - 1
      const away = ring * (2 * POINT + 1)
      return { x: tenth(x + away * Math.cos(angle)), y: tenth(y + away * Math.sin(angle)) }
    }),
  )
