/** A curve over a scale; hidden from screen readers, since the table beside it has the same numbers. */
export type CurveProps = {
  /** From the oldest to the newest, each at the same distance; a curve is broken where nothing is known. */
  values: readonly (number | undefined)[]
  /** The largest value of the scale, and how its lines are named. */
  top: number
  label: (value: number) => string
  /** The texts under both ends. */
  ends: readonly [string, string]
  /** A line with a name of its own, above which something is wrong. */
  limit?: { value: number; label: string } | undefined
}

const WIDTH = 460
const HEIGHT = 170
const LEFT = 52
const TOP = 14
const BASE = 145

const round = (value: number): number => Math.round(value * 10) / 10

/** Draws a curve over a scale of three lines. */
export function Curve({ values, top, label, ends, limit }: CurveProps) {
  const yOf = (value: number) => round(BASE - ((BASE - TOP) * Math.min(value, top)) / top)
  const step = (WIDTH - LEFT) / Math.max(1, values.length - 1)
  const xOf = (index: number) => round(LEFT + step * index)
  return (
    <svg class="plot small" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {[0, top / 2, top].map((value) => (
        <>
          <line x1={LEFT} x2={WIDTH} y1={yOf(value)} y2={yOf(value)} />
          <text x={LEFT - 6} y={yOf(value) + 4} text-anchor="end">
            {label(value)}
          </text>
        </>
      ))}
      {piecesOf(values).map(({ from, points }) => {
        const line = points.map((value, index) => `${xOf(from + index)} ${yOf(value)}`).join('L')
        const last = xOf(from + points.length - 1)
        return points.length > 1 ? (
          <>
            <path class="under" d={`M${xOf(from)} ${BASE}L${line}L${last} ${BASE}Z`} />
            <path class="curve" d={`M${line}`} />
          </>
        ) : (
          <circle class="many" cx={last} cy={yOf(points[0] ?? 0)} r="3" />
        )
      })}
      {limit && (
        <>
          <line class="limit" x1={LEFT} x2={WIDTH} y1={yOf(limit.value)} y2={yOf(limit.value)} />
          <text class="limit" x={LEFT + 4} y={yOf(limit.value) + 14}>
            {limit.label}
          </text>
        </>
      )}
      <text x={LEFT} y={HEIGHT - 6}>
        {ends[0]}
      </text>
      <text x={WIDTH} y={HEIGHT - 6} text-anchor="end">
        {ends[1]}
      </text>
    </svg>
  )
}

/** Returns the parts of a curve of which each value is known, with the index of their first. */
function piecesOf(values: CurveProps['values']): { from: number; points: number[] }[] {
  const pieces: { from: number; points: number[] }[] = []
  let isOpen = false
  for (const [index, value] of values.entries()) {
    if (value === undefined) {
      isOpen = false
      continue
    }
    if (isOpen) pieces.at(-1)?.points.push(value)
    else pieces.push({ from: index, points: [value] })
    isOpen = true
  }
  return pieces
}

const COLUMNS = 10
const CELL = 46
const SIDE = 38

type Night = { title: string; state: 'made' | 'not-copied' | 'missing' | 'unknown' }

/** Draws a square for each night, in rows of ten, the oldest first. */
export function Nights({ nights, ends }: { nights: readonly Night[]; ends: CurveProps['ends'] }) {
  const rows = Math.ceil(nights.length / COLUMNS)
  const bottom = rows * CELL + 26
  return (
    <svg class="plot small" viewBox={`0 0 ${WIDTH} ${bottom}`} aria-hidden="true">
      {nights.map(({ title, state }, index) => {
        const x = (index % COLUMNS) * CELL + 4
        const y = Math.floor(index / COLUMNS) * CELL + 4
        const isWrong = state === 'missing' || state === 'not-copied'
        return (
          <g class={`night ${state}`}>
            <title>{title}</title>
            <rect x={x} y={y} width={SIDE} height={SIDE} rx="8" />
            {isWrong && <path d={`M${x + 13} ${y + 13}l12 12M${x + 25} ${y + 13}l-12 12`} />}
          </g>
        )
      })}
      <text x="4" y={bottom - 6}>
        {ends[0]}
      </text>
      <text x={WIDTH - 4} y={bottom - 6} text-anchor="end">
        {ends[1]}
      </text>
    </svg>
  )
}
