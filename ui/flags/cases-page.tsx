import type { CaseState } from '../../node/domain/flags/case-state.ts'
import type { FlagCase } from '../../node/domain/flags/flag.ts'
import { longDate } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { List, type ListPage, type ListQuery } from '../admin/list.tsx'
import { Link } from '../components/link.tsx'
import type { Site } from '../components/site.ts'
import { UserText } from '../components/user-text.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { ReferentDashboardLayout } from '../referents/dashboard-layout.tsx'
import type { TerritorySession } from '../referents/dashboard-props.ts'
import { CasePart, type CasePartProps, caseForm, nameOfCase } from './case-part.tsx'

/** The value of `etat` in the address, for each state. */
export const CASE_STATE_NAMES: Record<CaseState, string> = {
  open: 'a-decider',
  appeals: 'recours',
  decided: 'decides',
}

/** A case in a list, with what it is called now, and until when it, or the oldest appeal that waits, is to be decided. */
type ListedCase = {
  flagCase: FlagCase
  name: string | undefined
  href: string
  dueAt: Temporal.Instant
}

export type CasesProps = {
  query: Omit<ListQuery<CaseState>, 'page'>
  counts: Record<CaseState, number>
  found: ListPage<ListedCase>
  now: Temporal.Instant
}

type ListProps = CasesProps & { path: string; t: Messages }

/** The cases in one state, as rows: what presses comes first. */
const CaseList = ({ path, query, counts, found, now, t }: ListProps) => {
  const texts = t.flag.admin
  return (
    <List
      path={path}
      states={{ names: CASE_STATE_NAMES, labels: texts.state, counts }}
      texts={{ states: texts.states, none: texts.none }}
      columns={[
        [
          texts.col.what,
          ({ flagCase, name, href }: ListedCase) => (
            <>
              <Link href={href}>
                <UserText t={t}>
                  {nameOfCase(flagCase, name === undefined ? undefined : { name }, t)}
                </UserText>
              </Link>
              <span class="line fine">
                {t.flag.kind[flagCase.kind]}, {texts.total(flagCase.total)}
                {flagCase.isForTeam && `, ${texts.forTeam}`}
              </span>
            </>
          ),
        ],
        [
          texts.col.why,
          ({ flagCase }) => <span class="tag">{t.flag.reason[flagCase.reason]}</span>,
        ],
        query.state === 'decided'
          ? [
              texts.col.decision,
              ({ flagCase }) => flagCase.outcome && t.flag.own.outcome[flagCase.outcome],
            ]
          : [texts.col.due, ({ dueAt }) => <Due dueAt={dueAt} now={now} t={t} />],
      ]}
      {...{ query, found, t }}
    />
  )
}

const Due = ({ dueAt, now, t }: Pick<ListedCase, 'dueAt'> & Pick<ListProps, 'now' | 't'>) => {
  const isLate = Temporal.Instant.compare(dueAt, now) < 0
  return (
    <>
      {longDate(dayInParis(dueAt), t.lang)}
      {isLate && <span class="line tag is-failed">{t.flag.admin.overdue}</span>}
    </>
  )
}

/** The queue of the team: everything that was flagged, by its term. */
export function CasesPage({ site, session, flash, ...list }: AdminProps & CasesProps) {
  const t = messagesFor(site.lang)
  const { title, lead } = t.flag.admin
  return (
    <AdminPage {...{ title, lead, site, session, flash }} current={paths.flagCases}>
      <CaseList path={paths.flagCases} {...list} t={t} />
      <p>
        <Link href={paths.transparency}>{t.flag.transparency.title}</Link>
      </p>
    </AdminPage>
  )
}

/** POST `/administration/a-traiter/{id}`: `csrf`, `version`, `outcome`, `answer`. */
export function CasePage({ site, session, flash, ...shown }: AdminProps & CasePartProps) {
  const t = messagesFor(site.lang)
  const title = nameOfCase(shown.flagCase, shown.flagged, t)
  return (
    <AdminPage
      title={title}
      form={caseForm(shown, t)}
      {...{ site, session, flash }}
      current={paths.flagCases}
      back={{ href: paths.flagCases, label: t.flag.admin.back }}
      narrow
    >
      <CasePart {...shown} lang={site.lang} />
    </AdminPage>
  )
}

type TerritoryProps = { site: Site; session: TerritorySession }

/** The queue of a referent: what was flagged in their territory. */
export function TerritoryCasesPage({ site, session, ...list }: TerritoryProps & CasesProps) {
  const t = messagesFor(site.lang)
  const { territoryTitle: title, lead } = t.flag.admin
  const path = paths.territoryFlagCases(session.territory.code)
  return (
    <ReferentDashboardLayout {...{ title, site, session }} current={path}>
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      <CaseList path={path} {...list} t={t} />
    </ReferentDashboardLayout>
  )
}

/** POST `/administration/territoire/{code}/signalements/{id}`: `csrf`, `version`, `outcome`, `answer`. */
export function TerritoryCasePage({ site, session, ...shown }: TerritoryProps & CasePartProps) {
  const t = messagesFor(site.lang)
  const title = nameOfCase(shown.flagCase, shown.flagged, t)
  const path = paths.territoryFlagCases(session.territory.code)
  return (
    <ReferentDashboardLayout {...{ title, site, session }} current={path}>
      <h1>{title}</h1>
      <CasePart {...shown} lang={site.lang} />
      <p>
        <Link href={path}>{t.flag.admin.back}</Link>
      </p>
    </ReferentDashboardLayout>
  )
}
