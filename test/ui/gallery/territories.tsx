import {
  NO_TOTALS,
  type SiteStatistics,
  toStatistics,
} from '../../../node/domain/territories/statistics.ts'
import { describeFrance } from '../../../node/routes/search/france-map.ts'
import { readCountedValues } from '../../../node/routes/territories/counted-cafes.tsx'
import { pageOf } from '../../../node/store/database/list-page.ts'
import { FollowPage } from '../../../ui/follow/follow-page.tsx'
import { NO_SEARCH } from '../../../ui/search/values.ts'
import { AdminRequestsPage } from '../../../ui/territories/admin-requests.tsx'
import { AlertLinkPage, AlertPage } from '../../../ui/territories/alert-pages.tsx'
import { CountedCafesPage } from '../../../ui/territories/counted-cafes-page.tsx'
import { TerritoriesPage, UnknownTerritoryPage } from '../../../ui/territories/index-page.tsx'
import { RequestPage } from '../../../ui/territories/request-form.tsx'
import { StatisticsPage } from '../../../ui/territories/statistics-page.tsx'
import type { TerritoryPageProps } from '../../../ui/territories/territory-page.tsx'
import { TerritoryPage } from '../../../ui/territories/territory-page.tsx'
import { aCafe, EVIL, HUB, listed, NODE, NOW, SESSION } from './sample.ts'

export const link = (label: string, toCome = 0) => ({ href: '/territoires/35', label, toCome })

export const card = {
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

export const territory: TerritoryPageProps = {
  site: HUB,
  territory: { code: '35', kind: 'departement', label: 'Ille-et-Vilaine (35)' },
  help: { href: 'https://cartographie.societenumerique.gouv.fr/bretagne', name: 'Bretagne' },
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
  requests: 12,
  mailWorks: true,
  answering: { referents: [aShownReferent], isOwn: true },
  now: NOW,
}

const far = listed(aCafe({ id: 'b' }), { distanceKm: 203, approximate: true })

const alertValues = { email: EVIL, ou: EVIL, rayon: '30', territoire: '', rythme: 'new' as const }

export const statistics = toStatistics(
  [
    {
      ...{ ...NO_TOTALS, month: '2026-11', departement: '35', held: 4, cancelled: 1, reserved: 1 },
      ...{ reported: 2, participations: 43, firstTimers: 8, askedFirst: 20 },
    },
    { ...NO_TOTALS, month: '2026-12', departement: undefined, toCome: 2 },
  ],
  { organizers: 3, countedAt: NOW },
)

const siteStatistics: SiteStatistics = {
  ...statistics,
  recent: {
    from: Temporal.PlainDate.from('2026-10-26'),
    until: Temporal.PlainDate.from('2026-11-24'),
    ...{ held: 5, reported: 2, participations: 43 },
  },
  communes: { total: 3, reported: 1 },
  organizersSince: Temporal.PlainYearMonth.from('2025-11'),
  groups: (['type', 'format', 'reseau'] as const).map((grouping) => ({
    ...{ grouping, key: grouping === 'type' ? 'BIB' : EVIL, label: EVIL },
    ...{ held: 5, reported: 2, participations: 43 },
  })),
}
const nothing: SiteStatistics = {
  ...toStatistics([], { organizers: 0, countedAt: NOW }),
  recent: { ...siteStatistics.recent, held: 0, reported: 0, participations: 0 },
  ...{ communes: { total: 0, reported: 0 }, groups: [] },
  organizersSince: siteStatistics.organizersSince,
}
const names = { nameOf: () => EVIL, regionOf: () => '53' }
const counted = {
  site: HUB,
  values: readCountedValues(() => undefined),
  filters: [EVIL],
  nextHref: '/chiffres/cafes?curseur=x',
}

export const territoryPages: Record<string, { toString(): string }> = {
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
  'the figures': <StatisticsPage site={HUB} statistics={siteStatistics} names={names} now={NOW} />,
  'the figures of a place': (
    <StatisticsPage site={NODE} statistics={siteStatistics} names={names} now={NOW} />
  ),
  'the figures before anything was told': (
    <StatisticsPage
      site={HUB}
      statistics={{ ...siteStatistics, reported: 0, participations: 0, askedFirst: 0 }}
      names={names}
      now={NOW}
    />
  ),
  'the figures before any café': (
    <StatisticsPage site={HUB} statistics={nothing} names={names} now={NOW} />
  ),
  'the cafés of a figure': (
    <CountedCafesPage
      {...counted}
      cafes={[
        {
          ...{ href: '/cafes/x', title: EVIL, day: Temporal.PlainDate.from('2026-11-20') },
          ...{ where: EVIL, organizer: EVIL, participations: 23 },
        },
        {
          ...{ href: '/cafes/y', title: EVIL, day: Temporal.PlainDate.from('2026-11-19') },
          ...{ where: undefined, organizer: EVIL, participations: undefined },
        },
      ]}
      counts={{ total: 1000, participations: undefined, isCapped: true }}
    />
  ),
  'the cafés of a figure without any': (
    <CountedCafesPage {...counted} cafes={[]} counts={undefined} nextHref={undefined} />
  ),
  'unknown territory': <UnknownTerritoryPage site={HUB} suggestions={[link(EVIL)]} />,
  territories: (
    <TerritoriesPage
      site={HUB}
      map={await describeFrance({ towns: [] })}
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
      conditions={NO_SEARCH}
      words={[]}
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
      conditions={NO_SEARCH}
      words={[]}
      site={HUB}
      values={{ ...alertValues, territoire: '35', rythme: 'new' }}
      place="Ille-et-Vilaine (35)"
      messages={[]}
      mailWorks
    />
  ),
  'tell me, without mail': (
    <AlertPage
      conditions={NO_SEARCH}
      words={[]}
      site={HUB}
      values={alertValues}
      place={undefined}
      messages={[]}
      mailWorks={false}
    />
  ),
  ...Object.fromEntries(
    (['sent', 'keep', 'keepDone', 'stop', 'stopDone'] as const).map((state) => [
      `alert ${state}`,
      <AlertLinkPage site={HUB} state={state} place={EVIL} action="/alertes/x" until={NOW} />,
    ]),
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
  ...Object.fromEntries(
    [0, 1200].map((total) => [
      `follow a département with ${total} places`,
      <FollowPage
        site={HUB}
        feed={{
          name: 'cafes-ille-et-vilaine',
          title: EVIL,
          handle: '@cafes-ille-et-vilaine@annuaire.example',
          href: '/territoires/35',
          agenda: '/export/cafes.ics?territory=35',
          atom: '/export/cafes.atom?territory=35',
          places: {
            total,
            collections: [1, 2].map(
              (part) => `https://annuaire.example/actors/cafes-ille-et-vilaine/collections/${part}`,
            ),
          },
        }}
      />,
    ]),
  ),
  'requests for a café': (
    <AdminRequestsPage
      site={HUB}
      session={SESSION}
      query={{ state: 'commune', words: EVIL }}
      order="total"
      counts={{ commune: 2, departement: 1, region: 1 }}
      found={pageOf(
        [
          {
            code: 'c-35238',
            name: EVIL,
            within: EVIL,
            total: 1200,
            toCome: 0,
            last: Temporal.PlainYearMonth.from('2026-11'),
          },
        ],
        { page: 1, size: 10 },
      )}
    />
  ),
  'no requests for a café': (
    <AdminRequestsPage
      site={HUB}
      session={SESSION}
      query={{ state: 'region', words: '' }}
      order="name"
      counts={{ commune: 0, departement: 0, region: 0 }}
      found={pageOf([], { page: 1, size: 10 })}
    />
  ),
}
