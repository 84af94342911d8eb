import { FoldedDepartements } from '../components/folded-departements.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { NavLink, Site } from '../components/site.ts'
import { territoryText } from '../locales/french-articles.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { FranceMap, type WholeMap } from '../maps/france-map.tsx'
import { paths } from '../paths.ts'

type DepartementReferents = {
  code: string
  name: string
  /** The referents of the département, of its région or of a part of it, the widest territory first. */
  referents: { name: string; territory: NavLink }[]
  /** Whether the whole département has a referent. */
  isFilled: boolean
}

export type ReferentsPageProps = {
  site: Site
  map: WholeMap
  departements: DepartementReferents[]
  signedIn?: boolean | undefined
}

/** Shows the referents on a map and as a list, and the territories without one. */
export function ReferentsPage({ site, map, departements, signedIn }: ReferentsPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.referent.list
  const filled = departements.filter(({ isFilled }) => isFilled)
  const vacant = departements.filter(({ isFilled }) => !isFilled)
  const listed = departements.filter(({ referents }) => referents.length > 0)
  const known = new Map(departements.map((one) => [one.code, one]))
  return (
    <Layout
      title={texts.title}
      site={site}
      current={paths.referents}
      description={texts.lead}
      signedIn={signedIn}
    >
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <p>
        {texts.count(
          filled.map(({ code }) => code),
          vacant.length,
        )}
      </p>
      <div class="map-page">
        <div>
          <FranceMap
            map={map}
            linkOf={(code) => {
              const { name = '', isFilled = false } = known.get(code) ?? {}
              const title = texts.shape(name, code, isFilled)
              return { href: paths.territory(code), title, isMarked: isFilled }
            }}
            legend={[
              { kind: 'marked', text: texts.filled },
              { kind: 'plain', text: texts.vacant },
            ]}
            t={t}
          />
          <p class="hint">{t.map.credit}</p>
        </div>
        <section aria-labelledby="departements">
          <h2 id="departements" tabindex={-1}>
            {texts.byDepartement}
          </h2>
          {listed.length === 0 && <p>{texts.nobody}</p>}
          <ul class="counted">
            {listed.map((one) => (
              <Departement {...one} />
            ))}
          </ul>
        </section>
      </div>
      <Vacancies vacant={vacant} t={t} />
    </Layout>
  )
}

/** A département with its referents; the territory is named too, where it is not the département itself. */
const Departement = ({ code, name, referents }: DepartementReferents) => (
  <li>
    <Link href={paths.territory(code)}>
      {territoryText(name)} ({code})
    </Link>{' '}
    <small>
      {referents.map(({ name: who, territory }, at) => (
        <>
          {at > 0 && ', '}
          {who}
          {territory.href !== paths.territory(code) && (
            <>
              {' ('}
              <Link href={territory.href}>{territory.label}</Link>)
            </>
          )}
        </>
      ))}
    </small>
  </li>
)

const Vacancies = ({ vacant, t }: { vacant: DepartementReferents[]; t: Messages }) => {
  const texts = t.referent.list
  return (
    <section class="map-rest" aria-labelledby="a-pourvoir">
      <h2 id="a-pourvoir">{texts.vacancies}</h2>
      <p>{texts.vacanciesLead}</p>
      <p>
        {texts.willing} <Link href={paths.contact}>{texts.willingLink}</Link>.
      </p>
      <FoldedDepartements departements={vacant} t={t} />
    </section>
  )
}
