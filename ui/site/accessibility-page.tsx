import {
  accessibilityOn,
  isAuditExpired,
  type LegalNotice,
} from '../../node/domain/structures/legal-notice.ts'
import { isEmail } from '../../node/domain/values/contact.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { typedLang } from '../components/user-text.tsx'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { LegalFrame, type LegalPageProps, Mail } from './legal-pages.tsx'

/** The statement that the law wants, in the order and the words that the State prescribes (arrêté of 20 September 2019). */
export function AccessibilityPage(props: LegalPageProps & { today: Temporal.PlainDate }) {
  const { site, profile, legal, signedIn, today } = props
  const t = stringsFor(site.lang)
  const words = t.legal.accessibility
  const name = legal.legalName ?? profile.name
  const isAudited = legal.auditedOn !== undefined && !isAuditExpired(legal.auditedOn, today)
  return (
    <LegalFrame
      site={site}
      title={words.title}
      path={paths.accessibility}
      signedIn={signedIn}
      isLaw
    >
      <p>{words.commitment(name)}</p>
      <Strategy legal={legal} t={t} />
      <p>{words.applies(site.origin)}</p>
      <h2>{words.state}</h2>
      <p>
        {words.stateText({ origin: site.origin, state: accessibilityOn(legal, today), isAudited })}
      </p>
      <h3>{words.results}</h3>
      <Results legal={legal} today={today} t={t} />
      <h2>{words.gaps}</h2>
      <h3>{words.nonConformities}</h3>
      <Gaps legal={legal} t={t} />
      <h3>{words.burden}</h3>
      <p>{words.none}</p>
      <h3>{words.exempt}</h3>
      <p>{words.exemptText}</p>
      <h2>{words.established}</h2>
      <p>
        {legal.declaredOn
          ? words.establishedOn(plainDate(legal.declaredOn, t.lang))
          : words.notEstablished}
      </p>
      <h3>{words.technologies}</h3>
      <p>{words.technologiesText}</p>
      <h3>{words.environment}</h3>
      <p>{words.environmentText}</p>
      <h3>{words.tools}</h3>
      <p>{words.toolsText}</p>
      <h3>{words.pages}</h3>
      <p>{words.pagesText}</p>
      <h2 id="contact">{words.feedback}</h2>
      <p>{words.feedbackText(site.origin)}</p>
      <p>
        <FeedbackLink legal={legal} t={t} />
      </p>
      <h2>{words.remedy}</h2>
      <p>{words.remedyText}</p>
      <p>{words.remedyWays}</p>
      <ul>
        <li>
          <a href="https://formulaire.defenseurdesdroits.fr/">{words.defenderForm}</a>
        </li>
        <li>
          <a href="https://www.defenseurdesdroits.fr/saisir/delegues">{words.defenderDelegate}</a>
        </li>
        <li>{words.defenderPost}</li>
      </ul>
    </LegalFrame>
  )
}

type PartProps = { legal: LegalNotice; t: Strings }

/** What the law of 2005 (art. 47) wants linked to; said plainly when there is none. */
function Strategy({ legal: { accessibilityPlan, accessibilityActions }, t }: PartProps) {
  const words = t.legal.accessibility
  const links = [
    { href: accessibilityPlan, label: words.plan },
    { href: accessibilityActions, label: words.actions },
  ].filter(({ href }) => href !== undefined)
  return (
    <>
      {links.length > 0 && (
        <>
          <p>{words.strategy}</p>
          <ul>
            {links.map(({ href, label }) => (
              <li>
                <a href={href}>{label}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      {accessibilityPlan === undefined && <p>{words.noPlan}</p>}
    </>
  )
}

function Results({ legal, today, t }: PartProps & { today: Temporal.PlainDate }) {
  const words = t.legal.accessibility
  if (!legal.auditedOn) return <p>{words.noAudit}</p>
  return (
    <p>
      {words.audit(plainDate(legal.auditedOn, t.lang), legal.auditedBy)}{' '}
      {legal.auditRate !== undefined && words.rate(legal.auditRate)}{' '}
      {isAuditExpired(legal.auditedOn, today) && words.expired}
    </p>
  )
}

function Gaps({ legal, t }: PartProps) {
  const words = t.legal.accessibility
  const gaps = (legal.accessibilityGaps ?? '').split('\n').flatMap((line) => line.trim() || [])
  if (gaps.length > 0)
    return (
      <ul>
        {gaps.map((gap) => (
          <li lang={typedLang({}, t)}>{gap}</li>
        ))}
      </ul>
    )
  if (!legal.auditedOn) return <p>{words.gapsUnknown}</p>
  return <p>{legal.accessibility === 'full' ? words.gapsNone : words.gapsUnlisted}</p>
}

function FeedbackLink({ legal: { accessibilityContact }, t }: PartProps) {
  const words = t.legal.accessibility
  if (accessibilityContact && isEmail(accessibilityContact))
    return (
      <>
        {words.writeTo} <Mail email={accessibilityContact} />.
      </>
    )
  return <a href={accessibilityContact ?? paths.contact}>{words.contactPage}.</a>
}
