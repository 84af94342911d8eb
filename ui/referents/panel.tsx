import type { ReferentTitle } from '../../node/domain/referents/referent.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { ContactForm } from '../components/contact-page.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** An active referent, as the public sees them. */
export type ShownReferent = {
  name: string
  word: ReferentTitle
  /** The name of the mandate's territory. */
  territory: string
  endsOn: Temporal.PlainDate
  /** The address of the attestation that the directory signed; undefined until it is signed. */
  attestationHref: string | undefined
  profileHref: string | undefined
}

export type Answering = {
  /** When the list is empty, the directory's team answers. */
  referents: readonly ShownReferent[]
  /** Whether they are referents of this very territory, not of a wider one. */
  isOwn: boolean
}

type PanelProps = {
  territory: { code: string; label: string }
  answering: Answering
  /** Whether this server sends mail. */
  mailWorks: boolean
  site: Site
  t: Messages
}

/** The panel of a territory's page with its referents and a form to write to them. */
export function ReferentPanel({ territory, answering, mailWorks, site, t }: PanelProps) {
  const texts = t.referent.panel
  const { referents, isOwn } = answering
  return (
    <section class="panel" aria-labelledby="referent">
      <h2 id="referent">{headingOf(referents, t)}</h2>
      {referents.length === 0 && <p>{texts.team(site.name)}</p>}
      {referents.length > 0 && !isOwn && <p>{texts.wider}</p>}
      {referents.map((referent) => (
        <Card referent={referent} t={t} />
      ))}
      <p>{texts.helps}</p>
      {mailWorks ? (
        <details>
          <summary>{writeWords(referents.length, t)}</summary>
          <ContactForm
            action={paths.writeToReferent(territory.code)}
            values={{}}
            messages={[]}
            t={t}
          />
        </details>
      ) : (
        <p>
          {texts.noMail} <Link href={paths.contact}>{texts.contact}</Link>.
        </p>
      )}
      <p>
        <Link href={paths.referents}>{texts.others}</Link>
      </p>
    </section>
  )
}

function headingOf(referents: readonly ShownReferent[], { referent }: Messages): string {
  const [first, second] = referents
  if (!first) return referent.panel.headingTeam
  return second ? referent.panel.headingSeveral : referent.panel.heading[first.word]
}

const writeWords = (total: number, { referent: { panel } }: Messages): string =>
  total === 0 ? panel.writeTeam : total === 1 ? panel.write : panel.writeSeveral

const Card = ({ referent, t }: { referent: ShownReferent; t: Messages }) => {
  const texts = t.referent.panel
  const { name, word, territory, endsOn, attestationHref, profileHref } = referent
  return (
    <p>
      <strong>{texts.is(name, t.referent.role[word], territory)}</strong>
      <br />
      <small>
        {texts.until(plainDate(endsOn, t.lang))}{' '}
        {attestationHref && <Link href={attestationHref}>{texts.proof}</Link>}
        {attestationHref && profileHref && ' · '}
        {profileHref && <Link href={profileHref}>{texts.profile}</Link>}
      </small>
    </p>
  )
}
