import type { DomainPage } from '../../node/domain/federation/domain-page.ts'
import { REFERENT_TITLES, type Referent } from '../../node/domain/referents/referent.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { List, type ListPage, type ListQuery } from '../admin/list.tsx'
import { ByDomain } from '../components/by-domain.tsx'
import {
  Choices,
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
  SubmitButton,
} from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import type { AdminSession } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { ReferentSettingsForm } from './settings-form.tsx'

/** A mandate with the name of its territory. */
export type AdminReferent = Referent & { label: string }

export type ProposalForm = {
  values: FormValues
  messages: FieldMessage[]
  /** The territories that the text may mean, where there are several. */
  choices?: readonly { code: string; label: string }[] | undefined
}

type PageProps = AdminProps & {
  form: ProposalForm
}

export type ReferentListState = 'waiting' | 'proposed' | 'inOffice' | 'silent' | 'past'

/** The value of `etat` in the address, for each state. */
export const REFERENT_STATE_NAMES: Record<ReferentListState, string> = {
  waiting: 'a-nommer',
  proposed: 'proposes',
  inOffice: 'en-fonction',
  silent: 'sans-nouvelles',
  past: 'termines',
}

/**
 * GET `/administration/referents`: `etat` · `q` · `page`; POST the same: `name`, `word`, `email`, `territory`,
 * `startsOn`, `endsOn`, `facilitator`.
 */
export type AdminReferentsPageProps = PageProps & {
  query: Omit<ListQuery<ReferentListState>, 'page'>
  counts: Record<ReferentListState, number>
  found: ListPage<AdminReferent>
  /** In place of `found`, where unanswered proposals are listed: grouped by the site that made them. */
  proposed: DomainPage<AdminReferent> | undefined
  /** The codes of the départements without a referent of their own. */
  vacant: readonly string[]
  /** The values of the form of the settings. */
  settings: FormValues
}

/** Lists the referents of all territories, for the directory's team. */
export function AdminReferentsPage(props: AdminReferentsPageProps) {
  const { site, session, form, query, counts, found, settings, flash } = props
  const t = messagesFor(site.lang)
  const texts = t.referentAdmin
  const { col } = texts
  const lead = texts.leads[query.state]
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead}
      form={proposalState(form, t)}
      {...{ site, session, flash }}
      current={paths.adminReferents}
    >
      <p>
        <Link href={paths.referents}>{texts.map}</Link> ({texts.vacancies(props.vacant)}) ·{' '}
        <Link href={paths.journal}>{texts.journal.title}</Link>
      </p>
      {lead && counts[query.state] > 0 && <p>{lead}</p>}
      <List
        path={paths.adminReferents}
        states={{ names: REFERENT_STATE_NAMES, labels: texts.states, counts }}
        texts={{ ...texts.list, states: texts.title, none: texts.none }}
        columns={[
          [col.name, (one) => <Link href={paths.adminReferent(one.id)}>{one.name}</Link>],
          [col.territory, (one) => <Link href={paths.territory(one.territory)}>{one.label}</Link>],
          [col.until, (one) => plainDate(one.endsOn, t.lang)],
          [
            col.state,
            (one) => (one.endReason ? texts.reason[one.endReason] : texts.state[one.state]),
          ],
        ]}
        isCompact
        {...{ query, found, t }}
      >
        {props.proposed && <Proposed page={props.proposed} words={query.words} t={t} />}
      </List>
      <section aria-labelledby="proposer">
        <h2 id="proposer">{texts.propose}</h2>
        <p>{texts.proposeLead}</p>
        <ProposalFields
          form={proposalState(form, t)}
          choices={form.choices}
          session={session}
          withDates
          t={t}
        />
      </section>
      <ReferentSettingsForm
        form={{ ...proposalState(form, t), values: { ...settings, ...form.values } }}
        csrf={session.csrf}
        t={t}
      />
    </AdminPage>
  )
}

const proposalState = ({ values, messages }: ProposalForm, t: Messages): FormState => ({
  values,
  messages,
  labels: t.referentAdmin.field,
  hints: t.referentAdmin.hint,
  t,
})

type ProposedProps = { page: DomainPage<AdminReferent>; words: string; t: Messages }

/** Lists the proposals by site, so that a site with many does not hide those of others. */
const Proposed = ({ page, words, t }: ProposedProps) => (
  <div id="proposes">
    <ByDomain
      page={page}
      path={paths.adminReferents}
      query={{ etat: REFERENT_STATE_NAMES.proposed, ...(words && { q: words }) }}
      parameter="page"
      id="proposes"
      t={t}
    >
      {({ id, name, label, territory, endsOn }) => (
        <p>
          <Link href={paths.adminReferent(id)}>{name}</Link> ·{' '}
          <Link href={paths.territory(territory)}>{label}</Link>
          <span class="line fine">
            {t.admin.form.inField(t.referentAdmin.col.until)}
            {plainDate(endsOn, t.lang)}
          </span>
        </p>
      )}
    </ByDomain>
  </div>
)

type FieldsProps = {
  form: FormState
  choices: ProposalForm['choices']
  directories?: { uri: string; host: string }[]
  session: AdminSession
  /** Whether the form has dates, which only the directory chooses. */
  withDates?: boolean
  t: Messages
}

function ProposalFields({ form, choices, directories = [], session, withDates, t }: FieldsProps) {
  const texts = t.referentAdmin
  return (
    <PostForm csrf={session.csrf} action={paths.adminReferents} class="stack" novalidate>
      <InputField form={form} name="name" required />
      <Choices
        form={form}
        name="word"
        type="radio"
        choices={REFERENT_TITLES.map((word) => [word, t.referent.person.texts[word]] as const)}
      />
      {choices ? (
        <Choices
          form={form}
          name="territory"
          type="radio"
          choices={choices.map(({ code, label }) => [code, label] as const)}
        />
      ) : (
        <InputField form={form} name="territory" required />
      )}
      <InputField
        form={form}
        name="email"
        type="email"
        autocomplete="off"
        optional={withDates ?? false}
      />
      {directories.length > 1 && (
        <Choices
          form={form}
          name="directory"
          type="radio"
          choices={directories.map(({ uri, host }) => [uri, host] as const)}
        />
      )}
      {withDates ? (
        <>
          <InputField form={form} name="startsOn" type="date" short />
          <InputField form={form} name="endsOn" type="date" short />
        </>
      ) : (
        <Choices form={form} name="agreed" type="checkbox" choices={[['1', texts.agreed]]} />
      )}
      <SubmitButton>{texts.submit}</SubmitButton>
    </PostForm>
  )
}

/** The form by which a site proposes a referent to its directory: the same without dates, with `agreed`. */
export function ProposeReferentPage(
  props: PageProps & {
    /** The directories that the site belongs to; one of several is chosen, and only that one gets the address. */
    directories: { uri: string; host: string }[]
  },
) {
  const { site, session, form, directories, flash } = props
  const isMember = directories.length > 0
  const t = messagesFor(site.lang)
  const texts = t.referentAdmin
  return (
    <AdminPage
      title={texts.title}
      lead={isMember ? texts.proposePlaceLead : texts.placeAlone}
      form={proposalState(form, t)}
      {...{ site, session }}
      current={paths.adminReferents}
      done={flash === 'requested' ? texts.sentToDirectory : undefined}
      narrow
    >
      {isMember && (
        <ProposalFields
          form={{
            ...proposalState(form, t),
            hints: { ...texts.hint, email: texts.hint.emailAtPlace },
          }}
          choices={form.choices}
          directories={directories}
          session={session}
          t={t}
        />
      )}
    </AdminPage>
  )
}
