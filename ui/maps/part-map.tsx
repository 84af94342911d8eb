import type { Messages } from '../locales/messages.ts'
import { MapDrawing } from './drawn-map.tsx'
import type { ListMap } from './map-panel.tsx'

/** What a screen shows of the map: a larger one has more names, in letters that are smaller beside it. */
const LARGE = { width: 640, letters: [{ size: 15, letter: 7.8, most: 40, apart: 0 }] }
const SMALL = { width: 400, letters: [{ size: 15, letter: 7.8, most: 14, apart: 0 }] }

/** Draws a part of France large, with a point for each town; the list beside it says the same. */
export const PartMap = ({ map, t }: { map: ListMap; t: Messages }) => (
  <figure class="drawn-map part-map">
    <MapDrawing map={map} {...LARGE} dots={DOTS} class="is-large" t={t} />
    <MapDrawing map={map} {...SMALL} dots={DOTS} class="is-small" t={t} />
    {map.circle && <figcaption>{t.map.circle(map.circle.km, map.label ?? '')}</figcaption>}
  </figure>
)

/** How much larger its points are than on a map of the whole of France. */
const DOTS = 1.6
