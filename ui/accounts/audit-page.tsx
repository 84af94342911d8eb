import type { AuthorKind } from '../../node/domain/cafes/edit.ts'
import type { AuditAct } from '../../node/domain/values/audit.ts'
import { momentText } from '../../node/domain/values/date-text.ts'
import { AdminPage } from '../admin/layout.tsx'
import { List, type ListPage } from '../admin/list.tsx'
import type { AdminSession, Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

type ShownAudit = {
  at: Temporal.Instant
  who: string
  kind?: AuthorKind | undefined
  act: AuditAct
  /** A role, a host, or the name of a territory. */
  about: string
}

export type AuditPageProps = { site: Site; session: AdminSession; found: ListPage<ShownAudit> }

/** Shows what was changed in accounts and settings, newest first. */
export function AuditPage({ site, session, found }: AuditPageProps) {
  const t = messagesFor(site.lang)
  const { col, act, nobody, ...texts } = t.team.audit
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead}
      {...{ site, session }}
      current={paths.team}
      back={{ href: paths.team, label: texts.back }}
    >
      <List
        path={paths.audit}
        isUnnamed
        columns={[
          [col.at, (entry) => momentText(entry.at, t.lang)],
          [col.who, (entry) => whoDid(entry, t) || nobody],
          [col.act, (entry) => act[entry.act](aboutText(entry, t))],
        ]}
        {...{ found, texts, t }}
      />
    </AdminPage>
  )
}

/** Returns the name of the account, or in which capacity it was done where no account did it. */
const whoDid = ({ who, kind = 'team' }: ShownAudit, t: Messages): string =>
  t.admin.edits.author[kind](who)

/** Returns the words for a role; a host is returned unchanged. */
const aboutText = ({ about }: ShownAudit, t: Messages): string =>
  about === 'administrator' || about === 'editor' ? t.team.role[about] : about
