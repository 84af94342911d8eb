import {
  type Agreement,
  type AgreementAct,
  type AgreementState,
  listActs,
  subjectOf,
} from '../../node/domain/agreements/agreement.ts'
import type { ArrivalGroup } from '../../node/domain/federation/arrivals.ts'
import type { Bulk } from '../admin/bulk.tsx'
import { HistoryLink } from '../admin/history-link.tsx'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { List, type ListPage, type ListQuery, Rows } from '../admin/list.tsx'
import { WordsHeld } from '../admin/restored-parts.tsx'
import { ActLinks, stateText } from '../agreements/acts.tsx'
import {
  ActionButton,
  type FormState,
  type FormValues,
  InputField,
  ShownInput,
} from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { PanelForm } from '../components/panel-form.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { MEMBERSHIP_PATHS, paths } from '../paths.ts'
import { NetworkFields } from './fields.tsx'
import { type Answer, InvitationAnswers } from './invitation-answers.tsx'

/** The value of `etat` in the address, for each state of a membership. */
export const MEMBER_STATE_NAMES: Record<AgreementState, string> = {
  asked: 'demandes',
  'in-force': 'membres',
  invited: 'invitations',
  ended: 'termine',
}

export type AdminNetworkPageProps = AdminProps & {
  network: { slug: string; name: string }
  /** Whether the network is this site's own; of another's, a directory chooses only the managers. */
  isOurs: boolean
  /** After a restore: whether what is saved of it is announced only later. */
  areWordsHeld?: boolean
  /** What structures answered to its invitations, which nobody of the team has read. */
  answers?: readonly Answer[] | undefined
  query: Omit<ListQuery<AgreementState>, 'page'>
  counts: Record<AgreementState, number>
  found: ListPage<Agreement>
  /** What can be refused at once of those that ask, by where it comes from and by day. */
  groups?: readonly ArrivalGroup[]
  managers: { accountId: string; email: string; name: string; wasEntered: boolean }[]
  /** Where this is false, the page shows a link for the team to hand over. */
  mailWorks: boolean
  /** The link that was just made; it is shown in this answer only. */
  newLink?: string | undefined
  /** The values of one of the forms, as typed. */
  values: FormValues
  messages?: FormState['messages'] | undefined
}

/**
 * POST the page itself: `csrf`, `name`, `presentation`, `website`; GET `…/inviter`: `adresse`; POST `…/responsables`:
 * `csrf`, `email`.
 */
export function AdminNetworkPage(props: AdminNetworkPageProps) {
  const { site, session, network } = props
  const t = messagesFor(site.lang)
  const w = t.structureNetworks.admin
  const { slug, name } = network
  const form: FormState = {
    values: props.values,
    messages: props.messages ?? [],
    labels: { adresse: w.fields.address, ...w.fields },
    hints: {},
    t,
  }
  return (
    <AdminPage
      title={name}
      {...{ form, site, session }}
      current={paths.adminNetworks}
      flash={props.flash}
      back={{ href: paths.adminNetworks, label: w.back }}
    >
      <p>
        <Link href={paths.structureNetwork(slug)}>{w.publicPage}</Link>
      </p>
      <InvitationAnswers answers={props.answers ?? []} network={name} t={t}>
        <ActionButton action={paths.answersRead(slug)} csrf={session.csrf} quiet>
          {w.answersRead}
        </ActionButton>
      </InvitationAnswers>
      {props.isOurs && <Belonging {...props} t={t} />}
      <Managers {...props} t={t} />
      {props.areWordsHeld && <WordsHeld {...{ session, t }} />}
      {props.isOurs && <Description {...props} t={t} />}
    </AdminPage>
  )
}

type Shown = AdminNetworkPageProps & { t: Messages }

/** Lists the members, the structures that ask to be members, those that are invited, and what has ended. */
function Belonging(props: Shown) {
  const { network, query, counts, found, values, messages = [], t } = props
  const w = t.structureNetworks.admin
  const { slug } = network
  const { state } = query
  const invite: FormState = {
    values,
    messages,
    labels: { adresse: w.fields.address },
    hints: { adresse: w.hints.address },
    t,
  }
  const hrefOf = (act: AgreementAct, structure: string): string =>
    `${paths.adminNetwork(slug)}/${MEMBERSHIP_PATHS.object[act]}?${new URLSearchParams({ structure })}`
  return (
    <section aria-labelledby="structures">
      <h2 id="structures">{w.belonging}</h2>
      <List
        path={paths.adminNetwork(slug)}
        states={{ names: MEMBER_STATE_NAMES, labels: w.memberState, counts }}
        texts={{ ...w.list, states: w.belonging }}
        columns={[
          [w.structure, (one) => <Link href={subjectOf(one).url}>{subjectOf(one).name}</Link>],
          state === 'ended'
            ? [w.state, (one) => stateText(one, w.states)]
            : [
                w.actions,
                (one) => (
                  <div class="buttons">
                    <ActLinks
                      acts={listActs(state, 'object')}
                      hrefOf={(act) => hrefOf(act, one.subjectUri)}
                      texts={w.object}
                      about={w.on(subjectOf(one).name)}
                    />
                  </div>
                ),
              ],
        ]}
        bulk={state === 'asked' ? bulkOf(props) : undefined}
        {...{ query, found, t }}
      />
      <PanelForm
        id="inviter"
        heading={w.object.offer.label}
        level={3}
        method="get"
        action={`${paths.adminNetwork(slug)}/${MEMBERSHIP_PATHS.object.offer}`}
        submit={w.inviteSubmit}
      >
        <InputField form={invite} name="adresse" required />
      </PanelForm>
    </section>
  )
}

const bulkOf = ({ network, groups = [], session, t }: Shown): Bulk<Agreement> => ({
  ...{ path: paths.manyMembers(network.slug), csrf: session.csrf, groups },
  acts: [['refuser', t.admin.bulk.members.refuse]],
  itemOf: (one) => ({ id: one.subjectUri, name: subjectOf(one).name }),
})

function Description({ network: { slug }, session, values, messages = [], t }: Shown) {
  const w = t.structureNetworks.admin
  const shared = { values, messages, t }
  return (
    <>
      <PanelForm
        id="decrire"
        heading={w.describe}
        action={paths.adminNetwork(slug)}
        csrf={session.csrf}
        submit={w.save}
      >
        <ShownInput values={values} />
        <NetworkFields {...shared} />
        <p class="hint">{w.seen}</p>
      </PanelForm>
      <HistoryLink form={paths.adminNetwork(slug)} t={t} />
      <section aria-labelledby="fermer">
        <h2 id="fermer">{w.endNetwork}</h2>
        <p>{w.endLead}</p>
        <p>
          <Link class="button quiet" href={paths.endNetwork(slug)}>
            {w.endNetwork}
          </Link>
        </p>
      </section>
    </>
  )
}

function Managers(props: Shown) {
  const { network, managers, newLink, mailWorks, session, values, messages = [], t } = props
  const w = t.structureNetworks.admin
  const { slug } = network
  const form: FormState = { values, messages, labels: w.fields, hints: w.hints, t }
  return (
    <section aria-labelledby="responsables">
      <h2 id="responsables">{w.managers}</h2>
      <p>{w.managersLead}</p>
      {newLink && (
        <div class="panel secret" role="status">
          <p>{w.link}</p>
          <p>
            <code>{newLink}</code>
          </p>
        </div>
      )}
      {managers.length > 0 && (
        <Rows
          rows={managers}
          t={t}
          columns={[
            [
              w.person,
              ({ email, name, wasEntered }) => (
                <>
                  {name ? `${name} (${email})` : email}
                  {!wasEntered && (
                    <>
                      {' '}
                      <span class="tag">{w.neverEntered}</span>
                    </>
                  )}
                </>
              ),
            ],
            [
              w.actions,
              ({ accountId, email, wasEntered }) => (
                <div class="buttons">
                  {!wasEntered && (
                    <PostForm csrf={session.csrf} action={paths.networkManagers(slug)}>
                      <input type="hidden" name="email" value={email} />
                      <button type="submit" class="button quiet">
                        {mailWorks ? w.newLink : w.newPaperLink}
                        <span class="unseen">{w.on(email)}</span>
                      </button>
                    </PostForm>
                  )}
                  <Link class="button quiet" href={paths.removeManager(slug, accountId)}>
                    {w.removeManager}
                    <span class="unseen">{w.on(email)}</span>
                  </Link>
                </div>
              ),
            ],
          ]}
        />
      )}
      <PanelForm
        id="donner-acces"
        heading={w.addManager}
        level={3}
        action={paths.networkManagers(slug)}
        csrf={session.csrf}
        submit={w.addManager}
      >
        <InputField form={form} name="email" type="email" autocomplete="off" required />
      </PanelForm>
    </section>
  )
}
