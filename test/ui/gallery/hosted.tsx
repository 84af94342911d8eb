import { HostedStructurePage, HostedStructuresPage } from '../../../ui/structures/admin-hosted.tsx'
import { CloseStructurePage } from '../../../ui/structures/close-page.tsx'
import { StructurePage } from '../../../ui/structures/structure-page.tsx'
import { aProfile, EVIL, hoursAgo, NODE, NOW, SESSION } from './sample.ts'
import { own } from './sample-cafes.ts'

const structure = {
  ...{ id: 'h1', slug: 'mediatheque-de-bruz', name: EVIL, commune: 'Bruz' },
  ...{ createdAt: hoursAgo(50), suspension: undefined, people: 2, toCome: 3 },
}
const suspension = { at: hoursAgo(5), reason: EVIL }
const empty = { ...structure, id: 'h2', commune: undefined, people: 0, toCome: 0 }

/** The session of somebody who may choose between structures. */
const session = {
  ...SESSION,
  structures: {
    current: NODE.name,
    listed: [
      { id: 'h0', name: NODE.name },
      { id: 'h1', name: EVIL },
    ],
    others: 12,
    areAll: true,
  },
}

const list = {
  ...{ site: NODE, session, values: { name: '', slug: '' }, problems: [] },
  query: { state: 'all', words: '' },
} as const

const shown = {
  ...{ site: NODE, now: NOW, territories: [], networks: [], source: undefined, map: undefined },
  structure: {
    ...{ id: 'mediatheque-de-bruz', uri: 'https://mediatheque.example/actors/mediatheque-de-bruz' },
    ...{ name: EVIL, kind: 'BIB' as const, lastWordAt: hoursAgo(50), website: undefined },
    url: 'https://mediatheque.example/structures/mediatheque-de-bruz',
    handle: '@mediatheque-de-bruz@mediatheque.example',
    address: aProfile().address,
  },
  help: { href: 'https://cartographie.societenumerique.gouv.fr/', name: undefined },
} as const

/** Pages about the structures that a site hosts, and the public page of one. */
const share = {
  shares: 2,
  cafes: { used: 12, most: 2_000 },
  pictures: { used: 2_000, most: 2_000 },
  calendars: { used: 0, most: 20 },
}

export const hostedPages: Record<string, { toString(): string }> = {
  'hosted structures': (
    <HostedStructuresPage
      {...list}
      counts={{ all: 3, open: 2, suspended: 1 }}
      found={{
        rows: [structure, { ...structure, suspension }, empty],
        page: 1,
        pages: 1,
        total: 3,
      }}
    />
  ),
  'hosted structures, none, and a wrong form': (
    <HostedStructuresPage
      {...list}
      session={SESSION}
      counts={{ all: 0, open: 0, suspended: 0 }}
      found={{ rows: [], page: 1, pages: 1, total: 0 }}
      values={{ name: '', slug: EVIL }}
      problems={[
        { name: 'name', code: 'nameMissing' },
        { name: 'slug', code: 'slugTaken' },
      ]}
    />
  ),
  'a hosted structure without a team': (
    <HostedStructurePage
      {...{ site: NODE, session, share }}
      structure={empty}
      handle="@bruz@a.example"
    />
  ),
  'a hosted structure that is suspended': (
    <HostedStructurePage
      {...{ site: NODE, session }}
      share={{ ...share, typed: EVIL, isWrong: true }}
      structure={{ ...structure, suspension }}
      handle={`@${'x'.repeat(40)}@une-adresse-assez-longue.mediatheque.example`}
    />
  ),
  'closing a hosted structure': (
    <CloseStructurePage
      {...{ site: NODE, session }}
      name={EVIL}
      toCome={3}
      values={{ passe: '', sur: '' }}
      problems={[]}
    />
  ),
  'closing a hosted structure, with nothing chosen': (
    <CloseStructurePage
      {...{ site: NODE, session }}
      name="Le Fournil"
      toCome={0}
      values={{ passe: 'other', sur: '' }}
      problems={['noPast', 'notSure']}
    />
  ),
  'page of a hosted structure': (
    <StructurePage
      {...{ ...shown, cafes: own, past: own }}
      profile={aProfile()}
      people={[{ href: '/animation/awa', label: EVIL }]}
      hasMore
    />
  ),
  'page of a hosted structure without a café': (
    <StructurePage
      closedOn="5 décembre 2026"
      {...shown}
      profile={aProfile()}
      cafes={[]}
      hasMore={false}
      past={[]}
    />
  ),
}
