import { html, raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { writeOnce } from '../components/drawn.tsx'
import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { toPrintedName } from '../locales/typography.ts'
import { type Box, boxOf, type Label, type NamedPoint, placeLabels } from './labels.ts'
import {
  around,
  discPath,
  NUMBER_RADIUS,
  type Place,
  placeNumbers,
  toLine,
  toScale,
  toTenth,
  toTip,
} from './points.ts'

export type MappedTown = Place & { name: string; population: number }

/** Something at a place of a map: one café or structure of a list, or all the cafés of a town. */
export type MapPoint = Place & {
  href: string
  title: string
  town: string
  /** The number of the item in the list beside the map; undefined for a point without one. */
  number?: number | undefined
  /** How many take place there; 0 where all are cancelled. */
  held: number
}

/** A part of France, drawn from our own data: no other site learns who looks at it. */
export type DrawnMap = {
  /** The visible part, in the units of the outlines; it is `tall` times as high as wide. */
  window: { left: number; top: number; size: number; tall: number }
  outlines: readonly { code: string; d: string; isAsked: boolean }[]
  /** The countries beside France. */
  neighbours: readonly string[]
  points: readonly MapPoint[]
  /** The width of the visible part, in km. */
  kmWide: number
  /** The towns, the most populous first. */
  towns: readonly MappedTown[]
  /** The circle that was searched, with its radius in kilometres too, and the name of its centre. */
  circle?: (Place & { radius: number; km: number }) | undefined
  label?: string | undefined
}

/** How the names of towns are written, in units of the drawing. */
export type NameStyle = {
  /** The height of the letters, and the maximum width of one. */
  size: number
  letter: number
  most: number
  /** The least distance between two towns with a name, so that the suburbs of a city do not bear one each. */
  apart: number
  class?: string
}

type Props = {
  map: DrawnMap
  /** The width of the drawing in its own units. */
  width: number
  /** More than one, where phones show other names than larger screens. */
  letters?: readonly NameStyle[]
  class?: string | undefined
  /** The land, where it is drawn otherwise than in one colour. */
  land?: Child | undefined
  /** More names, of seas and neighbours. */
  children?: Child | undefined
  /** Areas where no name may be written. */
  taken?: readonly Box[]
  /** How much larger than usual points are, on a map that is shown small. */
  dots?: number
  t: Messages
}

/**
 * Draws a map: the sea, the neighbours, the land, the towns as discs, what was searched, and the points. Each point is a
 * link for a pointer; the list beside the map says the same to the keyboard and to screen readers, so that the map costs
 * them nothing.
 */
export function MapDrawing({ map, width, letters = [], land, children, t, ...props }: Props) {
  const { dots = 1 } = props
  const height = toTenth(width * map.window.tall)
  const { left, top, size } = map.window
  const here = map.circle && toScale(map.circle, width)
  const name = here && hereLabel(map, { ...here, width, height }, t)
  const kept = here ? [around(here, HERE_RADIUS), ...(name ? [boxOf(name, HERE_LETTERS)] : [])] : []
  const points = map.points.map((point) => toScale(point, width))
  const numbers = placeNumbers(points.filter(isNumbered), { width, height, taken: kept })
  const taken = [
    ...kept,
    ...(props.taken ?? []),
    ...numbers.map(({ at }) => around(at, NUMBER_RADIUS)),
  ]
  const listed = numbers.map(({ at, point }) => ({ ...at, name: point.town }))
  return (
    <svg class={props.class} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <g transform={`scale(${fine(width / size)}) translate(${fine(-left)} ${fine(-top)})`}>
        <path class="far" d={map.neighbours.join('')} />
        {land ?? landPaths(map.outlines)}
      </g>
      {children}
      <Towns map={map} width={width} least={leastOf(letters[0])} />
      {here && (
        <circle
          class="asked-circle"
          cx={here.x}
          cy={here.y}
          r={toTenth((map.circle?.radius ?? 0) * width)}
        />
      )}
      {points
        .filter((point) => !isNumbered(point))
        .toSorted((one, other) => one.held - other.held)
        .map((point) => (
          <Point point={point} radius={toTenth(dots * radiusOf(point.held))} />
        ))}
      {letters.map((each) => (
        <Names map={map} width={width} letters={each} taken={taken} listed={listed} />
      ))}
      {here && <circle class="here" cx={here.x} cy={here.y} r="6" />}
      {name && townName(name, 'is-here')}
      <path class="leader" d={numbers.map(toLine).join('')} />
      <path class="leader tips" d={numbers.map(toTip).join('')} />
      {numbers.map(({ at, point }) => (
        <Link href={point.href} class={point.held === 0 ? 'is-off' : undefined} tabindex={-1}>
          {numberDisc(at, point)}
        </Link>
      ))}
    </svg>
  )
}

type NumberedPoint = MapPoint & { number: number }

const isNumbered = (point: MapPoint): point is NumberedPoint => point.number !== undefined

const HERE_RADIUS = 9
const HERE_LETTERS = { size: 15, letter: 8.3 }

/** Places the name of what was searched before anything else, so that it is always there. */
function hereLabel(map: DrawnMap, here: Place & { width: number; height: number }, t: Messages) {
  if (!map.label) return undefined
  const point = { x: here.x, y: here.y, name: t.map.here(map.label), radius: HERE_RADIUS }
  return placeLabels([point], { ...here, ...HERE_LETTERS, taken: [] }).get(point)
}

const leastOf = (letters: NameStyle | undefined): number => letters?.apart ?? 0

/** Draws the towns; each map has its own list of them, which searches of the same area share. */
const Towns = ({ map, width, least }: Pick<Props, 'map' | 'width'> & { least: number }) =>
  writeOnce(map.towns, `discs ${map.kmWide} ${width} ${least}`, () => (
    <path
      class="towns"
      d={apart(map.towns, least / width)
        .map((town) => discPath(toScale(town, width), discOf(town, { map, width, least })))
        .join('')}
    />
  ))

type NamesProps = {
  map: DrawnMap
  width: number
  letters: NameStyle
  taken: readonly Box[]
  /** The towns of the numbers, beside which their names are written. */
  listed: readonly (Place & { name: string })[]
}

/** Writes the names that have room: of the towns of the list first, then of the largest. */
function Names({ map, width, letters, taken, listed }: NamesProps) {
  const inList = new Map(listed.toReversed().map((town) => [town.name, town]))
  const height = toTenth(width * map.window.tall)
  const least = leastOf(letters)
  const others = apart(map.towns, least / width)
    .filter(({ name }) => !inList.has(name))
    .map(
      (town): NamedPoint => ({
        ...toScale(town, width),
        radius: Math.max(4, discOf(town, { map, width, least })),
      }),
    )
  const named = [
    ...[...inList.values()].map((town) => ({ ...town, radius: NUMBER_RADIUS })),
    ...others,
  ]
    // What was searched has its name already.
    .filter(({ name }) => !(map.circle && name === map.label))
  const discs = least > 0 ? others.slice(0, letters.most).map((town) => around(town, 3)) : []
  const labels = placeLabels(named, { ...letters, width, height, taken: [...taken, ...discs] })
  return (
    <g class={letters.class}>
      {[...labels.values()].map((each) =>
        townName(each, inList.size > 0 && !inList.has(each.name) ? 'is-quiet' : undefined),
      )}
    </g>
  )
}

/** Leaves out the towns that are nearer to a more populous one than this, in parts of the map's width. */
const apart = (towns: readonly MappedTown[], least: number): readonly MappedTown[] =>
  least === 0
    ? towns
    : towns.filter(({ x, y }, at) =>
        towns.slice(0, at).every((other) => Math.hypot(other.x - x, other.y - y) >= least),
      )

/** Writes paths of our own data as raw text: as elements, each would be checked for characters to escape. */
const landPaths = (outlines: DrawnMap['outlines']) =>
  raw(
    outlines
      .toSorted((one, other) => Number(one.isAsked) - Number(other.isAsked))
      .map(({ d, isAsked }) => `<path class="land${isAsked ? ' is-asked' : ''}" d="${d}"></path>`)
      .join(''),
  )

/** Writes a name as a template, which escapes it too: a list has fifty, and as elements they take twice the time. */
const townName = ({ name, x, y, anchor }: Label, kind: 'is-here' | 'is-quiet' | undefined) =>
  html`<text${kind ? raw(` class="${kind}"`) : ''} x="${toTenth(x)}" y="${toTenth(y)}" text-anchor="${anchor}">${toPrintedName(name)}</text>`

/** A point without a number, which is larger where there is more. */
const Point = ({ point, radius }: { point: MapPoint; radius: number }) => (
  <Link href={point.href} class={point.held === 0 ? 'is-off' : undefined} tabindex={-1}>
    {html`<title>${point.title}</title><circle cx="${point.x}" cy="${point.y}" r="${radius}"></circle>`}
  </Link>
)

/** The numbers from which a point is drawn larger. */
export const SEVERAL = 3
const MANY = 15

/** Returns the radius of a point with so many cafés, in units of the drawing. */
const radiusOf = (held: number): number => (held >= MANY ? 7.5 : held >= SEVERAL ? 5.5 : 4)

/** Writes the number of an item on its disc, as a template too. */
const numberDisc = ({ x, y }: Place, { number, title }: NumberedPoint) =>
  html`<title>${title}</title><circle cx="${x}" cy="${y}" r="${NUMBER_RADIUS}"></circle><text x="${x}" y="${toTenth(y + 4.5)}" text-anchor="middle">${number}</text>`

/** Rounds a factor that many steps are multiplied by; rounded to a tenth, it would move the coast away from its towns. */
const fine = (value: number): number => Math.round(value * 10_000) / 10_000

type Scale = { map: Pick<DrawnMap, 'kmWide'>; width: number; least: number }

/** On a map that is wider than this, in km, discs are drawn smaller. */
const WHOLE_DISCS_KM = 260

/**
 * Returns the radius of a town's disc, whose area is proportional to the population. Where few towns are drawn, far from
 * each other, their discs are larger.
 */
const discOf = ({ population }: MappedTown, { map, width, least }: Scale): number => {
  if (least > 0)
    return toTenth((Math.min(13, Math.max(4, Math.sqrt(population) / 74)) * width) / 640)
  const radius = Math.min(16, Math.sqrt(population) / 30) * Math.min(1, WHOLE_DISCS_KM / map.kmWide)
  return toTenth(Math.max(1.6, radius))
}
