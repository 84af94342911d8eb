import { raw } from 'hono/html'
import { useContext } from 'hono/jsx'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Drawing } from '../drawings/drawing.ts'
import { ChosenLanguage } from './link.tsx'

type Written = HtmlEscapedString | Promise<HtmlEscapedString>

const cached = new WeakMap<object, Map<string, HtmlEscapedString>>()

/**
 * Renders a part that is the same on many pages once for each object that it depends on, and caches it.
 *
 * @param of - The object that the part depends on; the cached part is released with it.
 * @param name - Distinguishes the parts of one object; it includes everything else that the part depends on, which must
 * have few values. The chosen language, which links carry on, need not be named.
 */
export function writeOnce(of: object, name: string, write: () => Written): HtmlEscapedString {
  const key = `${useContext(ChosenLanguage) ?? ''} ${name}`
  const parts = cached.get(of) ?? new Map<string, HtmlEscapedString>()
  cached.set(of, parts)
  const part = parts.get(key) ?? raw(String(write()))
  parts.set(key, part)
  return part
}

/** Returns a function that renders a drawing once, and the same text afterwards. */
export function drawOnce(draw: () => Written): () => HtmlEscapedString {
  let drawn: HtmlEscapedString | undefined
  return () => {
    drawn ??= raw(String(draw()))
    return drawn
  }
}

type DrawnProps = {
  drawing: Drawing
  /** The text for people who do not see the drawing; without it, the drawing is decorative. */
  alt?: string
}

/** A drawing that fills its frame; what lies outside is cut off. */
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
    {/* Drawings are constants of the program, and therefore safe as raw HTML. */}
    {raw(shapes)}
  </svg>
)
