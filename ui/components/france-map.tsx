import type { Child } from 'hono/jsx'
import {
  type Extent,
  type MapOfFrance,
  type MapStep,
  manyThreshold,
  mapStep,
} from '../../node/domain/cafes/map.ts'
import type { Messages } from '../locales/messages.ts'
import { Link } from './link.tsx'

/** The cafés of one place on the map. */
export type MapPoint = {
  x: number
  y: number
  latitude: number
  longitude: number
  href: string
  title: string
  count: number
}

export type MapCounts = {
  /** The number of cafés to come by the code of the département. */
  counts: ReadonlyMap<string, number>
}

type FranceMapProps = MapCounts & {
  map: MapOfFrance
  points: readonly MapPoint[]
  hrefOf: (departement: string) => string
  /** Returns the tooltip of a shape, where it is not about cafés. */
  titleOf?: ((name: string, code: string, count: number) => string) | undefined
  t: Messages
}

/**
 * Draws France, shaded by the number of cafés to come. Each shape and each point is a link for a pointer. The list
 * beside the map has the same links for the keyboard and screen readers, so that the map costs them one stop instead of
 * a hundred.
 */
export function FranceMap({ map, counts, points, hrefOf, titleOf, t }: FranceMapProps) {
  const many = manyThreshold([...counts.values()])
  const countOf = (code: string) => counts.get(code) ?? 0
  const Shape = ({ code, name, children }: { code: string; name: string; children?: Child }) => (
    <Link href={hrefOf(code)} tabindex={-1}>
      <title>{(titleOf ?? t.map.departement)(name, code, countOf(code))}</title>
      {children}
    </Link>
  )
  return (
    <svg class="france" viewBox={`0 0 ${map.width} ${map.height}`} aria-hidden="true">
      {map.frames.map((frame) => (
        <Frame {...frame} />
      ))}
      {map.outlines.map(({ code, name, d }) => (
        <Shape code={code} name={name}>
          <path class={mapStep(countOf(code), many)} d={d} />
        </Shape>
      ))}
      {points.map(({ x, y, href, title, count }) => (
        <Link href={href} tabindex={-1}>
          <title>{title}</title>
          <circle cx={x} cy={y} r={count > 1 ? 7 : 5} />
        </Link>
      ))}
    </svg>
  )
}

/** The margin around what is drawn, in units of the map. */
export const FRAME_MARGIN = 7

/** Returns the attributes of the rounded rectangle around a part of the map that has a scale of its own. */
export const edgesOf = ([left, top, right, bottom]: Extent) => ({
  ...{ x: left - FRAME_MARGIN, y: top - FRAME_MARGIN, rx: 8 },
  ...{ width: right - left + 2 * FRAME_MARGIN, height: bottom - top + 2 * FRAME_MARGIN },
})

type FrameProps = { extent: Extent; label: readonly string[] }

/** The rectangle and the name below it. */
const Frame = ({ extent, label }: FrameProps) => (
  <>
    <rect class="frame" {...edgesOf(extent)} />
    <Label extent={extent} label={label} />
  </>
)

const Label = ({ extent: [left, , right, bottom], label }: FrameProps) => (
  <text y={bottom + FRAME_MARGIN} text-anchor="middle">
    {label.map((line) => (
      <tspan x={(left + right) / 2} dy="1.05em">
        {line}
      </tspan>
    ))}
  </text>
)

/** A shade of the legend, and its meaning. */
export const Swatch = ({ step, text }: { step: MapStep; text: string }) => (
  <span>
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <rect class={step} x="1" y="1" width="14" height="14" rx="3" />
    </svg>
    {text}
  </span>
)

/** Says what the shades mean. */
export function MapLegend({
  counts,
  hasPoints,
  t,
  title = t.map.legend,
}: MapCounts & { hasPoints: boolean; t: Messages; title?: string | undefined }) {
  const many = manyThreshold([...counts.values()])
  const steps: { step: MapStep; text: string }[] = [
    { step: 'none', text: t.map.none },
    { step: 'few', text: t.map.few(many && many - 1) },
    ...(many ? [{ step: 'many' as const, text: t.map.many(many) }] : []),
  ]
  return (
    <p class="legend">
      <strong>{title}</strong>
      {steps.map((shown) => (
        <Swatch {...shown} />
      ))}
      {hasPoints && (
        <span>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="8" cy="8" r="5" />
          </svg>
          {t.map.points}
        </span>
      )}
    </p>
  )
}

const PICTURE_COLOURS = {
  light: {
    none: '#ffffff',
    few: '#4a8f82',
    many: '#053b33',
    gap: '#fbf7f0',
    edge: '#8a7f70',
    ink: '#211d18',
    point: '#e0a12a',
  },
  dark: {
    none: '#201c17',
    few: '#3c7a6e',
    many: '#c9f2e9',
    gap: '#16130f',
    edge: '#8d8272',
    ink: '#f3ece1',
    point: '#f3b63f',
  },
}

/** The same map as a picture, for pages where the whole map is one link and for the frame on other sites. */
export function MapPicture({
  map,
  counts,
  points,
  scheme,
  title,
}: MapCounts & {
  map: MapOfFrance
  points: readonly Pick<MapPoint, 'x' | 'y' | 'count'>[]
  scheme: 'light' | 'dark'
  title: string
}) {
  const many = manyThreshold([...counts.values()])
  const colours = PICTURE_COLOURS[scheme]
  const look = (code: string) => {
    const step = mapStep(counts.get(code) ?? 0, many)
    return { fill: colours[step], stroke: step === 'none' ? colours.edge : colours.gap }
  }
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${map.width} ${map.height}`}
      stroke-width="0.8"
      stroke-linejoin="round"
    >
      <title>{title}</title>
      {map.frames.map(({ extent, label }) => (
        <>
          <rect {...edgesOf(extent)} fill="none" stroke={colours.edge} />
          <g font-family="sans-serif" font-size="17" stroke="none" fill={colours.ink}>
            <Label extent={extent} label={label} />
          </g>
        </>
      ))}
      {map.outlines.map(({ code, d }) => (
        <path d={d} {...look(code)} />
      ))}
      {points.map(({ x, y, count }) => (
        <circle
          cx={x}
          cy={y}
          r={count > 1 ? 11 : 9}
          fill={colours.point}
          stroke={colours.ink}
          stroke-width="1.2"
        />
      ))}
    </svg>
  )
}
