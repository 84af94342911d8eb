import { toStatistics } from '../../../node/domain/territories/statistics.ts'
import { describeFrance } from '../../../node/routes/search/france-map.ts'
import { pageOf } from '../../../node/store/database/list-page.ts'
import { AdminNetworksPage } from '../../../ui/networks/admin-list.tsx'
import { AdminNetworkPage } from '../../../ui/networks/admin-network.tsx'
import { NetworkDashboardPage, NetworkDashboardsPage } from '../../../ui/networks/dashboard.tsx'
import { StructureNetworksPage } from '../../../ui/networks/list-page.tsx'
import { StructureNetworkPage } from '../../../ui/networks/network-page.tsx'
import { aCafe, EVIL, HUB, hoursAgo, listed, NOW, SESSION } from './sample.ts'
import { A_MAP } from './search.tsx'
import { card, statistics } from './territories.tsx'

const network = {
  slug: 'federation-des-mediatheques',
  uri: 'https://tete.example/reseaux/federation-des-mediatheques',
  name: EVIL,
  presentation: `${EVIL}\nEt d’autres mots.`,
  website: 'https://tete.example/',
  isOurs: false,
}

const networkPage = {
  site: HUB,
  cafesMap: A_MAP,
  network,
  memberTotal: 30,
  toCome: 40,
  hasMore: true,
  cafes: [listed(aCafe({ id: 'a', title: EVIL }))],
  members: { cards: [card] },
  nextHref: '/reseaux/x?apres=cafes%40lieu.example#structures',
  statistics,
  map: {
    map: await describeFrance({
      towns: [{ codeInsee: '35238', held: 2, cancelled: 0 }],
      texts: { titleOf: () => EVIL, hrefOf: () => '/territoires/c-35238' },
    }),
    departements: [{ code: '35', name: 'Ille-et-Vilaine', structures: 2, toCome: 2 }],
  },
  feed: { name: 'reseau-x', handle: '@reseau-x@annuaire.example' },
  now: NOW,
}

const membership = {
  kind: 'member-of',
  subjectUri: 'https://lieu.example/actors/cafes',
  subjectName: EVIL,
  objectUri: network.uri,
  offerId: undefined,
  state: 'ended',
  subjectAt: NOW,
  objectAt: undefined,
  endedAt: NOW,
  endedBy: 'object',
} as const

const FIRST = { page: 1, size: 1 }

const adminNetwork = {
  site: HUB,
  session: SESSION,
  network: { slug: network.slug, name: EVIL },
  isOurs: true,
  mailWorks: true,
  query: { state: 'in-force' as const, words: '' },
  counts: { asked: 1, 'in-force': 2, invited: 0, ended: 1 },
  found: pageOf([membership, membership], FIRST),
  managers: [
    { accountId: 'a', email: 'responsable@tete.example', name: EVIL, wasEntered: true },
    { accountId: 'b', email: 'nouvelle@tete.example', name: '', wasEntered: false },
  ],
  values: { name: EVIL, presentation: EVIL, website: '' },
}

export const networkPages: Record<string, { toString(): string }> = {
  networks: (
    <StructureNetworksPage
      site={HUB}
      networks={[
        { slug: 'x', name: EVIL, members: 2, toCome: 1 },
        { slug: 'y', name: 'La Poste', members: 1, toCome: 0 },
      ]}
    />
  ),
  'no network': <StructureNetworksPage site={HUB} networks={[]} />,
  'network of structures': <StructureNetworkPage {...networkPage} />,
  'network without anything': (
    <StructureNetworkPage
      {...networkPage}
      network={{ ...network, presentation: '', website: undefined, isOurs: true }}
      memberTotal={0}
      toCome={0}
      cafes={[]}
      members={{ links: [], directories: ['https://annuaire.example/reseaux'] }}
      nextHref={undefined}
      statistics={toStatistics([], { organizers: 0, countedAt: NOW })}
      map={undefined}
      feed={undefined}
    />
  ),
  'networks of the administration': (
    <AdminNetworksPage
      site={HUB}
      session={SESSION}
      memberships={[
        { uri: network.uri, name: EVIL, state: 'in-force', endedBy: undefined },
        {
          uri: `${network.uri}-2`,
          name: 'Un autre',
          state: 'invited',
          endedBy: undefined,
        },
        { uri: `${network.uri}-3`, name: 'Fini', state: 'ended', endedBy: 'object' },
      ]}
      own={[{ slug: 'x', name: EVIL, members: 2, waiting: 1 }]}
      others={[{ slug: 'z', name: EVIL, members: 3 }]}
      directories={['https://annuaire.example/reseaux']}
      flash="requested"
    />
  ),
  'networks of the administration, refused': (
    <AdminNetworksPage
      site={HUB}
      session={SESSION}
      memberships={[]}
      own={[]}
      others={[]}
      directories={[]}
      values={{ adresse: EVIL, name: '', presentation: EVIL, website: EVIL }}
      messages={[
        { name: 'adresse', message: EVIL },
        { name: 'name', message: EVIL },
      ]}
    />
  ),
  'own network at the administration': (
    <AdminNetworkPage {...adminNetwork} newLink="https://tete.example/administration/lien/x" />
  ),
  'own network at the administration, refused': (
    <AdminNetworkPage
      {...adminNetwork}
      query={{ state: 'invited', words: '' }}
      found={pageOf([], FIRST)}
      managers={[]}
      messages={[
        { name: 'email', message: EVIL },
        { name: 'adresse', message: EVIL },
      ]}
    />
  ),
  'own network at the administration, what has ended': (
    <AdminNetworkPage
      {...adminNetwork}
      query={{ state: 'ended', words: EVIL }}
      found={pageOf([{ ...membership, subjectName: '' }], FIRST)}
    />
  ),
  'network of others at the administration': <AdminNetworkPage {...adminNetwork} isOurs={false} />,
  'dashboard of a network': (
    <NetworkDashboardPage
      {...networkPage}
      csrf="c"
      networks={[network, { slug: 'y', name: 'La Poste' }]}
      workspaces={[{ href: '/administration/territoire/35', label: EVIL }]}
      known={{ ...networkPage, members: [{ ...card, lastWordAt: hoursAgo(50) }] }}
    />
  ),
  'dashboard at a place': (
    <NetworkDashboardPage
      {...networkPage}
      csrf="c"
      networks={[network]}
      known={{
        links: [{ href: 'https://lieu.example/', label: EVIL }],
        directories: ['https://annuaire.example/reseaux'],
      }}
    />
  ),
  'dashboard without a structure': (
    <NetworkDashboardPage
      {...networkPage}
      csrf="c"
      networks={[network]}
      memberTotal={0}
      nextHref={undefined}
      known={{
        members: [],
        cafes: [],
        hasMore: false,
        statistics: toStatistics([], { organizers: 0, countedAt: NOW }),
      }}
    />
  ),
  'several dashboards': (
    <NetworkDashboardsPage
      site={HUB}
      csrf="c"
      networks={[network, { slug: 'y', name: 'La Poste' }]}
    />
  ),
}
