import type { Incident } from '../../node/domain/monitoring/measure.ts'
import { longDate, relativePast } from '../../node/domain/values/date-text.ts'
import { CardTable } from '../components/card-table.tsx'
import { OuterLink } from '../components/external-link.tsx'
import { Layout } from '../components/layout.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

type SilentSite = { name: string; origin: string; lastSeenAt: Temporal.Instant | undefined }

export type PublicStatePageProps = {
  site: Site
  isWell: boolean
  /** How many minutes late the oldest announcement is. */
  lateMinutes: number
  members: number
  /** The members that were heard of within a day, and those that have not answered for three days. */
  heard: number
  silent: readonly SilentSite[]
  /** Undefined before the first measure. */
  incidents: readonly Incident[] | undefined
  signedIn: boolean
  now: Temporal.Instant
}

/** Says to everybody how a directory is: its members, how fresh its cafés are, and what went wrong lately. */
export function PublicStatePage(props: PublicStatePageProps) {
  const { site, isWell, lateMinutes, incidents, signedIn } = props
  const t = messagesFor(site.lang)
  const texts = t.monitoring.publicState
  return (
    <Layout title={texts.title} current={paths.publicState} narrow {...{ site, signedIn }}>
      <h1>{texts.title}</h1>
      <p class="lead">{isWell ? texts.well : texts.toMend}</p>
      <h2>{texts.fresh}</h2>
      <p>{lateMinutes > 0 ? texts.freshLate(lateMinutes) : texts.freshWell}</p>
      <Members {...props} />
      <h2>{texts.incidents}</h2>
      <Incidents incidents={incidents} lang={site.lang} />
      <p>
        {texts.for} <Link href="/healthz">/healthz</Link>.
      </p>
    </Layout>
  )
}

function Members({ site, members, heard, silent, now }: PublicStatePageProps) {
  const t = messagesFor(site.lang)
  const texts = t.monitoring.publicState
  return (
    <>
      <h2>{texts.members}</h2>
      <p>
        {texts.total(members)}, {texts.heard(heard)}.
      </p>
      <p>{texts.silent(silent.length)}</p>
      {silent.length > 0 && (
        <CardTable
          rows={silent}
          columns={[
            [
              texts.name,
              ({ name, origin }) => (
                <OuterLink href={origin}>
                  <UserText t={t}>{name}</UserText>
                </OuterLink>
              ),
            ],
            [
              texts.lastHeard,
              ({ lastSeenAt }) =>
                lastSeenAt ? relativePast(lastSeenAt, now, site.lang) : texts.never,
            ],
          ]}
        />
      )}
    </>
  )
}

function Incidents({
  incidents,
  lang,
}: Pick<PublicStatePageProps, 'incidents'> & Pick<Site, 'lang'>) {
  const texts = messagesFor(lang).monitoring.publicState
  if (!incidents) return <p>{texts.notMeasured}</p>
  if (incidents.length === 0) return <p>{texts.noIncident}</p>
  return (
    <ul>
      {incidents.map(({ day, kind, hours }) => (
        <li>{`${longDate(day, lang)}\u00a0: ${texts[kind](hours)}`}</li>
      ))}
    </ul>
  )
}
