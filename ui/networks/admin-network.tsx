import {
  type Agreement,
  type AgreementAct,
  type AgreementState,
  listActs,
  subjectOf,
} from '../../node/domain/agreements/agreement.ts'
import { HistoryLink } from '../admin/history-link.tsx'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { ActLinks, stateText } from '../agreements/acts.tsx'
import { CardTable } from '../components/card-table.tsx'
import { type FormState, type FormValues, InputField, ShownInput } from '../components/fields.tsx'
import { Link, PostForm } from '../components/link.tsx'
import { PanelForm } from '../components/panel-form.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { MEMBERSHIP_PATHS, paths } from '../paths.ts'
import { NetworkFields } from './fields.tsx'

/** The memberships that are in one state. */
export type MemberList = { items: Agreement[]; nextHref: string | undefined }

export type AdminNetworkPageProps = AdminProps & {
  network: { slug: string; name: string }
  /** Whether the network is this site's own; of another's, a directory chooses only the managers. */
  isOurs: boolean
  asked: MemberList
  members: MemberList
  invited: MemberList
  ended: MemberList
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
    labels: { ...w.fields, adresse: w.fields.address },
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
      {props.isOurs && <Belonging {...props} t={t} />}
      <Managers {...props} t={t} />
      {props.isOurs && <Description {...props} t={t} />}
    </AdminPage>
  )
}

type Shown = AdminNetworkPageProps & { t: Messages }

/** Lists the members, the structures that ask to be members, and those that are invited. */
function Belonging({
  network: { slug },
  asked,
  members,
  invited,
  ended,
  values,
  messages = [],
  t,
}: Shown) {
  const w = t.structureNetworks.admin
  const invite: FormState = {
    values,
    messages,
    labels: { adresse: w.fields.address },
    hints: { adresse: w.hints.address },
    t,
  }
  return (
    <>
      {asked.items.length > 0 && (
        <Members {...{ slug, t }} id="demandes" heading={w.waiting} list={asked} state="asked" />
      )}
      <Members {...{ slug, t }} id="membres" heading={w.members} list={members} state="in-force" />
      {invited.items.length > 0 && (
        <Members
          {...{ slug, t }}
          id="invitations"
          heading={w.invitations}
          list={invited}
          state="invited"
        />
      )}
      <PanelForm
        id="inviter"
        heading={w.object.offer.label}
        method="get"
        action={`${paths.adminNetwork(slug)}/${MEMBERSHIP_PATHS.object.offer}`}
        submit={w.inviteSubmit}
      >
        <InputField form={invite} name="adresse" required />
      </PanelForm>
      {ended.items.length > 0 && (
        <Members {...{ slug, t }} id="termine" heading={w.over} list={ended} state="ended" />
      )}
    </>
  )
}

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

type MembersProps = {
  slug: string
  id: string
  heading: string
  list: MemberList
  state: AgreementState
  t: Messages
}

function Members({ slug, id, heading, list, state, t }: MembersProps) {
  const w = t.structureNetworks.admin
  const hrefOf = (act: AgreementAct, structure: string): string =>
    `${paths.adminNetwork(slug)}/${MEMBERSHIP_PATHS.object[act]}?${new URLSearchParams({ structure })}`
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      {list.items.length === 0 ? (
        <p>{w.nobody}</p>
      ) : (
        <CardTable
          rows={list.items.map((agreement) => ({ ...agreement, ...subjectOf(agreement) }))}
          columns={[
            [w.structure, ({ url, name }) => <Link href={url}>{name}</Link>],
            state === 'ended' && [w.state, (one) => stateText(one, w.states)],
            state !== 'ended' && [
              w.actions,
              ({ subjectUri, name }) => (
                <div class="buttons">
                  <ActLinks
                    acts={listActs(state, 'object')}
                    hrefOf={(act) => hrefOf(act, subjectUri)}
                    texts={w.object}
                    about={w.on(name)}
                  />
                </div>
              ),
            ],
          ]}
        />
      )}
      {list.nextHref && (
        <p class="more">
          <Link class="button quiet" href={list.nextHref}>
            {w.next}
            <span class="unseen">{w.on(heading)}</span>
          </Link>
        </p>
      )}
    </section>
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
        <CardTable
          rows={managers}
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
