import type { FacilitatorState, Level } from '../../node/domain/facilitators/facilitator.ts'
import { DeskLayout, type FlashKey } from '../admin/layout.tsx'
import {
  ActionButton,
  CsrfInput,
  ErrorSummary,
  type FormState,
  type FormValues,
  InputField,
} from '../components/fields.tsx'
import type { DeskSession, Site } from '../components/site.ts'
import { type Strings, stringsFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { titleOf } from './profile-page.tsx'

/** As the team knows somebody: what they write is theirs until they publish it. */
type DeskFacilitator = {
  id: string
  name: string
  email: string | undefined
  state: FacilitatorState
  isApproved: boolean
  level: Level
  /** In words, of a published profile. */
  until: string | undefined
  /** Its public page. */
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
export type DeskFacilitatorsPageProps = {
  site: Site
  session: DeskSession
  people: DeskFacilitator[]
  values: FormValues
  problems: FacilitatorProblem[]
  flash?: FlashKey | undefined
}

export function DeskFacilitatorsPage(props: DeskFacilitatorsPageProps) {
  const { site, session, people, problems, flash } = props
  const t = stringsFor(site.lang)
  const words = t.facilitator.desk
  const form: FormState = {
    values: props.values,
    messages: problems.map((problem) => ({ name: fieldOf[problem], message: words[problem] })),
    labels: { name: words.name, email: words.email },
    hints: { name: words.nameHint, email: words.emailHint },
    t,
  }
  const requests = people.filter(({ isApproved }) => !isApproved)
  const known = people.filter(({ isApproved }) => isApproved)
  return (
    <DeskLayout
      title={titleOf(words.title, form.messages, t)}
      {...{ site, session, flash }}
      current={paths.deskFacilitators}
    >
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <p>
        <a href={paths.findPeople}>{t.people.desk.title}</a>
      </p>
      <ErrorSummary form={form} />
      {requests.length > 0 && (
        <>
          <h2>{words.requests}</h2>
          <ul>
            {requests.map((person) => (
              <li>
                {[person.name, person.email].filter(Boolean).join(', ')}
                <div class="actions">
                  <Act person={person} decision="accepter" csrf={session.csrf} t={t} />
                  <Act person={person} decision="refuser" csrf={session.csrf} t={t} />
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>{words.people}</h2>
      {known.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <People people={known} csrf={session.csrf} t={t} />
      )}
      <form
        method="post"
        action={paths.facilitatorInvitations}
        class="panel stack"
        aria-labelledby="inviter"
        novalidate
      >
        <h2 id="inviter">{words.invite}</h2>
        <p>{words.inviteLead}</p>
        <CsrfInput csrf={session.csrf} />
        <InputField form={form} name="name" autocomplete="off" max={80} />
        <InputField form={form} name="email" type="email" autocomplete="off" optional />
        <div class="actions">
          <button type="submit" name="way" value="mail" class="button">
            {words.byMail}
          </button>
          <button type="submit" name="way" value="paper" class="button quiet">
            {words.onPaper}
          </button>
        </div>
      </form>
      {session.isAdministrator && (
        <p>
          <a href={paths.mails}>{t.team.courriels.see}</a>
        </p>
      )}
    </DeskLayout>
  )
}

type PeopleProps = { people: DeskFacilitator[]; csrf: string; t: Strings }

function People({ people, csrf, t }: PeopleProps) {
  const words = t.facilitator.desk
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">{words.col.name}</th>
          <th scope="col">{words.col.state}</th>
          <th scope="col">{words.col.sight}</th>
          <th scope="col">{words.col.actions}</th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr>
            <th scope="row" data-label={words.col.name}>
              {person.href ? (
                <a href={person.href}>{person.name}</a>
              ) : (
                person.name || words.nameless
              )}
            </th>
            <td data-label={words.col.state}>
              {words.states[person.state]}
              {person.until && ` ${words.until(person.until)}`}
            </td>
            <td data-label={words.col.sight}>
              {person.state === 'published' ? t.facilitator.levels[person.level] : '–'}
            </td>
            <td data-label={words.col.actions}>
              {person.state === 'invited' ? (
                <Act person={person} decision="retirer" csrf={csrf} t={t} />
              ) : (
                '–'
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type ActProps = {
  person: DeskFacilitator
  decision: 'accepter' | 'refuser' | 'retirer'
  csrf: string
  t: Strings
}

function Act({ person, decision, csrf, t }: ActProps) {
  const { accept, refuse, withdraw } = t.facilitator.desk
  const label = { accepter: accept, refuser: refuse, retirer: withdraw }[decision]
  return (
    <ActionButton
      action={paths.decideFacilitator(person.id, decision)}
      csrf={csrf}
      quiet={decision !== 'accepter'}
    >
      {label}
      <span class="unseen">{t.desk.home.about(person.name)}</span>
    </ActionButton>
  )
}

/** To be printed or copied by hand; shown in the answer that makes it. */
export type PaperFacilitatorPageProps = { site: Site; session: DeskSession; link: string }

export function PaperFacilitatorPage({ site, session, link }: PaperFacilitatorPageProps) {
  const words = stringsFor(site.lang).facilitator.desk
  return (
    <DeskLayout title={words.paperTitle} {...{ site, session }} current={paths.deskFacilitators}>
      <h1>{words.paperTitle}</h1>
      <p class="flash" role="status">
        {words.paperOnce}
      </p>
      <p class="lead">{words.paperLead(site.name)}</p>
      <p>
        <strong class="paper-link">{link}</strong>
      </p>
      <p>{words.paperUntil}</p>
      <p class="unprinted">
        <a href={paths.deskFacilitators}>{words.back}</a>
      </p>
    </DeskLayout>
  )
}
