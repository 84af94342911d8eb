import { raw } from 'hono/html'
import type { Drawing } from '../drawings/drawing.ts'

type DrawnProps = {
  drawing: Drawing
  /** Said to who does not see it; a drawing without it is an ornament. */
  alt?: string
}

/** A drawing that fills its frame: what is outside of it is cut. */
export const Drawn = ({ drawing: { width, height, shapes }, alt }: DrawnProps) => (
  // biome-ignore lint/a11y/noSvgWithoutTitle: Either it has a label, or it is an ornament.
  <svg
    class="drawn"
    viewBox={`0 0 ${width} ${height}`}
    preserveAspectRatio="xMidYMid slice"
    {...(alt ? { role: 'img', 'aria-label': alt } : { 'aria-hidden': 'true' })}
  >
    {/* Drawings are constants of the program. */}
    {raw(shapes)}
  </svg>
)
