import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { type DrawnMap, MapDrawing } from './drawn-map.tsx'

/** A territory overseas at a scale of its own, or two that are neighbours. */
export type OverseasMap = {
  territories: readonly { code: string; name: string }[]
  map: DrawnMap
  /** How many cafés take place there, or were found there; undefined on a map of something else. */
  count?: number | undefined
}

const WIDTH = 120

type Props = {
  maps: readonly OverseasMap[]
  /** Where a territory leads, and whether it is in the colour that the legend explains. */
  linkOf?: (code: string) => { href: string; isMarked?: boolean }
  t: Messages
}

const toPage = (code: string): { href: string; isMarked?: boolean } => ({
  href: paths.territory(code),
})

/** The territories overseas beside the mainland. */
export const Overseas = ({ maps, linkOf = toPage, t }: Props) =>
  maps.length === 0 ? null : (
    <ul class="overseas">
      {maps.map(({ territories, map, count }) => (
        <li>
          <MapDrawing
            map={map}
            width={WIDTH}
            class={territories.some(({ code }) => linkOf(code).isMarked) ? 'is-marked' : undefined}
            t={t}
          />
          {territories.map(({ code, name }, at) => (
            <>
              {at > 0 && ', '}
              <Link href={linkOf(code).href}>{name}</Link>
            </>
          ))}
          {count !== undefined && <span class={count > 0 ? 'count' : 'none'}>{count}</span>}
        </li>
      ))}
    </ul>
  )
