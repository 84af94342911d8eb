import type { Messages } from '../locales/messages.ts'

/** A town near a café: how far east and north of it, in km, and how many people live there. */
type Town = { name: string; eastKm: number; northKm: number; population: number }

const WIDTH = 480
const HEIGHT = 220
export type Surroundings = {
  /** So much of the country is drawn: half of it to each side of the café. */
  kmWide: number
  /** The most populous first. */
  towns: readonly Town[]
}

/** How far towns are drawn on a map so wide. */
export const extentOf = (kmWide: number): { eastKm: number; northKm: number } => ({
  eastKm: kmWide / 2,
  northKm: (kmWide * HEIGHT) / WIDTH / 2,
})

const MOST_NAMES = 7
const FONT_SIZE = 15
const LETTER = 7.6

/** Where a café is among the towns around it, drawn from our own data: nobody else learns who looks at it. */
export const LocalMap = ({ around, t }: { around: Surroundings; t: Messages }) => {
  const unitsAKm = WIDTH / around.kmWide
  const towns = around.towns.map((town) => toDrawn(town, unitsAKm))
  const named = chooseNamed(towns)
  const scaleKm = around.kmWide / 12
  const scale = scaleKm * unitsAKm
  return (
    <svg
      class="local-map"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={t.cafe.localMap(named.map(({ name }) => name))}
    >
      {towns.map(({ x, y, radius }) => (
        <circle class="town" cx={x} cy={y} r={radius} />
      ))}
      {named.map(({ name, x, y, anchor }) => (
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

const round = (value: number): number => Math.round(value * 10) / 10

type DrawnTown = { name: string; x: number; y: number; radius: number }

/** The surface of a circle goes by who lives there. */
const toDrawn = ({ name, eastKm, northKm, population }: Town, unitsAKm: number): DrawnTown => ({
  name,
  x: round(WIDTH / 2 + eastKm * unitsAKm),
  y: round(HEIGHT / 2 - northKm * unitsAKm),
  radius: round(Math.min(44, Math.max(3.5, Math.sqrt(population) / 12))),
})

type Label = { name: string; x: number; y: number; anchor: 'start' | 'middle' | 'end' }
type Box = { left: number; right: number; top: number; bottom: number }

/** The most populous first; a name that would lie on another one, on the pin or outside is left out. */
function chooseNamed(towns: readonly DrawnTown[]): Label[] {
  const labels: Label[] = []
  const taken: Box[] = [
    { left: WIDTH / 2 - 20, right: WIDTH / 2 + 20, top: HEIGHT / 2 - 44, bottom: HEIGHT / 2 + 4 },
    { left: WIDTH - 70, right: WIDTH, top: HEIGHT - 36, bottom: HEIGHT },
  ]
  for (const town of towns) {
    if (labels.length === MOST_NAMES) break
    for (const label of placesOfName(town)) {
      const box = boxOf(label)
      const isInside =
        box.left > 4 && box.right < WIDTH - 4 && box.top > 2 && box.bottom < HEIGHT - 4
      if (!isInside || taken.some((other) => isOverlapping(box, other))) continue
      taken.push(box)
      labels.push(label)
      break
    }
  }
  return labels
}

/** To the right of its circle, to the left, below or above. */
function placesOfName({ name, x, y, radius }: DrawnTown): Label[] {
  const gap = radius + 4
  return [
    { name, x: x + gap, y: y + 5, anchor: 'start' },
    { name, x: x - gap, y: y + 5, anchor: 'end' },
    { name, x, y: y + gap + 12, anchor: 'middle' },
    { name, x, y: y - gap, anchor: 'middle' },
  ]
}

function boxOf({ name, x, y, anchor }: Label): Box {
  const width = name.length * LETTER
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2
  return { left, right: left + width, top: y - FONT_SIZE + 3, bottom: y + 4 }
}

const isOverlapping = (one: Box, other: Box): boolean =>
  one.left < other.right &&
  one.right > other.left &&
  one.top < other.bottom &&
  one.bottom > other.top
