import type { DuplicateReason } from '../../../node/domain/cafes/duplicate.ts'
import { pageOf } from '../../../node/store/database/list-page.ts'
import { DuplicatesPage } from '../../../ui/cafes/duplicates-page.tsx'
import { AdmissionPage, type AdmissionPageProps } from '../../../ui/directory/admission-page.tsx'
import { BlockListPage } from '../../../ui/directory/block-list-page.tsx'
import { BlocksPage } from '../../../ui/directory/blocks-page.tsx'
import { HiddenPage } from '../../../ui/directory/hidden-page.tsx'
import { StructuresPage } from '../../../ui/structures/list-page.tsx'
import { OrganisePage } from '../../../ui/structures/organise-page.tsx'
import { StructurePage } from '../../../ui/structures/structure-page.tsx'
import {
  aCafe,
  aPeer,
  aProfile,
  EVIL,
  HUB,
  hoursAgo,
  listed,
  NODE,
  NOW,
  SESSION,
} from './sample.ts'
import { A_MAP } from './search.tsx'
import { card, link, territory } from './territories.tsx'

const COUNTED = { suspected: 1, folded: 1, apart: 1 }

const pair = (reason: DuplicateReason | undefined) => ({
  one: aCafe({ id: 'd1', title: EVIL, peerId: 'p' }),
  other: aCafe({ id: 'd2', title: EVIL, peerId: 'q' }),
  reason,
})

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

/** Pages of a directory about territories, structures, alerts and requests for cafés, in every state. */
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
        status: 'cancelled',
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
  'what is hidden, and an address that nothing has': (
    <HiddenPage
      {...{ site: HUB, session: SESSION, now: NOW, address: EVIL }}
      hidden={(['cafe', 'facilitator', 'structure', 'report', 'question'] as const).map((kind) => ({
        ...{ kind, uri: `https://lieu.example/${kind}`, name: EVIL, host: 'lieu.example' },
        ...{ reason: EVIL, at: hoursAgo(30) },
      }))}
      messages={[{ name: 'adresse', message: EVIL }]}
      uncounted={[{ cafeId: 'c', title: EVIL, host: 'lieu.example', participants: 20_000 }]}
      choices={{
        name: EVIL,
        parts: [
          { kind: 'report', address: 'x#bilan', text: undefined, hiddenReason: undefined },
          { kind: 'question', address: 'x#question-1', text: EVIL, hiddenReason: undefined },
        ],
      }}
    />
  ),
  'what is blocked, and a form that is refused': (
    <BlocksPage
      {...{ site: HUB, session: SESSION, counts: { block: 120, limit: 2 } }}
      query={{ state: 'block', words: EVIL }}
      found={pageOf(
        ['spam.example', `https://spam.example/@${'x'.repeat(200)}`].map((target, index) => ({
          ...{ target, level: 'block' as const, reason: EVIL, note: EVIL, createdAt: NOW },
          ...{ endsOn: Temporal.PlainDate.from('2027-01-31'), isListed: index === 0 },
        })),
        { page: 1, size: 1 },
      )}
      values={{ 'block.domain': EVIL, 'block.level': 'limit' }}
      messages={[{ name: 'block.domain', message: EVIL }]}
    />
  ),
  'what a list would change': (
    <BlockListPage
      {...{ site: HUB, session: SESSION, now: NOW, isStale: true }}
      list={{
        ...{ address: `https://listes.example/${'x'.repeat(200)}`, readAt: hoursAgo(3), unread: 2 },
        ...{ fault: 'remote.timeout', etag: undefined, lastModified: undefined },
      }}
      query={{ state: 'added', words: '' }}
      counts={{ added: 2, changed: 1, gone: 3, kept: 1 }}
      found={pageOf(
        [
          { target: 'spam.example', level: 'block', reason: EVIL },
          { target: `${'x'.repeat(60)}.example`, level: 'limit', reason: '' },
        ],
        { page: 1, size: 50 },
      )}
      values={{ 'list.address': EVIL }}
      messages={[{ name: 'list.address', message: EVIL }]}
    />
  ),
  'no list': (
    <BlockListPage
      {...{ site: NODE, session: SESSION, now: NOW, isStale: false, list: undefined }}
      query={{ state: 'added', words: '' }}
      counts={{ added: 0, changed: 0, gone: 0, kept: 0 }}
      found={pageOf([], { page: 1, size: 50 })}
      {...{ values: {}, messages: [] }}
    />
  ),
  'nothing is blocked': (
    <BlocksPage
      {...{ site: NODE, session: SESSION, counts: { block: 0, limit: 0 } }}
      {...{ query: { state: 'block', words: '' }, found: pageOf([], { page: 1, size: 1 }) }}
      {...{ values: {}, messages: [] }}
    />
  ),
  'nothing is hidden': (
    <HiddenPage
      {...{ site: HUB, session: SESSION, now: NOW, address: '', hidden: [], messages: [] }}
    />
  ),
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
      help={{ href: 'https://cartographie.societenumerique.gouv.fr/', name: undefined }}
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
  duplicates: (
    <DuplicatesPage
      site={HUB}
      session={SESSION}
      state="suspected"
      counts={COUNTED}
      found={pageOf([pair('likeness')], { page: 1, size: 10 })}
    />
  ),
  'duplicates, folded': (
    <DuplicatesPage
      site={HUB}
      session={SESSION}
      state="folded"
      counts={COUNTED}
      found={pageOf([pair('team')], { page: 1, size: 10 })}
    />
  ),
  'duplicates, apart': (
    <DuplicatesPage
      site={HUB}
      session={SESSION}
      state="apart"
      counts={COUNTED}
      found={pageOf([pair(undefined)], { page: 1, size: 10 })}
    />
  ),
  'no duplicates': (
    <DuplicatesPage
      site={HUB}
      session={SESSION}
      state="suspected"
      counts={{ suspected: 0, folded: 0, apart: 0 }}
      found={pageOf([], { page: 1, size: 10 })}
    />
  ),
}
