import { raw } from 'hono/html'
import { useContext } from 'hono/jsx'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Drawing } from '../drawings/drawing.ts'
import { ChosenLanguage } from './link.tsx'

type Written = HtmlEscapedString | Promise<HtmlEscapedString>

const cached = new WeakMap<object, Map<string, HtmlEscapedString>>()

/**
 * A part of a page that is the same on many, written once for each object that it is made of.
 *
 * @param of - What the part is made of. It lives on from page to page, and the part goes with it.
 * @param name - Tells the part from others of the same object, together with whatever else it depends on: few values.
 *   The chosen language, which links carry on, need not be named.
 */
export function writeOnce(of: object, name: string, write: () => Written): HtmlEscapedString {
  const key = `${useContext(ChosenLanguage) ?? ''} ${name}`
  const parts = cached.get(of) ?? new Map<string, HtmlEscapedString>()
  cached.set(of, parts)
  const part = parts.get(key) ?? raw(String(write()))
  parts.set(key, part)
  return part
}

/** A drawing that is the same on every page. */
export function drawOnce(draw: () => Written): () => HtmlEscapedString {
  let drawn: HtmlEscapedString | undefined
  return () => {
    drawn ??= raw(String(draw()))
    return drawn
  }
}

type DrawnProps = {
  drawing: Drawing
  /** Said to who does not see it; a drawing without it is an ornament. */
  alt?: string
}

/** A drawing that fills its frame: what is outside of it is cut. */
export const Drawn = ({ drawing, alt }: DrawnProps) =>
  writeOnce(drawing, alt ?? '', () => write(drawing, alt))

const write = ({ width, height, shapes }: Drawing, alt: string | undefined) => (
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
