import { Link } from '../components/link.tsx'
import { paths } from '../paths.ts'
import { Act, Folded, whenAndWhere } from './dashboard-acts.tsx'
import type { Shown } from './dashboard-props.ts'

/** Lists what was told of cafés lately, each with what may be hidden of it, or shown again. */
export function TerritoryReports({ reported, session, wrong, t }: Shown) {
  const texts = t.referentDashboard
  if (reported.length === 0) return null
  return (
    <>
      <h2 id="bilans">{texts.reports.title}</h2>
      <p>{texts.reports.lead}</p>
      <ul class="plain acts">
        {reported.map(({ cafe, participants, parts }) => (
          <li>
            <Link href={`${paths.cafe(cafe.id)}#bilan`}>{cafe.title}</Link>
            <br />
            <small>
              {whenAndWhere(cafe, t)}
              {participants !== undefined && `, ${t.report.people(participants)}`}
            </small>
            {(['cacher', 'montrer'] as const).map((decision) => {
              const action = paths.territoryAct(
                session.territory.code,
                `bilans/${cafe.id}/${decision}`,
              )
              const offered = parts.filter(
                ({ hiddenReason }) => (hiddenReason === undefined) === (decision === 'cacher'),
              )
              const label = texts.reports[decision]
              return (
                offered.length > 0 && (
                  <Folded isFolded={wrong?.form !== action} label={label} about={cafe.title}>
                    <Act
                      {...{ action, csrf: session.csrf, about: cafe.title, wrong, t }}
                      label={label}
                    >
                      <fieldset>
                        <legend>{texts.reports.what}</legend>
                        {offered.map(({ address, text }) => (
                          <label class="choice">
                            <input type="checkbox" name="part" value={address} />{' '}
                            {text ?? texts.reports.whole}
                          </label>
                        ))}
                      </fieldset>
                    </Act>
                  </Folded>
                )
              )
            })}
          </li>
        ))}
      </ul>
    </>
  )
}
