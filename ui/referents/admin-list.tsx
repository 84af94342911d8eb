import type { DomainPage } from '../../node/domain/federation/domain-page.ts'
import {
  REFERENT_TITLES,
  type Referent,
  type ReferentSettings,
} from '../../node/domain/referents/referent.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { ByDomain } from '../components/by-domain.tsx'
import { CardTable } from '../components/card-table.tsx'
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

/** POST the same: `name`, `word`, `email`, `territory`, `startsOn`, `endsOn`, `facilitator`. */
export type AdminReferentsPageProps = PageProps & {
  referents: AdminReferent[]
  /** Those of the mandates that are unanswered proposals, grouped by the site that made them. */
  proposed: DomainPage<AdminReferent>
  /** The codes of the départements without a referent of their own. */
  vacant: readonly string[]
  settings: ReferentSettings
}

/** Lists the referents of all territories, for the directory's team. */
export function AdminReferentsPage(props: AdminReferentsPageProps) {
  const { site, session, form, referents, settings, flash } = props
  const t = messagesFor(site.lang)
  const texts = t.referentAdmin
  const inState = (...states: Referent['state'][]) =>
    referents.filter(({ state }) => states.includes(state))
  const silent = inState('appointed').filter(({ escalatedAt }) => escalatedAt !== undefined)
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
      {silent.length > 0 && (
        <Group
          id="sans-nouvelles"
          heading={texts.silent}
          lead={texts.silentLead}
          list={silent}
          t={t}
        />
      )}
      <Group
        id="a-nommer"
        heading={texts.waiting}
        lead={texts.waitingLead}
        list={inState('consented')}
        t={t}
      />
      <Proposed page={props.proposed} t={t} />
      <Group id="en-fonction" heading={texts.inOffice} list={inState('appointed')} t={t} />
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
      <Settings settings={settings} form={proposalState(form, t)} csrf={session.csrf} t={t} />
      <Group id="termines" heading={texts.past} list={inState('declined', 'ended')} t={t} />
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

/** Lists the proposals by site, so that a site with many does not hide those of others. */
const Proposed = ({ page, t }: { page: DomainPage<AdminReferent>; t: Messages }) => (
  <section aria-labelledby="proposes">
    <h2 id="proposes">{t.referentAdmin.proposed}</h2>
    {page.groups.length === 0 ? (
      <p>{t.referentAdmin.none}</p>
    ) : (
      <ByDomain
        page={page}
        path={paths.adminReferents}
        parameter="propositions"
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
    )}
  </section>
)

type GroupProps = { id: string; heading: string; lead?: string; list: AdminReferent[]; t: Messages }

function Group({ id, heading, lead, list, t }: GroupProps) {
  const { col, none, state, reason } = t.referentAdmin
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      {list.length === 0 ? (
        <p>{none}</p>
      ) : (
        <>
          {lead && <p>{lead}</p>}
          <CardTable
            rows={list}
            columns={[
              [col.name, (one) => <Link href={paths.adminReferent(one.id)}>{one.name}</Link>],
              [
                col.territory,
                (one) => <Link href={paths.territory(one.territory)}>{one.label}</Link>,
              ],
              [col.until, (one) => plainDate(one.endsOn, t.lang)],
              [col.state, (one) => (one.endReason ? reason[one.endReason] : state[one.state])],
            ]}
          />
        </>
      )}
    </section>
  )
}

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

type SettingsProps = { settings: ReferentSettings; form: FormState; csrf: string; t: Messages }

/** POST `/administration/referents/reglages`: `silentDays`, `joining`. */
function Settings({ settings, form, csrf, t }: SettingsProps) {
  const texts = t.referentAdmin.settings
  const values = { silentDays: String(settings.silentDays), joining: settings.joining }
  const shown = { ...form, values: { ...values, ...form.values } }
  return (
    <section aria-labelledby="reglages">
      <h2 id="reglages">{texts.title}</h2>
      <PostForm csrf={csrf} action={paths.referentSettings} class="stack" novalidate>
        <InputField form={shown} name="silentDays" type="number" inputmode="numeric" />
        <Choices
          form={shown}
          name="joining"
          type="radio"
          choices={[
            ['recommend', texts.joining.recommend],
            ['admit', texts.joining.admit],
          ]}
        />
        <SubmitButton quiet>{texts.save}</SubmitButton>
      </PostForm>
    </section>
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
