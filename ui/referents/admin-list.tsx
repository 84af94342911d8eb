import type { DomainPage } from '../../node/domain/federation/domain-page.ts'
import {
  REFERENT_WORDS,
  type Referent,
  type ReferentSettings,
} from '../../node/domain/referents/referent.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { DeskLayout, type FlashKey } from '../admin/layout.tsx'
import { ByDomain } from '../components/by-domain.tsx'
import {
  Choices,
  CsrfInput,
  ErrorSummary,
  type FieldMessage,
  type FormState,
  type FormValues,
  InputField,
  titleOfForm,
} from '../components/fields.tsx'
import type { DeskSession, Site } from '../components/site.ts'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'

/** A mandate with the name of its territory. */
export type DeskReferent = Referent & { label: string }

export type ProposalForm = {
  values: FormValues
  messages: FieldMessage[]
  /** Where several territories answer to what was typed. */
  choices?: readonly { code: string; label: string }[] | undefined
}

type PageProps = {
  site: Site
  session: DeskSession
  form: ProposalForm
  flash?: FlashKey | undefined
}

/** POST the same: `name`, `word`, `email`, `territory`, `startsOn`, `endsOn`, `facilitator`. */
export type DeskReferentsPageProps = PageProps & {
  referents: DeskReferent[]
  /** Of these, the proposals without an answer, by who made them. */
  proposed: DomainPage<DeskReferent>
  vacant: number
  settings: ReferentSettings
}

/** Who answers for which territory: for the directory's team. */
export function DeskReferentsPage(props: DeskReferentsPageProps) {
  const { site, session, form, referents, settings } = props
  const t = stringsFor(site.lang)
  const words = t.referentDesk
  const inState = (...states: Referent['state'][]) =>
    referents.filter(({ state }) => states.includes(state))
  const silent = inState('appointed').filter(({ escalatedAt }) => escalatedAt !== undefined)
  return (
    <DeskLayout
      title={titleOfForm(proposalState(form, t), words.title)}
      current={paths.deskReferents}
      {...props}
    >
      <ErrorSummary form={proposalState(form, t)} />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p>
        <a href={paths.referents}>{words.map}</a> ({words.vacancies(props.vacant)}) ·{' '}
        <a href={paths.journal}>{words.journal.title}</a>
      </p>
      {silent.length > 0 && (
        <Group
          id="sans-nouvelles"
          heading={words.silent}
          lead={words.silentLead}
          list={silent}
          t={t}
        />
      )}
      <Group
        id="a-nommer"
        heading={words.waiting}
        lead={words.waitingLead}
        list={inState('consented')}
        t={t}
      />
      <Proposed page={props.proposed} t={t} />
      <Group id="en-fonction" heading={words.inOffice} list={inState('appointed')} t={t} />
      <section aria-labelledby="proposer">
        <h2 id="proposer">{words.propose}</h2>
        <p>{words.proposeLead}</p>
        <ProposalFields
          form={proposalState(form, t)}
          choices={form.choices}
          session={session}
          withDates
          t={t}
        />
      </section>
      <Settings settings={settings} form={proposalState(form, t)} csrf={session.csrf} t={t} />
      <Group id="termines" heading={words.past} list={inState('declined', 'ended')} t={t} />
    </DeskLayout>
  )
}

const proposalState = ({ values, messages }: ProposalForm, t: Strings): FormState => ({
  values,
  messages,
  labels: t.referentDesk.field,
  hints: t.referentDesk.hint,
  t,
})

/** A member that proposes many stands beside the others. */
const Proposed = ({ page, t }: { page: DomainPage<DeskReferent>; t: Strings }) => (
  <section aria-labelledby="proposes">
    <h2 id="proposes">{t.referentDesk.proposed}</h2>
    {page.groups.length === 0 ? (
      <p>{t.referentDesk.none}</p>
    ) : (
      <ByDomain page={page} path={paths.deskReferents} parameter="propositions" id="proposes" t={t}>
        {({ id, name, label, territory, endsOn }) => (
          <p>
            <a href={paths.deskReferent(id)}>{name}</a> ·{' '}
            <a href={paths.territory(territory)}>{label}</a>
            <span class="line fine">
              {t.desk.form.inField(t.referentDesk.col.until)}
              {plainDate(endsOn, t.lang)}
            </span>
          </p>
        )}
      </ByDomain>
    )}
  </section>
)

type GroupProps = { id: string; heading: string; lead?: string; list: DeskReferent[]; t: Strings }

function Group({ id, heading, lead, list, t }: GroupProps) {
  const { col, none, state, reason } = t.referentDesk
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      {list.length === 0 ? (
        <p>{none}</p>
      ) : (
        <>
          {lead && <p>{lead}</p>}
          <table class="cards">
            <thead>
              <tr>
                <th scope="col">{col.name}</th>
                <th scope="col">{col.territory}</th>
                <th scope="col">{col.until}</th>
                <th scope="col">{col.state}</th>
              </tr>
            </thead>
            <tbody>
              {list.map((one) => (
                <tr>
                  <th scope="row" data-label={col.name}>
                    <a href={paths.deskReferent(one.id)}>{one.name}</a>
                  </th>
                  <td data-label={col.territory}>
                    <a href={paths.territory(one.territory)}>{one.label}</a>
                  </td>
                  <td data-label={col.until}>{plainDate(one.endsOn, t.lang)}</td>
                  <td data-label={col.state}>
                    {one.endReason ? reason[one.endReason] : state[one.state]}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  )
}

type FieldsProps = {
  form: FormState
  choices: ProposalForm['choices']
  session: DeskSession
  /** The directory chooses them. */
  withDates?: boolean
  t: Strings
}

function ProposalFields({ form, choices, session, withDates, t }: FieldsProps) {
  const words = t.referentDesk
  return (
    <form method="post" action={paths.deskReferents} class="stack" novalidate>
      <CsrfInput csrf={session.csrf} />
      <InputField form={form} name="name" required />
      <Choices
        form={form}
        name="word"
        type="radio"
        choices={REFERENT_WORDS.map((word) => [word, t.referent.person.words[word]] as const)}
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
      <InputField form={form} name="facilitator" type="url" optional />
      {withDates ? (
        <>
          <InputField form={form} name="startsOn" type="date" short />
          <InputField form={form} name="endsOn" type="date" short />
        </>
      ) : (
        <Choices form={form} name="agreed" type="checkbox" choices={[['1', words.agreed]]} />
      )}
      <p>
        <button type="submit" class="button">
          {words.submit}
        </button>
      </p>
    </form>
  )
}

type SettingsProps = { settings: ReferentSettings; form: FormState; csrf: string; t: Strings }

/** POST `/administration/referents/reglages`: `silentDays`, `joining`. */
function Settings({ settings, form, csrf, t }: SettingsProps) {
  const words = t.referentDesk.settings
  const values = { silentDays: String(settings.silentDays), joining: settings.joining }
  const shown = { ...form, values: { ...values, ...form.values } }
  return (
    <section aria-labelledby="reglages">
      <h2 id="reglages">{words.title}</h2>
      <form method="post" action={paths.referentSettings} class="stack" novalidate>
        <CsrfInput csrf={csrf} />
        <InputField form={shown} name="silentDays" type="number" inputmode="numeric" />
        <Choices
          form={shown}
          name="joining"
          type="radio"
          choices={[
            ['recommend', words.joining.recommend],
            ['admit', words.joining.admit],
          ]}
        />
        <p>
          <button type="submit" class="button quiet">
            {words.save}
          </button>
        </p>
      </form>
    </section>
  )
}

/** Of a place: whom it proposes to its directory. The same form without dates, with `agreed`. */
export function ProposeReferentPage(props: PageProps & { isMember: boolean; isSent: boolean }) {
  const { site, session, form, isMember, isSent } = props
  const t = stringsFor(site.lang)
  const words = t.referentDesk
  return (
    <DeskLayout
      title={titleOfForm(proposalState(form, t), words.propose)}
      current={paths.deskReferents}
      {...props}
    >
      <div class="narrow">
        <ErrorSummary form={proposalState(form, t)} />
        <h1>{words.propose}</h1>
        {isSent && (
          <p class="flash" role="status">
            {words.sentToDirectory}
          </p>
        )}
        <p class="lead">{isMember ? words.proposePlaceLead : words.placeAlone}</p>
        {isMember && (
          <ProposalFields
            form={{
              ...proposalState(form, t),
              hints: { ...words.hint, email: words.hint.emailAtPlace },
            }}
            choices={form.choices}
            session={session}
            t={t}
          />
        )}
      </div>
    </DeskLayout>
  )
}
