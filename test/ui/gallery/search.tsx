import { describeSmallFrance } from '../../../node/routes/search/france-map.ts'
import type { ListMap } from '../../../ui/maps/map-panel.tsx'
import { HomePage } from '../../../ui/search/home-page.tsx'
import { SearchPage } from '../../../ui/search/search-page.tsx'
import { NO_SEARCH } from '../../../ui/search/values.ts'
import { aCafe, EVIL, HUB, NOW } from './sample.ts'
import { found } from './sample-cafes.ts'

/** The home page of a directory and its searches. */

export const A_MAP: ListMap = {
  window: { left: 100, top: 100, size: 60, tall: 1 },
  kmWide: 60,
  outlines: [{ code: '35', d: 'M110,110l30 2 5 30-30 2z', isAsked: true }],
  neighbours: ['M150,110l30 2 5 30-30 2z'],
  points: [
    { x: 0.5, y: 0.5, number: 1, href: '#cafe-1', title: EVIL, town: 'Rennes', held: 1 },
    { x: 0.51, y: 0.5, number: 2, href: '#cafe-2', title: 'Deux', town: 'Rennes', held: 0 },
    { x: 0.7, y: 0.7, href: '/territoires/c-35360', title: EVIL, town: EVIL, held: 4 },
  ],
  towns: [{ name: 'Rennes', population: 220_000, x: 0.5, y: 0.5 }],
  circle: { x: 0.5, y: 0.5, radius: 0.3, km: 30 },
  label: 'Rennes',
}

const towns = [
  { codeInsee: '35238', held: 2, cancelled: 1 },
  { codeInsee: '97411', held: 40, cancelled: 0 },
  { codeInsee: '26113', held: 0, cancelled: 1 },
]
const texts = { titleOf: () => EVIL, hrefOf: (code: string) => `/territoires/c-${code}` }

const inhabited = {
  departements: ['35', '974'],
  map: await describeSmallFrance({ towns, texts }),
  regions: [
    { code: 'r-04', name: 'La Réunion' },
    { code: 'r-53', name: 'Bretagne' },
  ],
}

const rennes = { ...NO_SEARCH, ou: '35000 Rennes', rayon: '30' }

export const searchPages: Record<string, { toString(): string }> = {
  'home of a directory': (
    <HomePage
      {...{ site: HUB, cafes: found, total: 3, ...inhabited, now: NOW }}
      online={{
        ...{ cafe: aCafe({ title: EVIL, attendanceMode: 'online' }), href: '/cafes/a' },
        recurrence: {
          ...{ start: '2026-12-03T13:00', rrule: 'FREQ=WEEKLY;BYDAY=TH' },
          ...{ exclude: [], include: [] },
        },
        seriesHref: '/series/s',
      }}
    />
  ),
  'home of a directory without a café': (
    <HomePage
      site={HUB}
      cafes={[]}
      total={0}
      departements={[]}
      regions={[]}
      map={await describeSmallFrance({ towns: [] })}
      online={undefined}
      now={NOW}
      signedIn
    />
  ),
  'search by date': (
    <SearchPage
      site={HUB}
      values={rennes}
      outcome={{
        type: 'found',
        place: 'Rennes (35)',
        radiusKm: 30,
        cafes: found,
        nextHref: '/?c=1',
        map: A_MAP,
      }}
      now={NOW}
    />
  ),
  'search with criteria': (
    <SearchPage
      site={HUB}
      values={{
        ...NO_SEARCH,
        q: EVIL,
        territoire: 'r-53',
        acces: 'hi,mi',
        type: 'BIB',
        langue: 'br',
        organisateur: 'https://poste.example/a',
        intention: 'apprendre',
        ouvert: 'tous',
        passes: '1',
      }}
      outcome={{
        type: 'found',
        place: undefined,
        radiusKm: undefined,
        cafes: found.map((cafe) => ({
          ...cafe,
          others: { href: '/?q=1', total: 6, isMore: false, areCancelled: false },
        })),
        nextHref: '/?c=1',
        counts: { total: 1000, cancelled: 0, isCapped: true },
        names: { territory: 'Bretagne', organizer: 'La Poste' },
      }}
      now={NOW}
    />
  ),
  'search by distance': (
    <SearchPage
      site={HUB}
      values={{ ...rennes, tri: 'distance', q: 'travail', mode: 'presentiel' }}
      outcome={{
        type: 'found',
        place: 'Rennes (35)',
        radiusKm: 30,
        understood: {
          note: 'words',
          others: [{ href: '/?ou=35281', label: `${EVIL} (Ille-et-Vilaine, 35)` }],
          or: [{ href: '/?ou=35282', label: `${EVIL} (Ille-et-Vilaine, 35)` }],
        },
        cafes: found,
        nextHref: undefined,
      }}
      now={NOW}
    />
  ),
  'search for a name of several towns': (
    <SearchPage
      site={HUB}
      values={{ ...NO_SEARCH, ou: 'Saint-Denis' }}
      outcome={{
        type: 'found',
        place: 'Saint-Denis (974)',
        radiusKm: 30,
        understood: {
          or: ['Seine-Saint-Denis, 93', 'Aude, 11', 'Gard, 30'].map((where, at) => ({
            href: `/?ou=${at}`,
            label: `Saint-Denis (${where})`,
          })),
        },
        cafes: found,
        nextHref: undefined,
      }}
      now={NOW}
    />
  ),
  'search without a result': (
    <SearchPage
      site={HUB}
      values={{ ...rennes, rayon: '10', quand: 'ce-week-end', q: EVIL }}
      outcome={{
        ...{ type: 'found', place: 'Die (26)', radiusKm: 10, cafes: [], nextHref: undefined },
        groups: [
          { kind: 'later', cafes: found.slice(0, 2), href: '/?ou=Die' },
          { kind: 'farther', cafes: found.slice(2), nearestKm: 34, radiusKm: 50, href: '/?ou=Die' },
        ],
        map: A_MAP,
      }}
      now={NOW}
    />
  ),
  'search for an unknown town': (
    <SearchPage
      site={HUB}
      values={{ ...NO_SEARCH, ou: EVIL }}
      outcome={{ type: 'problems', problems: [{ field: 'ou', code: 'unknown_place' }] }}
      now={NOW}
    />
  ),
}
