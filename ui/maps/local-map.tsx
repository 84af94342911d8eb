import type { Messages } from '../locales/messages.ts'
import { type Box, type NamedPoint, placeLabels } from './labels.ts'
import { discPath, toTenth } from './points.ts'

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
      <path class="town" d={towns.map((town) => discPath(town, town.radius)).join('')} />
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

/** Returns the point of a town; the area of its circle is proportional to the population. */
const toPoint = ({ name, eastKm, northKm, population }: Town, unitsAKm: number): NamedPoint => ({
  name,
  x: toTenth(WIDTH / 2 + eastKm * unitsAKm),
  y: toTenth(HEIGHT / 2 - northKm * unitsAKm),
  radius: toTenth(Math.min(44, Math.max(3.5, Math.sqrt(population) / 12))),
})
