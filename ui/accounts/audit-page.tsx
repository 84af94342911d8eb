import type { AuditAct } from '../../node/domain/values/audit.ts'
import { momentText } from '../../node/domain/values/date-text.ts'
import { AdminPage } from '../admin/layout.tsx'
import { CardTable } from '../components/card-table.tsx'
import type { AdminSession, Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

type ShownAudit = { at: Temporal.Instant; who: string; act: AuditAct; about: string }

export type AuditPageProps = { site: Site; session: AdminSession; entries: readonly ShownAudit[] }

/** Shows what was changed in accounts and settings, newest first. */
export function AuditPage({ site, session, entries }: AuditPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.team.audit
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead}
      {...{ site, session }}
      current={paths.team}
      back={{ href: paths.team, label: texts.back }}
    >
      {entries.length === 0 ? <p>{texts.none}</p> : <AuditTable entries={entries} t={t} />}
    </AdminPage>
  )
}

function AuditTable({ entries, t }: { entries: readonly ShownAudit[]; t: Messages }) {
  const { col, act, nobody } = t.team.audit
  return (
    <CardTable
      rows={entries}
      isUnnamed
      columns={[
        [col.at, (entry) => momentText(entry.at, t.lang)],
        [col.who, (entry) => entry.who || nobody],
        [col.act, (entry) => act[entry.act](aboutText(entry, t))],
      ]}
    />
  )
}

/** Returns the words for a role; a host is returned unchanged. */
const aboutText = ({ about }: ShownAudit, t: Messages): string =>
  about === 'administrator' || about === 'editor' ? t.team.role[about] : about
