import { raw } from 'hono/html'
import { Link } from '../components/link.tsx'
import { FRANCE, OVERSEAS, placeOnFrance } from '../drawings/france.ts'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** A département with cafés to come; the point is its largest town's. */
export type InhabitedDepartement = {
  code: string
  name: string
  toCome: number
  latitude: number
  longitude: number
}

type Props = { departements: readonly InhabitedDepartement[]; t: Messages }

/**
 * France as it is: where a café is to come. For a mouse or a finger each point is a link; for a keyboard or a screen
 * reader the links beside it say the same.
 */
export const HomeMap = ({ departements, t }: Props) => (
  <div class="home-map" aria-hidden="true">
    <svg viewBox={`0 0 ${FRANCE.width} ${FRANCE.height}`} aria-hidden="true">
      {raw(FRANCE.shapes)}
      {placed(departements).map(({ departement, x, y, name }) => (
        <>
          <Point departement={departement} x={x} y={y} t={t} />
          {name && (
            <text
              x={name.left < x ? name.right : name.left}
              y={y + BASELINE}
              text-anchor={name.left < x ? 'end' : 'start'}
            >
              {departement.name}
            </text>
          )}
        </>
      ))}
    </svg>
    <ul>
      {Object.entries(OVERSEAS).map(([code, { name, width, height, shapes }]) => {
        const departement = departements.find((one) => one.code === code)
        return (
          <li>
            <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
              {raw(shapes)}
              {departement && (
                <Point departement={departement} x={width / 2} y={height / 2} t={t} />
              )}
            </svg>
            {name}
          </li>
        )
      })}
    </ul>
  </div>
)

const isOverseas = (code: string): boolean => /^9[78]/.test(code)

/** In units of the map, for letters of 20 units: how wide one is at most, and how high a line is. */
const LETTER = 10.5
const LINE = 24
const BASELINE = 7
const GAP = 5

type Box = { left: number; right: number; y: number }
type Placed = { departement: InhabitedDepartement; x: number; y: number; name: Box | undefined }

/** Points with their names, as many as do not touch another: of those with the most cafés first. */
function placed(departements: readonly InhabitedDepartement[]): Placed[] {
  const points = departements
    .filter(({ code }) => !isOverseas(code))
    .toSorted((one, other) => other.toCome - one.toCome)
    .map((departement) => ({ departement, ...placeOnFrance(departement) }))
  const taken = points.map(({ departement, x, y }): Box => {
    const r = radiusOf(departement.toCome)
    return { left: x - r, right: x + r, y }
  })
  return points.map((point, index) => {
    const others = taken.filter((_, other) => other !== index)
    const name = sidesOf(point).find((box) => !others.some((other) => touches(box, other)))
    if (name) taken.push(name)
    return { ...point, name }
  })
}

/** To the right of the point, or to its left. */
function sidesOf({ departement, x, y }: Omit<Placed, 'name'>): Box[] {
  const away = radiusOf(departement.toCome) + GAP
  const width = departement.name.length * LETTER
  return [
    { left: x + away, right: x + away + width, y },
    { left: x - away - width, right: x - away, y },
  ].filter(({ left, right }) => left >= 0 && right <= FRANCE.width)
}

const touches = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && Math.abs(one.y - other.y) < LINE

type PointProps = { departement: InhabitedDepartement; x: number; y: number; t: Messages }

const Point = ({ departement: { code, name, toCome }, x, y, t }: PointProps) => (
  <Link href={paths.territory(code)} tabindex={-1}>
    <title>{t.map.departement(name, code, toCome)}</title>
    <circle cx={x} cy={y} r={radiusOf(toCome)} />
  </Link>
)

/** In units of the map: the area grows with the number, up to a point. */
const radiusOf = (count: number): number => Math.min(14, Math.round(5 + 2 * Math.sqrt(count)))
