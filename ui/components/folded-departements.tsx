import { territoryText } from '../locales/french-articles.ts'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { Link } from './link.tsx'

type Props = {
  /** `says`: what the map says of it, where its being there is not all. */
  departements: readonly { code: string; name: string; says?: string }[]
  t: Messages
}

/** What a map says of them, as a list of links that is there when it is asked for. */
export const FoldedDepartements = ({ departements, t }: Props) =>
  departements.length === 0 ? null : (
    <details>
      <summary>{t.map.folded(departements.length)}</summary>
      <ul>
        {departements.map(({ code, name, says }) => (
          <li>
            <Link href={paths.territory(code)}>
              {territoryText(name)} ({code})
            </Link>
            {says && `${t.map.colon}${says}`}
          </li>
        ))}
      </ul>
    </details>
  )
