import {
  accessibilityOn,
  isAuditExpired,
  type LegalNotice,
} from '../../node/domain/structures/legal-notice.ts'
import { isEmail } from '../../node/domain/values/contact.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { Link } from '../components/link.tsx'
import { userTextLang } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { LegalFrame, type LegalPageProps, Mail } from './legal-pages.tsx'

/**
 * The accessibility statement that the law requires, in the order and the words that the State prescribes (arrêté of 20
 * September 2019).
 */
export function AccessibilityPage(props: LegalPageProps & { today: Temporal.PlainDate }) {
  const { site, profile, legal, signedIn, today } = props
  const t = messagesFor(site.lang)
  const texts = t.legal.accessibility
  const name = legal.legalName ?? profile.name
  const isAudited = legal.auditedOn !== undefined && !isAuditExpired(legal.auditedOn, today)
  return (
    <LegalFrame
      site={site}
      title={texts.title}
      path={paths.accessibility}
      signedIn={signedIn}
      isLaw
    >
      <p>{texts.commitment(name)}</p>
      <Strategy legal={legal} t={t} />
      <p>{texts.applies(site.origin)}</p>
      <h2>{texts.state}</h2>
      <p>{texts.stateText({ name: site.name, state: accessibilityOn(legal, today), isAudited })}</p>
      <h3>{texts.results}</h3>
      <Results legal={legal} today={today} t={t} />
      <h2>{texts.gaps}</h2>
      <h3>{texts.nonConformities}</h3>
      <Gaps legal={legal} t={t} />
      <h3>{texts.burden}</h3>
      <p>{texts.none}</p>
      <h3>{texts.exempt}</h3>
      <p>{texts.exemptText}</p>
      <h2>{texts.established}</h2>
      <p>
        {legal.declaredOn
          ? texts.establishedOn(plainDate(legal.declaredOn, t.lang))
          : texts.notEstablished}
      </p>
      <h3>{texts.technologies}</h3>
      <p>{texts.technologiesText}</p>
      <h3>{texts.environment}</h3>
      <p>{texts.environmentText}</p>
      <h3>{texts.tools}</h3>
      <p>{texts.toolsText}</p>
      <h3>{texts.pages}</h3>
      <p>{texts.pagesText}</p>
      <h2 id="contact">{texts.feedback}</h2>
      <p>{texts.feedbackText(site.name)}</p>
      <p>
        <FeedbackLink legal={legal} t={t} />
      </p>
      <h2>{texts.remedy}</h2>
      <p>{texts.remedyText}</p>
      <p>{texts.remedyWays}</p>
      <ul>
        <li>
          <Link href="https://formulaire.defenseurdesdroits.fr/">{texts.defenderForm}</Link>
        </li>
        <li>
          <Link href="https://www.defenseurdesdroits.fr/saisir/delegues">
            {texts.defenderDelegate}
          </Link>
        </li>
        <li>{texts.defenderPost}</li>
      </ul>
    </LegalFrame>
  )
}

type PartProps = { legal: LegalNotice; t: Messages }

/** The documents that the law of 2005 (art. 47) requires links to; the page says so when there are none. */
function Strategy({ legal: { accessibilityPlan, accessibilityActions }, t }: PartProps) {
  const texts = t.legal.accessibility
  const links = [
    { href: accessibilityPlan, label: texts.plan },
    { href: accessibilityActions, label: texts.actions },
  ].filter(({ href }) => href !== undefined)
  return (
    <>
      {links.length > 0 && (
        <>
          <p>{texts.strategy}</p>
          <ul>
            {links.map(({ href, label }) => (
              <li>
                <Link href={href}>{label}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {accessibilityPlan === undefined && <p>{texts.noPlan}</p>}
    </>
  )
}

function Results({ legal, today, t }: PartProps & { today: Temporal.PlainDate }) {
  const texts = t.legal.accessibility
  if (!legal.auditedOn) return <p>{texts.noAudit}</p>
  return (
    <p>
      {texts.audit(plainDate(legal.auditedOn, t.lang), legal.auditedBy)}{' '}
      {legal.auditRate !== undefined && texts.rate(legal.auditRate)}{' '}
      {isAuditExpired(legal.auditedOn, today) && texts.expired}
    </p>
  )
}

function Gaps({ legal, t }: PartProps) {
  const texts = t.legal.accessibility
  const gaps = (legal.accessibilityGaps ?? '').split('\n').flatMap((line) => line.trim() || [])
  if (gaps.length > 0)
    return (
      <ul>
        {gaps.map((gap) => (
          <li lang={userTextLang({}, t)}>{gap}</li>
        ))}
      </ul>
    )
  if (!legal.auditedOn) return <p>{texts.gapsUnknown}</p>
  return <p>{legal.accessibility === 'full' ? texts.gapsNone : texts.gapsUnlisted}</p>
}

function FeedbackLink({ legal: { accessibilityContact }, t }: PartProps) {
  const texts = t.legal.accessibility
  if (accessibilityContact && isEmail(accessibilityContact))
    return (
      <>
        {texts.writeTo} <Mail email={accessibilityContact} />.
      </>
    )
  return <Link href={accessibilityContact ?? paths.contact}>{texts.contactPage}.</Link>
}
