import type { Child } from 'hono/jsx'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { CafeName, whenAndWhere } from './dashboard-acts.tsx'
import type { Shown } from './dashboard-props.ts'

/** Lists the cafés that the directory announces here, each with a link to the pages that change it. */
export const Announced = ({ announced, t }: Shown) => (
  <CafesToWorkOn
    cafes={announced}
    heading={<h2>{t.referentDashboard.announced}</h2>}
    lead={t.referentDashboard.announcedLead}
    actionsOf={({ id }) => [
      [paths.editCafe(id), t.referentDashboard.edit],
      [paths.cafeStatus(id), t.cafeStatus.change.open],
      [paths.cafe(id), t.referentDashboard.seePage],
    ]}
    nameLeads
    t={t}
  />
)

/** Lists the cafés that people suggested here, each with the page where it is published or refused. */
export const Suggested = ({ suggested, t }: Shown) => (
  <CafesToWorkOn
    cafes={suggested}
    heading={<h3>{t.referentDashboard.suggested}</h3>}
    lead={t.referentDashboard.suggestedLead}
    actionsOf={({ id }) => [[paths.editCafe(id), t.referentDashboard.examine]]}
    t={t}
  />
)

type CafesToWorkOnProps = {
  cafes: Cafe[]
  heading: Child
  lead: string
  /** The pages on which something is done to a café, and their names; a single one has a full button. */
  actionsOf: (cafe: Cafe) => [href: string, label: string][]
  /** Whether the café's name leads to the first of them. */
  nameLeads?: boolean
  t: Messages
}

function CafesToWorkOn({ cafes, heading, lead, actionsOf, nameLeads, t }: CafesToWorkOnProps) {
  if (cafes.length === 0) return null
  return (
    <>
      {heading}
      <p>{lead}</p>
      <ul class="plain acts">
        {cafes.map((cafe) => {
          const actions = actionsOf(cafe)
          const name = <CafeName cafe={cafe} t={t} />
          return (
            <li>
              {nameLeads ? <Link href={actions[0]?.[0] ?? ''}>{name}</Link> : name}
              <br />
              <small>{whenAndWhere(cafe, t)}</small>
              <p class="buttons">
                {actions.map(([href, label]) => (
                  <Link
                    class={actions.length > 1 ? 'button quiet small' : 'button small'}
                    href={href}
                  >
                    {label}
                    <span class="unseen">{`\u00a0: ${cafe.title}`}</span>
                  </Link>
                ))}
              </p>
            </li>
          )
        })}
      </ul>
    </>
  )
}

export function UnreachableSites({ silent, t }: Shown) {
  const texts = t.referentDashboard
  if (silent.length === 0) return null
  return (
    <>
      <h3>{texts.silent}</h3>
      <p>{texts.silentLead}</p>
      <ul>
        {silent.map(({ name, origin }) => (
          <li>
            <Link href={`${origin}/`}>{name}</Link>
          </li>
        ))}
      </ul>
    </>
  )
}

export function RequestList({ requests, t }: Shown) {
  const texts = t.referentDashboard
  return (
    <>
      <p>{texts.requests(requests.total)}</p>
      {requests.communes.length > 0 && (
        <ul>
          {requests.communes.map(({ label, total }) => (
            <li>{texts.requestsAt(label, total)}</li>
          ))}
        </ul>
      )}
    </>
  )
}

export function Structures({ structures, structureTotal, t }: Shown) {
  const texts = t.referentDashboard
  return (
    <>
      <h2>{texts.structures}</h2>
      {structures.length === 0 && <p>{texts.noStructure}</p>}
      <ul>
        {structures.map(({ name, href, toCome, held }) => (
          <li>
            <Link href={href}>{texts.structure(name, toCome, held)}</Link>
          </li>
        ))}
      </ul>
      {structureTotal > structures.length && (
        <p>{texts.more(structureTotal - structures.length)}</p>
      )}
    </>
  )
}
