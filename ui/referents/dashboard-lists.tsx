import { Link } from '../components/link.tsx'
import { paths } from '../paths.ts'
import { CafeName, whenAndWhere } from './dashboard-acts.tsx'
import type { Shown } from './dashboard-props.ts'

/** Lists the cafés that the directory announces here, each with a link to the pages that change it. */
export function Announced({ announced, t }: Shown) {
  const texts = t.referentDashboard
  if (announced.length === 0) return null
  return (
    <>
      <h2>{texts.announced}</h2>
      <p>{texts.announcedLead}</p>
      <ul class="plain acts">
        {announced.map((cafe) => (
          <li>
            <Link href={paths.editCafe(cafe.id)}>
              <CafeName cafe={cafe} t={t} />
            </Link>
            <br />
            <small>{whenAndWhere(cafe, t)}</small>
            <p class="buttons">
              <Link class="button quiet small" href={paths.editCafe(cafe.id)}>
                {texts.edit}
                <span class="unseen">{`\u00a0: ${cafe.title}`}</span>
              </Link>
              <Link class="button quiet small" href={paths.cafeStatus(cafe.id)}>
                {t.cafeStatus.change.open}
                <span class="unseen">{`\u00a0: ${cafe.title}`}</span>
              </Link>
              <Link class="button quiet small" href={paths.cafe(cafe.id)}>
                {texts.seePage}
                <span class="unseen">{`\u00a0: ${cafe.title}`}</span>
              </Link>
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Lists the cafés that people suggested here, each with the page where it is published or refused. */
export function Suggested({ suggested, t }: Shown) {
  const texts = t.referentDashboard
  if (suggested.length === 0) return null
  return (
    <>
      <h3>{texts.suggested}</h3>
      <p>{texts.suggestedLead}</p>
      <ul class="plain acts">
        {suggested.map((cafe) => (
          <li>
            <CafeName cafe={cafe} t={t} />
            <br />
            <small>{whenAndWhere(cafe, t)}</small>
            <p class="buttons">
              <Link class="button small" href={paths.editCafe(cafe.id)}>
                {texts.examine}
                <span class="unseen">{`\u00a0: ${cafe.title}`}</span>
              </Link>
            </p>
          </li>
        ))}
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
