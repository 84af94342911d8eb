import { OtherWorkspaces } from '../admin/other-workspaces.tsx'
import { Link } from '../components/link.tsx'
import type { NavLink, Site } from '../components/site.ts'
import { messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { JournalRows, type ShownJournalEntry } from './admin-mandate.tsx'
import { ReferentDashboardLayout } from './dashboard-layout.tsx'
import type { TerritorySession } from './dashboard-props.ts'

export type TerritoryJournalPageProps = {
  site: Site
  session: TerritorySession
  entries: readonly ShownJournalEntry[]
}

export function TerritoryJournalPage({ site, session, entries }: TerritoryJournalPageProps) {
  const t = messagesFor(site.lang)
  const { title, lead } = t.referentAdmin.journal
  return (
    <ReferentDashboardLayout
      {...{ title, site, session }}
      current={paths.territoryJournal(session.territory.code)}
    >
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      <JournalRows rows={entries} t={t} />
    </ReferentDashboardLayout>
  )
}

/** The page for somebody who is signed in without a current mandate: before the first day, or after the last. */
export function NoTerritoryPage({
  site,
  csrf,
  workspaces,
}: {
  site: Site
  csrf: string
  workspaces?: NavLink[] | undefined
}) {
  const t = messagesFor(site.lang)
  const texts = t.referentDashboard
  return (
    <ReferentDashboardLayout title={texts.none} site={site} session={{ csrf }} current="">
      <h1>{texts.none}</h1>
      <p class="lead">{texts.noneLead}</p>
      <p>
        <Link href={paths.contact}>{t.referent.panel.contact}</Link>
      </p>
      <OtherWorkspaces workspaces={workspaces} t={t} />
    </ReferentDashboardLayout>
  )
}
