import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { type DrawnMap, MapDrawing } from './drawn-map.tsx'

/** A territory overseas at a scale of its own, or two that are neighbours. */
export type OverseasMap = {
  territories: readonly { code: string; name: string }[]
  map: DrawnMap
  /** How many cafés take place there; undefined on a map of something else. */
  count?: number | undefined
}

const WIDTH = 120

type Props = {
  maps: readonly OverseasMap[]
  /** Whether a territory is in the colour that the legend explains. */
  isMarked?: (code: string) => boolean
  t: Messages
}

/** The territories overseas beside the mainland; each links to its page. */
export const Overseas = ({ maps, isMarked = () => false, t }: Props) =>
  maps.length === 0 ? null : (
    <ul class="overseas">
      {maps.map(({ territories, map, count }) => (
        <li>
          <MapDrawing
            map={map}
            width={WIDTH}
            class={territories.some(({ code }) => isMarked(code)) ? 'is-marked' : undefined}
            t={t}
          />
          {territories.map(({ code, name }, at) => (
            <>
              {at > 0 && ', '}
              <Link href={paths.territory(code)}>{name}</Link>
            </>
          ))}
          {count !== undefined && (
            <span class={count > 0 ? 'count' : 'none'}>{count > 0 ? count : t.map.soon}</span>
          )}
        </li>
      ))}
    </ul>
  )
