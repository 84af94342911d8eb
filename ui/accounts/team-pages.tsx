import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { Rows } from '../admin/list.tsx'
import { Choices, type FormState, type FormValues, InputField } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { PanelForm } from '../components/panel-form.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { FactorSetting } from './second-factor-pages.tsx'

const ROLES = ['administrator', 'editor'] as const
type Role = (typeof ROLES)[number]

/** `email` is undefined until the person has given it. */
type ShownColleague = {
  id: string
  name: string
  email: string | undefined
  role: Role
  /** Whether they sign in with a second factor. */
  hasFactor: boolean
}

type ShownInvitation = { id: string; role: Role; email: string | undefined; until: string }

export type TeamProblem = 'roleMissing' | 'emailWrong' | 'emailTaken' | 'tooMany' | 'last'

/**
 * POST `/administration/equipe/invitations`: `csrf`, `role`, `email`, `way` (`mail` or `paper`) ·
 * POST `/administration/equipe/:id/role`: `csrf`, `role`.
 */
export type TeamPageProps = AdminProps & {
  colleagues: ShownColleague[]
  /** The id of the person who reads the page. */
  ownId: string
  /** Whether every account must have a second factor. */
  isFactorRequired: boolean
  /** Where this is false, the team gets the text of a mail and sends it itself. */
  mailWorks?: boolean | undefined
  invitations: ShownInvitation[]
  values: FormValues
  problems: TeamProblem[]
}

/**
 * The field that each problem belongs to. That somebody is the last administrator concerns no field, and is said at the
 * top.
 */
const fieldOf = {
  roleMissing: 'role',
  emailWrong: 'email',
  emailTaken: 'email',
  tooMany: 'attente',
  last: 'comptes',
} as const

export function TeamPage(props: TeamPageProps) {
  const { site, session, invitations, problems } = props
  const t = messagesFor(site.lang)
  const texts = t.team
  const form: FormState = {
    values: props.values,
    messages: problems.map((problem) => ({ name: fieldOf[problem], message: texts[problem] })),
    labels: { role: texts.inviteRole, email: texts.inviteEmail },
    hints: { email: texts.inviteEmailHint },
    t,
  }
  return (
    <AdminPage
      title={texts.title}
      form={form}
      lead={texts.lead}
      {...{ site, session }}
      current={paths.team}
      flash={props.flash}
    >
      <Colleagues {...props} t={t} />
      {invitations.length > 0 && <Invitations invitations={invitations} t={t} />}
      <PanelForm
        id="inviter"
        heading={texts.invite}
        lead={texts.inviteLead}
        action={paths.teamInvitations}
        csrf={session.csrf}
      >
        <Choices
          form={form}
          name="role"
          type="radio"
          choices={ROLES.map((role) => [role, `${texts.role[role]}. ${texts.roleMeans[role]}`])}
        />
        <InputField form={form} name="email" type="email" autocomplete="off" optional />
        <div class="buttons">
          <button type="submit" name="way" value="mail" class="button">
            {props.mailWorks ? texts.inviteMail : texts.inviteMailByHand}
          </button>
          <button type="submit" name="way" value="paper" class="button quiet">
            {texts.invitePaper}
          </button>
        </div>
      </PanelForm>
      <FactorSetting csrf={session.csrf} isRequired={props.isFactorRequired} t={t} />
      <p>
        <Link href={paths.mails}>{texts.courriels.see}</Link>
      </p>
      <p>
        <Link href={paths.audit}>{texts.audit.see}</Link>
      </p>
    </AdminPage>
  )
}

const nameOf = ({ name, email }: Pick<ShownColleague, 'name' | 'email'>, t: Messages): string =>
  name || (email ?? t.team.noName)

function Colleagues({ colleagues, ownId, session, t }: TeamPageProps & { t: Messages }) {
  const { col, ...texts } = t.team
  const administrators = colleagues.filter(({ role }) => role === 'administrator')
  return (
    <Rows
      rows={colleagues}
      section={{ id: 'comptes', heading: texts.people }}
      t={t}
      columns={[
        [
          col.name,
          (colleague) => (
            <>
              {colleague.name || texts.noName} {colleague.id === ownId && texts.you}
            </>
          ),
        ],
        [col.email, (colleague) => colleague.email ?? texts.noEmail],
        [
          col.role,
          (colleague) => (
            <>
              {texts.role[colleague.role]}
              {colleague.hasFactor && <span class="line fine">{t.admin.secondFactor.title}</span>}
            </>
          ),
        ],
        [
          col.actions,
          (colleague) =>
            administrators.length === 1 && administrators.includes(colleague) ? (
              texts.onlyOne
            ) : (
              <div class="actions">
                <RoleButton colleague={colleague} csrf={session.csrf} t={t} />
                {colleague.hasFactor && colleague.id !== ownId && (
                  <Link href={paths.resetFactor(colleague.id)}>
                    {t.admin.secondFactor.reset.action}
                    <span class="unseen">{t.admin.home.about(nameOf(colleague, t))}</span>
                  </Link>
                )}
                <Link href={paths.removeColleague(colleague.id)}>
                  {texts.remove}
                  <span class="unseen">{t.admin.home.about(nameOf(colleague, t))}</span>
                </Link>
              </div>
            ),
        ],
      ]}
    />
  )
}

type OneProps = { colleague: ShownColleague; csrf: string; t: Messages }

/** A button that makes somebody an administrator at once; taking that role away is confirmed on a page of its own. */
function RoleButton({ colleague, csrf, t }: OneProps) {
  const about = <span class="unseen">{t.admin.home.about(nameOf(colleague, t))}</span>
  if (colleague.role === 'administrator')
    return (
      <Link href={paths.teamRole(colleague.id)}>
        {t.team.makeRole.editor}
        {about}
      </Link>
    )
  return (
    <PostForm csrf={csrf} action={paths.teamRole(colleague.id)} class="inline">
      <button type="submit" name="role" value="administrator" class="link">
        {t.team.makeRole.administrator}
        {about}
      </button>
    </PostForm>
  )
}

type InvitationsProps = { invitations: ShownInvitation[]; t: Messages }

/** The invitations that nobody has used yet. */
const Invitations = ({ invitations, t }: InvitationsProps) => (
  <Rows
    rows={invitations}
    section={{ id: 'attente', heading: t.team.open }}
    columns={[
      [t.team.col.email, ({ email }) => email ?? t.team.onPaper],
      [t.team.col.role, ({ role }) => t.team.role[role]],
      [t.team.openUntil, ({ until }) => until],
      [
        t.team.col.actions,
        ({ id, email }) => (
          <Link href={paths.withdrawInvitation(id)}>
            {t.team.withdraw}
            <span class="unseen">{t.admin.home.about(email ?? t.team.onPaper)}</span>
          </Link>
        ),
      ],
    ]}
    t={t}
  />
)

/** Shows the link of an invitation, to be printed or copied by hand; only the answer that makes it shows it. */
export type PaperInvitationPageProps = AdminProps & {
  link: string
  /** Where this is true, the code leads to a form that mails a link, which makes the account. */
  mailWorks: boolean
  until: string
}

export function PaperInvitationPage(props: PaperInvitationPageProps) {
  const { site, session, link, mailWorks, until } = props
  const t = messagesFor(site.lang)
  const texts = t.team.paper
  return (
    <AdminPage
      title={texts.title}
      lead={texts.lead(site.name)}
      {...{ site, session }}
      current={paths.team}
      done={texts.once}
      back={{ href: paths.team, label: texts.back }}
    >
      <h2>{texts.steps}</h2>
      <ol>
        <li>
          {texts.open}
          <strong class="paper-link">{link}</strong>
        </li>
        <li>{mailWorks ? texts.giveAddress : texts.choose}</li>
        {mailWorks && <li>{texts.openMailed}</li>}
      </ol>
      <p>{texts.letters}</p>
      <p>
        {texts.until(until)} {texts.careful}
      </p>
    </AdminPage>
  )
}

/** POST on the same address: `csrf`. */
export type RemoveColleaguePageProps = AdminProps & {
  colleague: ShownColleague
  isSelf: boolean
  /** How many API tokens are deleted with the account. */
  tokens: number
}

export function RemoveColleaguePage(props: RemoveColleaguePageProps) {
  const { site, session, colleague, isSelf, tokens } = props
  const t = messagesFor(site.lang)
  const title = t.team.removeTitle(nameOf(colleague, t))
  return (
    <AdminPage title={title} lead={t.team.removeLead} {...{ site, session }} current={paths.team}>
      {tokens > 0 && <p class="notice">{t.team.removeTokens(tokens)}</p>}
      {isSelf && <p class="notice">{t.team.removeSelf}</p>}
      <PostForm csrf={session.csrf} action={paths.removeColleague(colleague.id)} class="actions">
        <button type="submit" class="button danger">
          {t.team.removeSubmit}
        </button>
        <Link href={paths.team}>{t.admin.form.cancel}</Link>
      </PostForm>
    </AdminPage>
  )
}
