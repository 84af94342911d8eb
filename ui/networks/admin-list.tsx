import {
  type Agreement,
  type AgreementAct,
  listActs,
} from '../../node/domain/agreements/agreement.ts'
import { AdminPage, type AdminProps } from '../admin/layout.tsx'
import { ActLinks, stateText } from '../agreements/acts.tsx'
import { CardTable } from '../components/card-table.tsx'
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
      form={{ ...ask, labels: { ...w.fields, ...ask.labels } }}
      {...{ site, session }}
      current={paths.adminNetworks}
      flash={props.flash}
    >
      <section aria-labelledby="miens">
        <h2 id="miens">{w.mine}</h2>
        {memberships.length === 0 ? (
          <p>{w.none}</p>
        ) : (
          <Memberships memberships={memberships} t={t} />
        )}
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
      </section>
      <section aria-labelledby="animes">
        <h2 id="animes">{w.own}</h2>
        {own.length === 0 && <p>{w.ownNone}</p>}
        <ul class="structures">
          {own.map(({ slug, name, members, waiting }) => (
            <li>
              <h3>
                <Link href={paths.adminNetwork(slug)}>{name}</Link>
              </h3>
              <p class="fine">{w.ownCounts(members, waiting)}</p>
            </li>
          ))}
        </ul>
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
      </section>
      {props.others.length > 0 && (
        <section aria-labelledby="autres">
          <h2 id="autres">{w.others}</h2>
          <p>{w.othersLead}</p>
          <ul class="structures">
            {props.others.map(({ slug, name, members }) => (
              <li>
                <h3>
                  <Link href={paths.adminNetwork(slug)}>{name}</Link>
                </h3>
                <p class="fine">{w.ownCounts(members, 0)}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </AdminPage>
  )
}

function Memberships({ memberships, t }: { memberships: OwnMembership[]; t: Messages }) {
  const w = t.structureNetworks.admin
  return (
    <CardTable
      rows={memberships}
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
