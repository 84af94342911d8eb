import { raw } from 'hono/html'
import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { type DrawnMap, MapDrawing, type NameStyle, SEVERAL } from './drawn-map.tsx'
import { Overseas, type OverseasMap } from './overseas.tsx'

/** The whole of France: the mainland, the départements around Paris at a larger scale, and the territories overseas. */
export type WholeMap = { mainland: DrawnMap; paris: DrawnMap; overseas: readonly OverseasMap[] }

const WIDTH = 640
const PARIS_WIDTH = 120
/** With more points than this, they are drawn smaller. */
const CROWDED = 120
/** Where the départements around Paris lie over the mainland on the narrowest phone, in its units. */
const AROUND_PARIS = { left: 510, right: WIDTH, top: 0, bottom: 176 }

/** On a phone the drawing is half as large, and fewer names have room. */
const LETTERS: readonly NameStyle[] = [
  { size: 13, letter: 6.9, most: 34, apart: 34, class: 'wide' },
  { size: 25, letter: 13, most: 12, apart: 60, class: 'narrow' },
]

type Props = {
  map: WholeMap
  /** The address and the tooltip of a département, for a pointer. */
  linkOf: (code: string) => { href: string; title: string; isMarked?: boolean }
  /** What the points and shades mean. */
  legend?: readonly LegendEntry[] | undefined
  t: Messages
}

/**
 * Draws France. Départements and points are links for a pointer; the list beside the map has the same links for the
 * keyboard and screen readers.
 */
export const FranceMap = ({ map, linkOf, legend = [], t }: Props) => (
  <figure class="drawn-map france-map">
    <div>
      <MapDrawing
        map={map.mainland}
        width={WIDTH}
        letters={LETTERS}
        land={<Departements id="terre" map={map.mainland} linkOf={linkOf} />}
        taken={[AROUND_PARIS]}
        dots={map.mainland.points.length > CROWDED ? 0.75 : 1}
        class="mainland"
        t={t}
      >
        <Surroundings t={t} />
      </MapDrawing>
      <div class="around-paris" aria-hidden="true">
        <MapDrawing
          map={map.paris}
          width={PARIS_WIDTH}
          land={<Departements id="terre-paris" map={map.paris} linkOf={linkOf} />}
          t={t}
        />
        Paris
      </div>
    </div>
    <Legend entries={legend} />
    <Overseas maps={map.overseas} linkOf={linkOf} t={t} />
  </figure>
)

/** On a small map the points of towns are larger, and the largest have a name. */
const SMALL_LETTERS: readonly NameStyle[] = [{ size: 21, letter: 11, most: 9, apart: 70 }]

/** Draws France small, without its départements: where cafés are, as an invitation to the map. */
export const SmallFrance = ({ map, t }: { map: WholeMap; t: Messages }) => (
  <div class="drawn-map small-france">
    <MapDrawing
      map={map.mainland}
      width={WIDTH}
      letters={SMALL_LETTERS}
      dots={map.mainland.points.length > CROWDED ? 1.1 : 1.8}
      t={t}
    />
    <Overseas maps={map.overseas.filter(isForSmall)} t={t} />
  </div>
)

/** A small map has room for the départements overseas, and for where a café is. */
const isForSmall = ({ territories, map }: OverseasMap): boolean =>
  map.points.length > 0 || territories.some(({ code }) => /^97[1-46]$/.test(code))

type LandProps = { id: string; map: DrawnMap; linkOf: Props['linkOf'] }

/** The départements: the same shapes below them give the coast and the border a stronger line than those between. */
const Departements = ({ id, map, linkOf }: LandProps) => (
  <>
    <use class="coast" href={`#${id}`} />
    <g class="borders">
      <g id={id}>
        {map.outlines.map(({ code, d }) => {
          const { href, title, isMarked } = linkOf(code)
          return (
            <Link href={href} tabindex={-1}>
              <title>{title}</title>
              {raw(`<path class="area${isMarked ? ' is-marked' : ''}" d="${d}"></path>`)}
            </Link>
          )
        })}
      </g>
    </g>
  </>
)

/** Where the names of seas and neighbours stand, in the units of the drawing. */
const SURROUNDINGS = [
  ['atlantic', 65, 255],
  ['channel', 163, 62],
  ['mediterranean', 400, 482],
  ['belgium', 368, 44],
  ['switzerland', 485, 240],
  ['italy', 522, 327],
  ['spain', 149, 486],
] as const

/** Writes the names of seas and neighbours. */
const Surroundings = ({ t }: { t: Messages }) => (
  <g class="surroundings">
    {SURROUNDINGS.map(([name, x, y]) => (
      <text x={x} y={y} text-anchor="middle">
        {t.map.surroundings[name]}
      </text>
    ))}
  </g>
)

export type LegendEntry = { kind: 'one' | 'several' | 'off' | 'marked' | 'plain'; text: string }

/** Returns what the points mean; cancelled ones only where there are some. */
export const pointLegend = ({ mainland, overseas }: WholeMap, t: Messages): LegendEntry[] => {
  const points = [mainland, ...overseas.map(({ map }) => map)].flatMap((map) => map.points)
  if (points.length === 0) return []
  return [
    { kind: 'one', text: t.map.one },
    ...(points.some(({ held }) => held >= SEVERAL)
      ? [{ kind: 'several' as const, text: t.map.several }]
      : []),
    ...(points.some(({ held }) => held === 0) ? [{ kind: 'off' as const, text: t.map.off }] : []),
  ]
}

const Legend = ({ entries }: { entries: readonly LegendEntry[] }) =>
  entries.length === 0 ? null : (
    <p class="legend">
      {entries.map(({ kind, text }) => (
        <span>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            {kind === 'marked' || kind === 'plain' ? (
              <rect class={kind} x="1" y="1" width="14" height="14" rx="3" />
            ) : (
              <circle class={kind} cx="8" cy="8" r={kind === 'several' ? 6 : 4} />
            )}
          </svg>
          {text}
        </span>
      ))}
    </p>
  )
