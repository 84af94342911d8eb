import type { DuplicateReason } from '../../../node/domain/cafes/duplicate.ts'
import { toStatistics } from '../../../node/domain/territories/statistics.ts'
import { mapOfFrance } from '../../../node/geo/outlines.ts'
import { DuplicatesPage } from '../../../ui/cafes/duplicates-page.tsx'
import { AdmissionPage, type AdmissionPageProps } from '../../../ui/directory/admission-page.tsx'
import { FollowPage } from '../../../ui/follow/follow-page.tsx'
import { AdminNetworksPage } from '../../../ui/networks/admin-list.tsx'
import { AdminNetworkPage } from '../../../ui/networks/admin-network.tsx'
import { NetworkDashboardPage, NetworkDashboardsPage } from '../../../ui/networks/dashboard.tsx'
import { StructureNetworksPage } from '../../../ui/networks/list-page.tsx'
import { StructureNetworkPage } from '../../../ui/networks/network-page.tsx'
import { StructuresPage } from '../../../ui/structures/list-page.tsx'
import { OrganisePage } from '../../../ui/structures/organise-page.tsx'
import { StructurePage } from '../../../ui/structures/structure-page.tsx'
import { AdminRequestsPage } from '../../../ui/territories/admin-requests.tsx'
import { AlertLinkPage, AlertPage } from '../../../ui/territories/alert-pages.tsx'
import { TerritoriesPage, UnknownTerritoryPage } from '../../../ui/territories/index-page.tsx'
import { RequestPage } from '../../../ui/territories/request-form.tsx'
import { TerritoryPage, type TerritoryPageProps } from '../../../ui/territories/territory-page.tsx'
import { aCafe, aPeer, aProfile, EVIL, HUB, hoursAgo, listed, NOW, SESSION } from './sample.ts'
import { A_MAP } from './search.tsx'

const pair = (reason: DuplicateReason | undefined) => ({
  one: aCafe({ id: 'd1', title: EVIL, peerId: 'p' }),
  other: aCafe({ id: 'd2', title: EVIL, peerId: 'q' }),
  reason,
})

const link = (label: string, toCome = 0) => ({ href: '/territoires/35', label, toCome })

const card = {
  id: 'cafes@lieu.example',
  name: EVIL,
  kind: 'BIB',
  commune: EVIL,
  departement: '35',
  toCome: 2,
  held: 0,
} as const

const aShownReferent = {
  name: EVIL,
  word: 'référente',
  territory: 'Ille-et-Vilaine (35)',
  endsOn: Temporal.PlainDate.from('2027-11-24'),
  attestationHref: 'https://annuaire.example/attestations/1',
  profileHref: 'https://lieu.example/animation/claire',
} as const

const territory: TerritoryPageProps = {
  site: HUB,
  territory: { code: '35', kind: 'departement', label: 'Ille-et-Vilaine (35)' },
  parents: [link('Bretagne')],
  cafes: [listed(aCafe({ id: 'a', title: EVIL }))],
  toCome: 1,
  moreHref: '/?territoire=35',
  around: undefined,
  nearest: undefined,
  map: undefined,
  structures: [card, { ...card, id: 'x@y.example', kind: undefined, departement: undefined }],
  structureTotal: 30,
  parts: [link('Rennes Métropole', 2), link('CC Bretagne Romantique')],
  neighbours: [link('Mayenne (53)')],
  feeds: [
    {
      name: 'cafes-ille-et-vilaine',
      code: '35',
      label: 'Ille-et-Vilaine (35)',
      handle: '@cafes-ille-et-vilaine@annuaire.example',
    },
  ],
  demands: 12,
  mailWorks: true,
  answering: { referents: [aShownReferent], isOwn: true },
  now: NOW,
}

const far = listed(aCafe({ id: 'b' }), { distanceKm: 203, approximate: true })

const structure = {
  id: 'cafes@lieu.example',
  uri: 'https://lieu.example/actors/cafes',
  name: EVIL,
  url: 'javascript:alert(1)',
  handle: '@cafes@lieu.example',
  kind: 'BIB',
  address: aProfile().address,
  website: 'https://lieu.example/',
  lastWordAt: hoursAgo(50),
} as const

const alertValues = { email: EVIL, ou: EVIL, rayon: '30', territoire: '' }

const network = {
  slug: 'federation-des-mediatheques',
  uri: 'https://tete.example/reseaux/federation-des-mediatheques',
  name: EVIL,
  presentation: `${EVIL}\nEt d’autres mots.`,
  website: 'https://tete.example/',
  isOurs: false,
}

const statistics = toStatistics(
  [
    { month: '2026-11', departement: '35', held: 4, toCome: 0, cancelled: 1 },
    { month: '2026-12', departement: undefined, held: 0, toCome: 2, cancelled: 0 },
  ],
  { organizers: 3, countedAt: NOW },
)

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
    map: mapOfFrance(),
    counts: new Map([['35', 2]]),
    points: [
      {
        x: 100,
        y: 100,
        latitude: 48,
        longitude: -1,
        href: '/territoires/c-35238',
        title: EVIL,
        count: 2,
      },
    ],
    departements: [{ code: '35', name: 'Ille-et-Vilaine', structures: 2, toCome: 2 }],
  },
  feed: { name: 'reseau-x', handle: '@reseau-x@annuaire.example' },
  now: NOW,
}

const rows = (nextHref?: string) => ({
  items: [{ uri: 'https://lieu.example/actors/cafes', name: EVIL, note: undefined }],
  nextHref,
})

const adminNetwork = {
  site: HUB,
  session: SESSION,
  network: { slug: network.slug, name: EVIL },
  isOurs: true,
  mailWorks: true,
  asked: rows(),
  members: rows('?membres=x'),
  invited: rows(),
  ended: {
    items: [
      {
        ...rows().items[0],
        uri: 'https://x.example/actors/cafes',
        name: 'X',
        note: EVIL,
      },
    ],
    nextHref: undefined,
  },
  managers: [
    { accountId: 'a', email: 'responsable@tete.example', name: EVIL, wasEntered: true },
    { accountId: 'b', email: 'nouvelle@tete.example', name: '', wasEntered: false },
  ],
  values: { name: EVIL, presentation: EVIL, website: '' },
}

/** Territories, structures, alerts and demands of a directory, in every state. */
const admission: Omit<AdmissionPageProps, 'peer'> = {
  site: HUB,
  session: SESSION,
  asked: {
    outcome: 'found',
    kind: 'BIB',
    address: {
      streetAddress: undefined,
      postalCode: '35000',
      commune: EVIL,
      codeInsee: '35238',
      departement: '35',
      region: '53',
    },
    phone: '02 99 00 00 00',
    website: 'https://lieu.example/',
    cafes: [
      {
        ...{ title: EVIL, url: 'javascript:alert(1)', startsAt: hoursAgo(-30) },
        ...{ timezone: 'Europe/Paris', openTo: 'reserved', commune: EVIL, hasPrice: true },
      },
    ],
  },
  territory: { name: 'Ille-et-Vilaine (35)', referents: [EVIL] },
  advice: [{ name: EVIL, territory: EVIL, reason: EVIL }],
  now: NOW,
  values: {},
  messages: [],
}

export const directoryPages: Record<string, { toString(): string }> = {
  'a site that asks to come in': (
    <AdmissionPage
      {...admission}
      peer={aPeer({
        membership: 'requested',
        name: EVIL,
        invitation: EVIL,
        requestedAt: hoursAgo(9),
      })}
    />
  ),
  'a site that asks and is silent': (
    <AdmissionPage
      {...admission}
      peer={aPeer({ membership: 'requested' })}
      asked={{ outcome: 'silent' }}
      territory={undefined}
      values={{ why: 'other', words: EVIL }}
      messages={[{ name: 'words', message: EVIL }]}
    />
  ),
  'a site that was refused': (
    <AdmissionPage {...admission} peer={aPeer({ membership: 'refused', reason: EVIL })} />
  ),
  'a site that is in': <AdmissionPage {...admission} peer={aPeer()} />,
  territory: <TerritoryPage {...territory} />,
  'territory without a café': (
    <TerritoryPage
      {...territory}
      territory={{ code: 'c-35238', kind: 'commune', label: EVIL }}
      cafes={[]}
      toCome={0}
      around={{ cafes: [], radiusKm: 30 }}
      nearest={{ listed: far, from: EVIL }}
      feeds={[
        ...territory.feeds,
        { name: 'cafes-x', code: '56', label: EVIL, handle: '@cafes-x@y' },
      ]}
      requestNotice="counted"
      answering={{ referents: [], isOwn: false }}
      mailWorks={false}
    />
  ),
  'territory with cafés around': (
    <TerritoryPage
      {...territory}
      territory={{ code: 'c-35238', kind: 'commune', label: 'Rennes (35)' }}
      around={{ cafes: [far], radiusKm: 30 }}
      answering={{ referents: [aShownReferent, aShownReferent], isOwn: false }}
      parts={[]}
    />
  ),
  'unknown territory': <UnknownTerritoryPage site={HUB} suggestions={[link(EVIL)]} />,
  territories: (
    <TerritoriesPage
      site={HUB}
      map={mapOfFrance()}
      regions={[
        {
          region: link('Bretagne', 2),
          departements: [
            { ...link('Finistère (29)', 1), code: '29' },
            { ...link('x'), code: '22' },
          ],
        },
        {
          region: link('La Réunion'),
          departements: [{ ...link('La Réunion (974)'), code: '974' }],
        },
      ]}
    />
  ),
  'which town': (
    <RequestPage site={HUB} town={EVIL} towns={[{ code: 'c-93066', label: 'Saint-Denis (93)' }]} />
  ),
  'no such town': <RequestPage site={HUB} town={EVIL} message="Cette commune n’est pas connue." />,
  'tell me': (
    <AlertPage
      site={HUB}
      values={alertValues}
      place={undefined}
      messages={[
        { name: 'ou', message: 'Cette commune n’est pas connue.' },
        { name: 'email', message: 'Donnez une adresse\u00a0: prenom@lieu.example.' },
      ]}
      mailWorks
    />
  ),
  'tell me of a territory': (
    <AlertPage
      site={HUB}
      values={{ ...alertValues, territoire: '35' }}
      place="Ille-et-Vilaine (35)"
      messages={[]}
      mailWorks
    />
  ),
  'tell me, without mail': (
    <AlertPage site={HUB} values={alertValues} place={undefined} messages={[]} mailWorks={false} />
  ),
  ...Object.fromEntries(
    (['sent', 'keep', 'keepDone', 'stop', 'stopDone'] as const).map((state) => [
      `alert ${state}`,
      <AlertLinkPage site={HUB} state={state} place={EVIL} action="/alertes/x" until={NOW} />,
    ]),
  ),
  structures: (
    <StructuresPage
      site={HUB}
      values={{ q: EVIL, type: 'BIB', territoire: EVIL }}
      structures={[card]}
      map={A_MAP}
      total={31}
      nextHref="/structures?apres=x"
      continued={false}
      kinds={['BIB', 'ecole']}
      territory={EVIL}
    />
  ),
  'structures of an unknown territory': (
    <StructuresPage
      site={HUB}
      values={{ q: '', type: '', territoire: EVIL }}
      structures={[]}
      map={undefined}
      total={0}
      nextHref={undefined}
      continued={false}
      kinds={[]}
      territory={undefined}
      isUnknown
    />
  ),
  structure: (
    <StructurePage
      site={HUB}
      structure={structure}
      cafes={territory.cafes}
      hasMore
      map={A_MAP}
      past={[listed(aCafe({ id: 'c' }, '2026-10-01T18:00[Europe/Paris]'))]}
      networks={[{ href: '/reseaux/x', label: EVIL }]}
      territories={[link(EVIL)]}
      source={aPeer({
        failingSince: hoursAgo(73),
        silentSince: hoursAgo(73),
        lastSeenAt: hoursAgo(75),
      })}
      now={NOW}
    />
  ),
  organise: <OrganisePage site={HUB} sourceUrl={undefined} />,
  'organise, with the source elsewhere': (
    <OrganisePage site={HUB} sourceUrl="https://forge.example/cafe-ia" />
  ),
  'follow a territory of a directory': (
    <FollowPage
      site={HUB}
      areas={{
        regions: [{ code: 'r-53', name: 'Bretagne', feed: 'cafes-bretagne' }],
        departements: [{ code: '35', name: EVIL, feed: 'cafes-ille-et-vilaine' }],
      }}
    />
  ),
  demands: (
    <AdminRequestsPage
      site={HUB}
      session={SESSION}
      level="commune"
      order="total"
      rows={[
        {
          code: 'c-35238',
          name: EVIL,
          within: EVIL,
          total: 1200,
          toCome: 0,
          last: Temporal.PlainYearMonth.from('2026-11'),
        },
      ]}
    />
  ),
  duplicates: (
    <DuplicatesPage
      site={HUB}
      session={SESSION}
      suspected={[pair('likeness')]}
      folded={[pair('team')]}
      apart={[pair(undefined)]}
    />
  ),
  'no duplicates': (
    <DuplicatesPage site={HUB} session={SESSION} suspected={[]} folded={[]} apart={[]} />
  ),
  'no demands': (
    <AdminRequestsPage site={HUB} session={SESSION} level="region" order="name" rows={[]} />
  ),
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
        { uri: network.uri, name: EVIL, state: 'member', actions: ['quitter'] },
        {
          uri: `${network.uri}-2`,
          name: 'Un autre',
          state: 'invitedMe',
          actions: ['accepter', 'refuser'],
        },
        { uri: `${network.uri}-3`, name: 'Fini', state: 'endedByNetwork', actions: [] },
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
      asked={{ items: [], nextHref: undefined }}
      members={{ items: [], nextHref: undefined }}
      managers={[]}
      messages={[
        { name: 'email', message: EVIL },
        { name: 'adresse', message: EVIL },
      ]}
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
