import type { Kind } from '../../node/domain/values/structure-kinds.ts'
import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { toPrintedName } from '../locales/typography.ts'
import { paths } from '../paths.ts'

/** A structure as lists show it. */
export type StructureCard = {
  id: string
  name: string
  kind: Kind | undefined
  commune: string | undefined
  departement: string | undefined
  toCome: number
  held: number
}

type Props = {
  structures: StructureCard[]
  level: 2 | 3
  /** Whether items have the numbers of the map beside them. */
  isNumbered?: boolean | undefined
  t: Messages
}

export function StructureCards({ structures, level, isNumbered, t }: Props) {
  const Heading = `h${level}` as 'h2'
  return (
    <ul class={isNumbered ? 'structures are-numbered' : 'structures'}>
      {structures.map((structure, at) => (
        <li id={isNumbered ? `structure-${at + 1}` : undefined}>
          {isNumbered && (
            <span class="number" aria-hidden="true">
              {at + 1}
            </span>
          )}
          <Heading>
            <Link href={paths.structure(structure.id)}>{toPrintedName(structure.name)}</Link>
          </Heading>
          <p class="fine">
            {[kindText(structure.kind, t), townOf(structure)].filter(Boolean).join(', ')}
          </p>
          <p class="fine">{t.structure.counts(structure.toCome, structure.held)}</p>
        </li>
      ))}
    </ul>
  )
}

/** Returns the label of a structure's kind; undefined for « Autre », which says nothing. */
export const kindText = (kind: Kind | undefined, t: Messages): string | undefined =>
  kind === undefined || kind === 'Autre' ? undefined : t.place.kinds[kind]

const townOf = ({ commune, departement }: StructureCard): string | undefined =>
  commune && departement ? `${commune} (${departement})` : commune
