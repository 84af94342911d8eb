import type { Messages } from '../locales/messages.ts'
import { toPrintedName } from '../locales/typography.ts'
import { type DrawnMap, MapDrawing } from './drawn-map.tsx'
import type { Box } from './labels.ts'

const WIDTH = 480
const HEIGHT = 220

/** How high the map around a café is, as a part of its width. */
export const LOCAL_TALL = HEIGHT / WIDTH

const NAMES = { size: 15, letter: 7.6, most: 7, apart: 0 }

/** The scale with its figure, where no name is written. */
const SCALE: Box = { left: WIDTH - 70, right: WIDTH, top: HEIGHT - 36, bottom: HEIGHT }

/** The towns around a café, which is in the middle; what it shows is said in words too, since no list is beside it. */
export const LocalMap = ({ around, t }: { around: DrawnMap; t: Messages }) => {
  const scaleKm = Math.round(around.kmWide / 12)
  const scale = (scaleKm * WIDTH) / around.kmWide
  const names = around.towns.slice(0, NAMES.most).map(({ name }) => toPrintedName(name))
  return (
    <div class="drawn-map local-map" role="img" aria-label={t.cafe.localMap(names)}>
      <MapDrawing map={around} width={WIDTH} letters={[NAMES]} taken={[SCALE]} t={t}>
        <path class="scale" d={`M${WIDTH - 12 - scale} ${HEIGHT - 14}v5h${scale}v-5`} />
        <text x={WIDTH - 12 - scale / 2} y={HEIGHT - 18} text-anchor="middle">
          {`${scaleKm}\u00a0km`}
        </text>
      </MapDrawing>
    </div>
  )
}
