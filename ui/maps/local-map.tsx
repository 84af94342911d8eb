import type { Messages } from '../locales/messages.ts'
import { type Box, type NamedPoint, placeLabels } from './labels.ts'

/** A town near a café: its distance to the east and to the north in km, and its population. */
type Town = { name: string; eastKm: number; northKm: number; population: number }

const WIDTH = 480
const HEIGHT = 220

export type Surroundings = {
  /** The width of the map in km; the café is in the middle. */
  kmWide: number
  /** The towns, the most populous first. */
  towns: readonly Town[]
}

/** Returns how far from the café towns are drawn on a map of this width. */
export const extentOf = (kmWide: number): { eastKm: number; northKm: number } => ({
  eastKm: kmWide / 2,
  northKm: (kmWide * HEIGHT) / WIDTH / 2,
})

/** Areas where no name may be drawn, in units of the map: the pin, and the scale with its figure. */
const TAKEN: Box[] = [
  { left: WIDTH / 2 - 20, right: WIDTH / 2 + 20, top: HEIGHT / 2 - 44, bottom: HEIGHT / 2 + 4 },
  { left: WIDTH - 70, right: WIDTH, top: HEIGHT - 36, bottom: HEIGHT },
]
const LABELS = { width: WIDTH, height: HEIGHT, size: 15, letter: 7.6, most: 7, taken: TAKEN }

/** A map of the towns around a café, drawn from our own data, so that no other site learns who looks at it. */
export const LocalMap = ({ around, t }: { around: Surroundings; t: Messages }) => {
  const unitsAKm = WIDTH / around.kmWide
  const towns = around.towns.map((town) => toPoint(town, unitsAKm))
  const labels = [...placeLabels(towns, LABELS).values()]
  const scaleKm = around.kmWide / 12
  const scale = scaleKm * unitsAKm
  return (
    <svg
      class="local-map"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={t.cafe.localMap(labels.map(({ name }) => name))}
    >
      <path class="town" d={towns.map(circlePath).join('')} />
      {labels.map(({ name, x, y, anchor }) => (
        <text x={x} y={y} text-anchor={anchor}>
          {name}
        </text>
      ))}
      <path
        class="pin"
        d={`M${WIDTH / 2} ${HEIGHT / 2}c-5-9-14-16-14-26a14 14 0 0 1 28 0c0 10-9 17-14 26z`}
      />
      <circle class="hole" cx={WIDTH / 2} cy={HEIGHT / 2 - 26} r="5" />
      <path class="scale" d={`M${WIDTH - 12 - scale} ${HEIGHT - 14}v5h${scale}v-5`} />
      <text x={WIDTH - 12 - scale / 2} y={HEIGHT - 18} text-anchor="middle">
        {`${scaleKm}\u00a0km`}
      </text>
    </svg>
  )
}

/**
 * Returns all circles' paths for one element, since sixty elements would take longer to write than the rest of the
 * page.
 */
const circlePath = ({ x, y, radius }: NamedPoint): string =>
  `M${round(x - radius)} ${y}a${radius} ${radius} 0 1 0 ${round(2 * radius)} 0a${radius} ${radius} 0 1 0 ${round(-2 * radius)} 0`

const round = (value: number): number => Math.round(value * 10) / 10

/** Returns the point of a town; the area of its circle is proportional to the population. */
const toPoint = ({ name, eastKm, northKm, population }: Town, unitsAKm: number): NamedPoint => ({
  name,
  x: round(WIDTH / 2 + eastKm * unitsAKm),
  y: round(HEIGHT / 2 - northKm * unitsAKm),
  radius: round(Math.min(44, Math.max(3.5, Math.sqrt(population) / 12))),
})
