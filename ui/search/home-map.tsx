import { raw } from 'hono/html'
import { Link } from '../components/link.tsx'
import { placeLabels } from '../components/map-labels.ts'
import { FRANCE, OVERSEAS, placeOnFrance } from '../drawings/france.ts'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** A département with cafés to come; the coordinates are those of its largest town. */
export type InhabitedDepartement = {
  code: string
  name: string
  toCome: number
  latitude: number
  longitude: number
}

type Props = { departements: readonly InhabitedDepartement[]; t: Messages }

/**
 * A map of France with the départements that have cafés to come. Each point is a link for a pointer; the links beside
 * the map serve the keyboard and screen readers.
 */
export const HomeMap = ({ departements, t }: Props) => (
  <div class="home-map" aria-hidden="true">
    <svg viewBox={`0 0 ${FRANCE.width} ${FRANCE.height}`} aria-hidden="true">
      {raw(FRANCE.shapes)}
      {onMainland(departements).map(({ departement, label, x, y }) => (
        <>
          <Point departement={departement} x={x} y={y} t={t} />
          {label && (
            <text x={label.x} y={label.y} text-anchor={label.anchor}>
              {label.name}
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

/** Returns the points and their names, as many names as fit, those with the most cafés first. */
function onMainland(departements: readonly InhabitedDepartement[]) {
  const points = departements
    .filter(({ code }) => !isOverseas(code))
    .toSorted((one, other) => other.toCome - one.toCome)
    .map((departement) => ({
      departement,
      name: departement.name,
      radius: radiusOf(departement.toCome),
      ...placeOnFrance(departement),
    }))
  const taken = points.map(({ x, y, radius }) => ({
    ...{ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius },
  }))
  const labels = placeLabels(points, { ...FRANCE, size: 20, letter: 10.5, taken })
  return points.map((point) => ({ ...point, label: labels.get(point) }))
}

type PointProps = { departement: InhabitedDepartement; x: number; y: number; t: Messages }

const Point = ({ departement: { code, name, toCome }, x, y, t }: PointProps) => (
  <Link href={paths.territory(code)} tabindex={-1}>
    <title>{t.map.departement(name, code, toCome)}</title>
    <circle cx={x} cy={y} r={radiusOf(toCome)} />
  </Link>
)

/** Returns the radius in units of the map: the area grows with the number, up to a maximum. */
const radiusOf = (count: number): number => Math.min(14, Math.round(5 + 2 * Math.sqrt(count)))
