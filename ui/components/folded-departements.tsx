import { territoryText } from '../locales/french-articles.ts'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { Link } from './link.tsx'

type Props = {
  /** `says`: the text of the map about the département, where there is more to say than its name. */
  departements: readonly { code: string; name: string; detail?: string }[]
  t: Messages
}

/** A folded list of links to the départements that the map shows. */
export const FoldedDepartements = ({ departements, t }: Props) =>
  departements.length === 0 ? null : (
    <details>
      <summary>{t.map.folded(departements.map(({ code }) => code))}</summary>
      <ul>
        {departements.map(({ code, name, detail }) => (
          <li>
            <Link href={paths.territory(code)}>
              {territoryText(name)} ({code})
            </Link>
            {detail && `${t.map.colon}${detail}`}
          </li>
        ))}
      </ul>
    </details>
  )
