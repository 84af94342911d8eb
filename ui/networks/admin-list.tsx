import {
  type Agreement,
  type AgreementAct,
  listActs,
} from '../../node/domain/agreements/agreement.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { Rows, type RowsProps } from '../admin/list.tsx'
import { ActLinks, stateText } from '../agreements/acts.tsx'
import { type FormState, type FormValues, InputField } from '../components/fields.tsx'
import { Link } from '../components/link.tsx'
import { PanelForm } from '../components/panel-form.tsx'
import { type Messages, messagesFor } from '../locales/messages.ts'
import { MEMBERSHIP_PATHS, paths } from '../paths.ts'
import { NetworkFields } from './fields.tsx'

/** One network that the structure belongs to, as its administration sees it. */
type OwnMembership = Pick<Agreement, 'state' | 'endedBy'> & { uri: string; name: string }

export type AdminNetworksPageProps = AdminProps & {
  memberships: OwnMembership[]
  own: { slug: string; name: string; members: number; waiting: number }[]
  /** For a directory: the networks of other structures, whose managers the team admits. */
  others: { slug: string; name: string; members: number }[]
  /** The addresses of the lists of networks at the directories that this site has joined. */
  directories: string[]
  /** The values of the form that was refused, as typed. */
  values?: FormValues | undefined
  messages?: FormState['messages'] | undefined
}

/** GET `/administration/tetes-de-reseau/demander`: `adresse`; POST `…/nouveau`: `csrf`, `name`, `presentation`, `website`. */
export function AdminNetworksPage(props: AdminNetworksPageProps) {
  const { site, session, memberships, own } = props
  const t = messagesFor(site.lang)
  const w = t.structureNetworks.admin
  const shared = { values: props.values ?? {}, messages: props.messages ?? [], t }
  const ask: FormState = {
    ...shared,
    labels: { adresse: w.askLabel },
    hints: { adresse: w.askHint },
  }
  return (
    <AdminPage
      title={w.title}
      lead={w.lead}
      form={{ ...ask, labels: { ...ask.labels, ...w.fields } }}
      {...{ site, session }}
      current={paths.adminNetworks}
      flash={props.flash}
    >
      <Memberships memberships={memberships} t={t} />
      <div>
        <PanelForm
          id="demander"
          heading={w.subject.offer.label}
          level={3}
          lead={w.askLead}
          method="get"
          action={`${paths.adminNetworks}/${MEMBERSHIP_PATHS.subject.offer}`}
          submit={w.askSubmit}
        >
          <InputField form={ask} name="adresse" required />
          {props.directories.map((href) => (
            <p>
              <Link href={href}>
                {w.askDirectory} ({new URL(href).host})
              </Link>
            </p>
          ))}
        </PanelForm>
      </div>
      <Networks section={{ id: 'animes', heading: w.own }} networks={own} none={w.ownNone} t={t} />
      <div>
        <PanelForm
          id="declarer"
          heading={w.declare}
          level={3}
          lead={w.declareLead}
          action={paths.declareNetwork}
          csrf={session.csrf}
          submit={w.declareSubmit}
        >
          <NetworkFields {...shared} isNew />
          <p class="hint">{w.seen}</p>
        </PanelForm>
      </div>
      {props.others.length > 0 && (
        <Networks
          section={{ id: 'autres', heading: w.others, lead: w.othersLead }}
          networks={props.others.map((one) => ({ ...one, waiting: 0 }))}
          t={t}
        />
      )}
    </AdminPage>
  )
}

type NetworksProps = Pick<RowsProps<Listed>, 'section' | 'none' | 't'> & { networks: Listed[] }
type Listed = AdminNetworksPageProps['own'][number]

/** Networks whose pages this team may open, with how many belong to them. */
const Networks = ({ networks, t, ...shown }: NetworksProps) => (
  <Rows
    {...shown}
    rows={networks}
    columns={[
      [
        t.structureNetworks.admin.name,
        ({ slug, name }) => <Link href={paths.adminNetwork(slug)}>{name}</Link>,
      ],
      [
        t.structureNetworks.admin.members,
        ({ members, waiting }) => t.structureNetworks.admin.ownCounts(members, waiting),
      ],
    ]}
    t={t}
  />
)

function Memberships({ memberships, t }: { memberships: OwnMembership[]; t: Messages }) {
  const w = t.structureNetworks.admin
  return (
    <Rows
      section={{ id: 'miens', heading: w.mine }}
      none={w.none}
      rows={memberships}
      t={t}
      columns={[
        [w.name, ({ uri, name }) => <Link href={uri}>{name}</Link>],
        [w.state, (one) => stateText(one, w.states)],
        [
          w.actions,
          ({ uri, name, state }) =>
            state === 'ended' ? (
              '–'
            ) : (
              <ActLinks
                acts={listActs(state, 'subject')}
                hrefOf={(act) => hrefOf(act, uri)}
                texts={w.subject}
                about={w.on(name)}
              />
            ),
        ],
      ]}
    />
  )
}

const hrefOf = (act: AgreementAct, uri: string): string =>
  `${paths.adminNetworks}/${MEMBERSHIP_PATHS.subject[act]}?${new URLSearchParams({ reseau: uri })}`
