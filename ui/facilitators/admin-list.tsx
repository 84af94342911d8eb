import type { FacilitatorState, Level } from '../../node/domain/facilitators/facilitator.ts'
import type { ArrivalGroup } from '../../node/domain/federation/arrivals.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { Rows } from '../admin/list.tsx'
import { ActionButton, type FormState, type FormValues, InputField } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { PanelForm } from '../components/panel-form.tsx'
import type { AdminSession, Site } from '../components/site.ts'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { JournalRows, type ShownJournalEntry } from '../referents/admin-mandate.tsx'

/** A facilitator as the team sees them: unpublished texts are not shown to it. */
type AdminFacilitator = {
  id: string
  name: string
  email: string | undefined
  state: FacilitatorState
  isApproved: boolean
  level: Level
  /** The date until which a published profile is shown, in words. */
  until: string | undefined
  /** Whether the consent to something shown was given by a link that the team handed over. */
  isByHandedLink: boolean
  /** The address of the public page. */
  href: string | undefined
}

export type FacilitatorProblem = 'nameMissing' | 'nameTooLong' | 'emailWrong' | 'tooMany'

const fieldOf = {
  nameMissing: 'name',
  nameTooLong: 'name',
  emailWrong: 'email',
  tooMany: 'name',
} as const

/** POST `/administration/animation/invitations`: `csrf`, `name`, `email`, `way` (`mail` or `paper`). */
export type AdminFacilitatorsPageProps = AdminProps & {
  people: AdminFacilitator[]
  /** Those who ask, by where they come from and by day. */
  groups: readonly ArrivalGroup[]
  /** Where this is false, the team hands over what is written to a person. */
  mailWorks: boolean
  values: FormValues
  problems: FacilitatorProblem[]
  /** The facilitators that the team withdrew, newest first. */
  withdrawn: readonly ShownJournalEntry[]
}

export function AdminFacilitatorsPage(props: AdminFacilitatorsPageProps) {
  const { site, session, people, problems, flash } = props
  const t = messagesFor(site.lang)
  const texts = t.facilitator.admin
  const form: FormState = {
    values: props.values,
    messages: problems.map((problem) => ({ name: fieldOf[problem], message: texts[problem] })),
    labels: { name: texts.name, email: texts.email },
    hints: { name: texts.nameHint, email: texts.emailHint },
    t,
  }
  const requests = people.filter(({ isApproved }) => !isApproved)
  const known = people.filter(({ isApproved }) => isApproved)
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead}
      {...{ form, site, session, flash }}
      current={paths.adminFacilitators}
    >
      <p>
        <Link href={paths.findRemoteFacilitators}>{t.facilitatorSearch.admin.title}</Link>
      </p>
      {requests.length > 0 && (
        <Requests people={requests} groups={props.groups} csrf={session.csrf} t={t} />
      )}
      <People people={known} csrf={session.csrf} t={t} />
      <PanelForm
        id="inviter"
        heading={texts.invite}
        lead={texts.inviteLead}
        action={paths.facilitatorInvitations}
        csrf={session.csrf}
      >
        <InputField form={form} name="name" autocomplete="off" max={80} />
        <InputField form={form} name="email" type="email" autocomplete="off" optional />
        <div class="actions">
          <button type="submit" name="way" value="mail" class="button">
            {props.mailWorks ? texts.byMail : t.team.inviteMailByHand}
          </button>
          <button type="submit" name="way" value="paper" class="button quiet">
            {texts.onPaper}
          </button>
        </div>
      </PanelForm>
      {props.withdrawn.length > 0 && (
        <JournalRows
          rows={props.withdrawn}
          section={{ id: 'retires', heading: texts.journal }}
          t={t}
        />
      )}
      {session.isAdministrator && (
        <p>
          <Link href={paths.mails}>{t.team.courriels.see}</Link>
        </p>
      )}
    </AdminPage>
  )
}

/** Those who ask to appear here: each is accepted on a page that says what follows. */
const Requests = ({
  people,
  groups,
  csrf,
  t,
}: PeopleProps & Pick<AdminFacilitatorsPageProps, 'groups'>) => {
  const texts = t.facilitator.admin
  return (
    <Rows
      bulk={{
        ...{ path: paths.manyFacilitators, csrf, groups },
        acts: [['refuser', t.admin.bulk.people.refuse]],
        itemOf: ({ id, name, email }) => ({ id, name: name || (email ?? '') }),
      }}
      section={{ id: 'demandes', heading: texts.requests }}
      rows={people}
      columns={[
        [texts.col.name, ({ name }) => name || texts.nameless],
        [texts.email, ({ email }) => email ?? '–'],
        [
          texts.col.actions,
          (person) => (
            <div class="actions">
              <Link
                class="button quiet small"
                href={paths.decideFacilitator(person.id, 'accepter')}
              >
                {texts.answer}
                <span class="unseen">{t.admin.home.about(person.name)}</span>
              </Link>
              <Link class="button quiet small" href={paths.decideFacilitator(person.id, 'refuser')}>
                {texts.refuse}
                <span class="unseen">{t.admin.home.about(person.name)}</span>
              </Link>
            </div>
          ),
        ],
      ]}
      t={t}
    />
  )
}

type PeopleProps = { people: AdminFacilitator[]; csrf: string; t: Messages }

function People({ people, csrf, t }: PeopleProps) {
  const texts = t.facilitator.admin
  return (
    <Rows
      section={{ id: 'personnes', heading: texts.people }}
      none={texts.none}
      rows={people}
      t={t}
      columns={[
        [
          texts.col.name,
          (person) =>
            person.href ? (
              <Link href={person.href}>{person.name}</Link>
            ) : (
              person.name || texts.nameless
            ),
        ],
        [
          texts.col.state,
          (person) => (
            <>
              {texts.states[person.state]}
              {person.until && ` ${texts.until(person.until)}`}
              {person.isByHandedLink && <p class="hint">{texts.handed}</p>}
            </>
          ),
        ],
        [
          texts.col.sight,
          (person) => (person.state === 'published' ? t.facilitator.levels[person.level] : '–'),
        ],
        [
          texts.col.actions,
          (person) =>
            person.state === 'invited' ? (
              <Withdraw person={person} csrf={csrf} t={t} />
            ) : (
              <Link href={paths.decideFacilitator(person.id, 'effacer')}>
                {texts.erase}
                <span class="unseen">{t.admin.home.about(person.name)}</span>
              </Link>
            ),
        ],
      ]}
    />
  )
}

type ActProps = { person: AdminFacilitator; csrf: string; t: Messages }

function Withdraw({ person, csrf, t }: ActProps) {
  return (
    <ActionButton action={paths.decideFacilitator(person.id, 'retirer')} csrf={csrf} quiet>
      {t.facilitator.admin.withdraw}
      <span class="unseen">{t.admin.home.about(person.name)}</span>
    </ActionButton>
  )
}

/** POST on the same address: `csrf`, `reason`. */
export type EraseFacilitatorPageProps = AdminProps & {
  id: string
  name: string
  /** Whether a request is refused; else a profile is withdrawn. */
  isRefusal: boolean
  /** The reason as it was typed; undefined when the page is first opened. */
  reason: string | undefined
  /** How the person learns of it: by mail, from the team, or not at all where no address is known. */
  notice: 'mailed' | 'handed' | 'none'
}

/** Asks the team for the reason when it refuses somebody's request, or withdraws their profile. */
export function EraseFacilitatorPage({
  site,
  session,
  id,
  name,
  isRefusal,
  reason,
  notice,
}: EraseFacilitatorPageProps) {
  const t = messagesFor(site.lang)
  const texts = t.facilitator.admin
  const asked = isRefusal ? texts.refusal : texts.erasure
  const form: FormState = {
    values: { reason: reason ?? '' },
    messages: reason === undefined ? [] : [{ name: 'reason', message: texts.eraseReasonWrong }],
    labels: { reason: texts.eraseReason },
    hints: { reason: texts.eraseReasonHint },
    t,
  }
  return (
    <AdminPage
      title={asked.title(name)}
      lead={asked.lead}
      {...{ form, site, session }}
      current={paths.adminFacilitators}
      narrow
    >
      <ul>
        {[...asked.effects.split('\n'), texts.eraseNotice[notice]].map((effect) => (
          <li>{effect}</li>
        ))}
      </ul>
      <PostForm
        csrf={session.csrf}
        action={paths.decideFacilitator(id, isRefusal ? 'refuser' : 'effacer')}
        novalidate
      >
        <InputField form={form} name="reason" autocomplete="off" max={REASON_MAX} required />
        <p class="buttons">
          <button type="submit" class="button danger">
            {asked.submit}
          </button>
          <Link href={paths.adminFacilitators}>{t.admin.form.cancel}</Link>
        </p>
      </PostForm>
    </AdminPage>
  )
}

/** The maximum length of the reason for a withdrawal, in characters. */
export const REASON_MAX = 300

/** Shows a link to be printed or copied by hand; only the answer that makes it shows it. */
export type PaperFacilitatorPageProps = { site: Site; session: AdminSession; link: string }

export function PaperFacilitatorPage({ site, session, link }: PaperFacilitatorPageProps) {
  const texts = messagesFor(site.lang).facilitator.admin
  return (
    <AdminPage
      title={texts.paperTitle}
      lead={texts.paperLead(site.name)}
      {...{ site, session }}
      current={paths.adminFacilitators}
      done={texts.paperOnce}
      back={{ href: paths.adminFacilitators, label: texts.back }}
    >
      <p>
        <strong class="paper-link">{link}</strong>
      </p>
      <p>{texts.paperUntil}</p>
    </AdminPage>
  )
}
