import type { Lang } from '../../node/domain/values/lang.ts'
import { numberText } from '../../node/domain/values/number-text.ts'

export type StackedBar = {
  /** The text under the bar, which is shown where there is room. */
  label: string
  /** The tooltip of the bar. */
  title: string
  parts: { value: number; shade: 'many' | 'few' }[]
}

const WIDTH = 640
const HEIGHT = 220
const LEFT = 36
const BOTTOM = 24
/**
 * The width of a month's name; on a phone, the letters are larger in proportion to the drawing, which is half as wide.
 */
const LABEL_WIDTH = 33
const LABEL_WIDTH_PHONE = 62

/**
 * Draws bars of two shades over a scale. It is hidden from screen readers, since the table beside it has the same
 * numbers.
 */
export function StackedBars({ bars, lang = 'fr' }: { bars: readonly StackedBar[]; lang?: Lang }) {
  const totals = bars.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0))
  const top = niceTop(Math.max(1, ...totals))
  const yOf = (value: number) => round((HEIGHT - BOTTOM - 8) * (1 - value / top) + 8)
  const slot = (WIDTH - LEFT) / Math.max(bars.length, 6)
  const every = Math.ceil(LABEL_WIDTH / slot)
  const everyOnPhone = every * Math.ceil(LABEL_WIDTH_PHONE / (slot * every))
  return (
    <svg class="plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {[0, top / 2, top].map((value) => (
        <>
          <line x1={LEFT} x2={WIDTH} y1={yOf(value)} y2={yOf(value)} />
          <text x={LEFT - 6} y={yOf(value) + 4} text-anchor="end">
            {numberText(value, lang, 1)}
          </text>
        </>
      ))}
      {bars.map(({ label, title, parts }, index) => {
        const x = round(LEFT + slot * index + slot * 0.15)
        let below = 0
        return (
          <g>
            <title>{title}</title>
            {parts.map(({ value, shade }) => {
              const y = yOf(below + value)
              const height = round(yOf(below) - y)
              below += value
              return (
                height > 0 && (
                  <rect class={shade} x={x} y={y} width={round(slot * 0.7)} height={height} />
                )
              )
            })}
            {index % every === 0 && (
              <text
                class={index % everyOnPhone === 0 ? undefined : 'wide'}
                x={round(x + slot * 0.35)}
                y={HEIGHT - 6}
                text-anchor="middle"
              >
                {label}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}

/** Draws a bar beside a number in a table, in proportion to the largest number. */
export const Bar = ({ parts, of }: { parts: StackedBar['parts']; of: number }) => {
  let before = 0
  return (
    <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      {parts.map(({ value, shade }) => {
        const x = round((before / Math.max(of, 1)) * 100)
        const width = round((value / Math.max(of, 1)) * 100)
        before += value
        return width > 0 && <rect class={shade} x={x} y="0" width={width} height="10" />
      })}
    </svg>
  )
}

const round = (value: number): number => Math.round(value * 10) / 10

/** Returns the least 2, 4 or 10 times a power of ten that is at least the value, so that its half is whole too. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return [2, 4, 10].map((step) => step * power).find((top) => top >= value) ?? value
}
