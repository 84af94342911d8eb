import { pageByDomain } from '../../../node/domain/federation/domain-page.ts'
import type { Referent } from '../../../node/domain/referents/referent.ts'
import { describeFrance } from '../../../node/routes/search/france-map.ts'
import { pageOf } from '../../../node/store/database/list-page.ts'
import { CafeFormPage } from '../../../ui/cafes/form.tsx'
import { AdminReferentsPage, ProposeReferentPage } from '../../../ui/referents/admin-list.tsx'
import { AdminReferentPage, JournalPage } from '../../../ui/referents/admin-mandate.tsx'
import { ContactReferentPage } from '../../../ui/referents/contact-page.tsx'
import { ReferentDashboardPage } from '../../../ui/referents/dashboard.tsx'
import { HandedMandatePage } from '../../../ui/referents/handed-mandate-page.tsx'
import { ReferentsPage } from '../../../ui/referents/list-page.tsx'
import { MandatePage, ReferentAccessPage } from '../../../ui/referents/mandate-pages.tsx'
import { NotMyMandatePage } from '../../../ui/referents/not-my-mandate-page.tsx'
import { NoTerritoryPage, TerritoryJournalPage } from '../../../ui/referents/territory-journal.tsx'
import { aCafe, aPeer, EVIL, HUB, hoursAgo, NODE, NOW, SESSION } from './sample.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

const aReferent = (changes: Partial<Referent> = {}) => ({
  id: 'r1',
  territory: '35',
  label: 'Ille-et-Vilaine (35)',
  name: EVIL,
  word: 'référente' as const,
  email: 'claire@lieu.example',
  accountId: undefined,
  organizationId: undefined,
  facilitatorUri: 'https://lieu.example/animation/claire',
  proposedBy: EVIL,
  proposedDomain: undefined,
  state: 'appointed' as const,
  startsOn: day('2026-11-25'),
  endsOn: day('2027-11-24'),
  askedEndsOn: undefined,
  proposedAt: hoursAgo(50),
  consentedAt: hoursAgo(40),
  appointedAt: hoursAgo(30),
  endedAt: undefined,
  endReason: undefined,
  lastSeenAt: hoursAgo(20),
  escalatedAt: undefined,
  ...changes,
})

const proposed = aReferent({ id: 'r2', state: 'proposed', email: undefined })
const consented = aReferent({ id: 'r3', state: 'consented' })
const ended = aReferent({ id: 'r4', state: 'ended', endedAt: NOW, endReason: 'resigned' })
const silent = aReferent({ id: 'r5', escalatedAt: NOW, lastSeenAt: undefined })

const wrong = [
  { name: 'name', message: EVIL },
  { name: 'territory', message: EVIL },
  { name: 'silentDays', message: EVIL },
]
const choices = [
  { code: 'c-97411', label: 'Saint-Denis (974)' },
  { code: 'c-93066', label: EVIL },
]
const typed = { name: EVIL, word: 'neutre', email: EVIL, territory: EVIL }
const noForm = { values: { word: 'neutre' }, messages: [] }

const one = {
  site: HUB,
  session: SESSION,
  consents: [
    {
      act: 'consented' as const,
      text: `${EVIL}\nOù\u00a0: ici.`,
      at: hoursAgo(40),
      isByHandedLink: false,
    },
    { act: 'resigned' as const, text: 'J’arrête.', at: NOW, isByHandedLink: true },
  ],
  attestationHref: 'https://annuaire.example/attestations/1',
  messages: [],
  values: { startsOn: '2026-11-25', endsOn: '2027-11-24' },
  mailWorks: true,
  now: NOW,
}

const role = 'référente'

const mandate = {
  site: HUB,
  token: 't',
  territory: 'Ille-et-Vilaine (35)',
  from: '25 novembre 2026',
  until: '24 novembre 2027',
  shown: { startsOn: '2026-11-25', endsOn: '2027-11-24' },
  consent: `${EVIL}\nOù\u00a0: ici.`,
}

const profile = {
  address: 'https://annuaire.example/territoires/35#mandat-019adb4e-0000-7000-8000-000000000001',
  ...{ claimants: [], tied: undefined, isGone: false },
}

const entries = [
  { at: NOW, who: EVIL, act: 'cafe-hidden', title: EVIL, territory: EVIL, reason: EVIL } as const,
]

const territorySession = { csrf: 'x', territory: { code: '35', label: 'Ille-et-Vilaine (35)' } }

const admin = {
  site: HUB,
  session: territorySession,
  until: day('2027-11-24'),
  others: [{ href: '/administration/territoire/29', label: 'Finistère (29)' }],
  joining: [aPeer({ id: 'p1', name: EVIL, membership: 'requested' })],
  advice: new Map([['p1', EVIL]]),
  suggested: [aCafe({ title: EVIL })],
  duplicates: [{ one: aCafe({ id: 'a' }), other: aCafe({ id: 'b', title: EVIL }) }],
  hidden: [aCafe({ id: 'c', title: EVIL, peerId: 'p' })],
  silent: [aPeer({ id: 'p2', name: EVIL })],
  joiningMay: 'recommend' as const,
  requests: { total: 12, communes: [{ label: 'Rennes (35)', total: 12 }] },
  announced: [
    aCafe({ id: 'f', announcedFor: EVIL, announcedUnder: '35', status: 'postponed' }),
    aCafe({ id: 'g', title: EVIL, announcedFor: 'Amicale', announcedUnder: '35' }),
  ],
  cafes: [aCafe({ id: 'd', peerId: 'p' }), aCafe({ id: 'e', title: 'Ici même' })],
  reported: [
    {
      cafe: aCafe({ id: 'r', title: EVIL, peerId: 'p' }),
      participants: 23,
      parts: [
        { address: 'https://x.example/cafes/r#bilan', text: undefined, hiddenReason: undefined },
        { address: 'https://x.example/cafes/r#question-1', text: EVIL, hiddenReason: undefined },
        { address: 'https://x.example/cafes/r#question-2', text: 'Qui\u00a0?', hiddenReason: EVIL },
      ],
    },
  ],
  toCome: 60,
  past: 3,
  structures: [{ name: EVIL, href: '/structures/x', toCome: 1, held: 2 }],
  structureTotal: 2,
  people: [{ name: EVIL, href: 'https://lieu.example/animation/claire' }],
  peopleTotal: 1,
}

const territory = { code: '35', label: 'Ille-et-Vilaine (35)' }

/**
 * Pages of referents in every state: for the public, for the person, for the team, and the administration of a
 * territory.
 */
export const referentPages: Record<string, { toString(): string }> = {
  referents: (
    <ReferentsPage
      site={HUB}
      map={await describeFrance({ towns: [] })}
      departements={[
        {
          code: '35',
          name: 'Ille-et-Vilaine',
          isFilled: true,
          referents: [
            { name: EVIL, territory: { href: '/territoires/35', label: 'Ille-et-Vilaine (35)' } },
            { name: EVIL, territory: { href: '/territoires/c-35238', label: 'Rennes (35)' } },
          ],
        },
        { code: '29', name: 'Finistère', isFilled: false, referents: [] },
      ]}
    />
  ),
  'nobody in office': (
    <ReferentsPage site={HUB} map={await describeFrance({ towns: [] })} departements={[]} />
  ),
  'writing to a referent': (
    <ContactReferentPage
      site={HUB}
      territory={territory}
      to={['Claire', EVIL]}
      values={{ 'contact.name': EVIL, 'contact.email': EVIL, 'contact.message': EVIL }}
      messages={[
        { name: 'contact.email', message: EVIL },
        { name: 'contact.message', message: EVIL },
      ]}
      mailWorks
    />
  ),
  'written to the team': (
    <ContactReferentPage
      site={HUB}
      territory={territory}
      to={[]}
      values={{}}
      messages={[]}
      isSent
      mailWorks
    />
  ),
  'no way to write': (
    <ContactReferentPage
      site={HUB}
      territory={territory}
      to={[]}
      values={{}}
      messages={[]}
      mailWorks={false}
    />
  ),
  'asked to be a referent': (
    <MandatePage
      {...mandate}
      state="proposed"
      proposedBy={EVIL}
      values={{ name: EVIL, word: 'neutre', email: EVIL }}
      messages={[
        { name: 'email', message: EVIL },
        { name: 'agree', message: EVIL },
      ]}
    />
  ),
  'asked to be a referent, by hand': (
    <HandedMandatePage {...mandate} proposedBy={EVIL} way={undefined} />
  ),
  'gets a code': (
    <MandatePage
      {...mandate}
      {...{ state: 'proposed', proposedBy: EVIL, values: {}, messages: [] }}
      code={{ fresh: 'abcde-fghjk-mnpqr', madeOn: '25 novembre 2026' }}
    />
  ),
  'has a code': (
    <MandatePage
      {...mandate}
      {...{ state: 'proposed', proposedBy: EVIL, values: {} }}
      messages={[{ name: 'code', message: EVIL }]}
      code={{ madeOn: '25 novembre 2026' }}
    />
  ),
  'gives the code to change something': (
    <MandatePage
      {...{ ...mandate, role, state: 'appointed', profile: undefined }}
      agreedOn="25 novembre 2026"
      lock={{ messages: [{ name: 'code', message: EVIL }] }}
    />
  ),
  'agreed to be a referent': (
    <MandatePage {...mandate} state="consented" agreedOn="25 novembre 2026" profile={profile} />
  ),
  'is a referent': (
    <MandatePage
      {...mandate}
      {...{ role }}
      state="appointed"
      agreedOn="25 novembre 2026"
      profile={{ ...profile, tied: 'https://lieu.example/animation/h4k7m2p9qx' }}
    />
  ),
  'is asked for another date': (
    <MandatePage
      {...mandate}
      {...{ role }}
      state="appointed"
      agreedOn="25 novembre 2026"
      profile={{
        ...profile,
        isGone: true,
        claimants: [
          {
            uri: 'https://lieu.example/animation/h4k7m2p9qx',
            ...{ href: 'https://lieu.example/animation/h4k7m2p9qx', name: EVIL, consent: EVIL },
          },
        ],
      }}
      asked={{ endsOn: '2028-11-24', until: '24 novembre 2028', consent: EVIL }}
    />
  ),
  'declined to be a referent': <MandatePage {...mandate} state="declined" />,
  'is no referent any more': <MandatePage {...mandate} state="resigned" />,
  'a mandate that ended': <MandatePage {...mandate} state="ended" />,
  'has the mailbox of another': <NotMyMandatePage site={HUB} territory={EVIL} token="t" />,
  'had the mailbox of another': <NotMyMandatePage site={HUB} territory={EVIL} />,
  'enters a territory': (
    <ReferentAccessPage
      site={HUB}
      token="t"
      territory={EVIL}
      email="claire@lieu.example"
      account="none"
      problems={['tooShort']}
      code={[]}
    />
  ),
  'adds a territory': (
    <ReferentAccessPage
      site={HUB}
      token="t"
      territory={EVIL}
      email="claire@lieu.example"
      account="own"
      problems={[]}
    />
  ),
  'adds a territory, after signing in': (
    <ReferentAccessPage
      site={HUB}
      token="t"
      territory={EVIL}
      email="claire@lieu.example"
      account="other"
      problems={[]}
    />
  ),
  'referents at the administration': (
    <AdminReferentsPage
      site={HUB}
      session={SESSION}
      query={{ state: 'inOffice', words: '' }}
      counts={{ waiting: 1, proposed: 1, inOffice: 2, silent: 1, past: 1 }}
      found={pageOf([aReferent(), silent], { page: 1, size: 1 })}
      proposed={undefined}
      vacant={['35', '987']}
      settings={{ silentDays: '30', joining: 'recommend' }}
      form={noForm}
      flash="done"
    />
  ),
  'proposed referents at the administration': (
    <AdminReferentsPage
      site={HUB}
      session={SESSION}
      query={{ state: 'proposed', words: EVIL }}
      counts={{ waiting: 1, proposed: 1, inOffice: 2, silent: 1, past: 1 }}
      found={{ rows: [], total: 1, page: 1, pages: 1 }}
      proposed={pageByDomain([proposed], { domainOf: () => 'lieu.example', page: 1 })}
      vacant={[]}
      settings={{ silentDays: '30', joining: 'recommend' }}
      form={noForm}
    />
  ),
  'what is over at the administration': (
    <AdminReferentsPage
      site={HUB}
      session={SESSION}
      query={{ state: 'past', words: '' }}
      counts={{ waiting: 1, proposed: 1, inOffice: 2, silent: 1, past: 2 }}
      found={pageOf([consented, ended], { page: 1, size: 10 })}
      proposed={undefined}
      vacant={[]}
      settings={{ silentDays: '30', joining: 'recommend' }}
      form={noForm}
    />
  ),
  'no referent at the administration, with errors': (
    <AdminReferentsPage
      site={HUB}
      session={SESSION}
      query={{ state: 'waiting', words: '' }}
      counts={{ waiting: 0, proposed: 0, inOffice: 0, silent: 0, past: 0 }}
      found={pageOf([], { page: 1, size: 1 })}
      proposed={undefined}
      vacant={['35']}
      settings={{ silentDays: '30', joining: 'admit' }}
      form={{ values: typed, messages: wrong, choices }}
    />
  ),
  'a place proposes a referent': (
    <ProposeReferentPage
      site={NODE}
      session={SESSION}
      form={noForm}
      directories={[
        { uri: EVIL, host: EVIL },
        { uri: 'https://autre.example/actors/instance', host: 'autre.example' },
      ]}
      flash="requested"
    />
  ),
  'a place proposes with errors': (
    <ProposeReferentPage
      site={NODE}
      session={SESSION}
      form={{
        values: typed,
        messages: [...wrong.slice(0, 2), { name: 'agreed', message: EVIL }],
      }}
      directories={[{ uri: EVIL, host: EVIL }]}
    />
  ),
  'a place of no directory': (
    <ProposeReferentPage site={NODE} session={SESSION} form={noForm} directories={[]} />
  ),
  'a referent in office': <AdminReferentPage {...one} referent={aReferent()} />,
  'a referent proposed': (
    <AdminReferentPage
      {...one}
      referent={proposed}
      consents={[]}
      attestationHref={undefined}
      newLink={{
        href: 'https://annuaire.example/referents/mandat/abcde-fghjk-mnpqr',
        purpose: 'person',
        until: undefined,
      }}
    />
  ),
  'a referent to appoint': (
    <AdminReferentPage
      {...one}
      referent={consented}
      messages={[{ name: 'endsOn', message: EVIL }]}
    />
  ),
  'a referent of before': <AdminReferentPage {...one} referent={ended} mailWorks={false} />,
  journal: (
    <JournalPage site={HUB} session={SESSION} found={pageOf(entries, { page: 1, size: 10 })} />
  ),
  'journal of a territory': (
    <TerritoryJournalPage site={HUB} session={territorySession} entries={[]} />
  ),
  'admin of a territory': (
    <ReferentDashboardPage
      {...admin}
      workspaces={[{ href: '/administration/tableau-de-bord/x', label: EVIL }]}
      isDone
    />
  ),
  'admin of a territory, a reason missing': (
    <ReferentDashboardPage
      {...admin}
      joiningMay="admit"
      wrong={{ form: '/administration/territoire/35/cafes/d/cacher', reason: '' }}
    />
  ),
  'admin of a territory, nothing chosen of a report': (
    <ReferentDashboardPage
      {...admin}
      wrong={{
        form: '/administration/territoire/35/bilans/r/cacher',
        ...{ reason: EVIL, isNothing: true },
      }}
    />
  ),
  'admin of a quiet territory': (
    <ReferentDashboardPage
      {...admin}
      others={[]}
      suggested={[]}
      joining={[]}
      advice={new Map()}
      duplicates={[]}
      hidden={[]}
      silent={[]}
      requests={{ total: 0, communes: [] }}
      cafes={[]}
      reported={[]}
      toCome={0}
      past={0}
      structures={[]}
      structureTotal={0}
      people={[]}
      peopleTotal={0}
    />
  ),
  'no territory': <NoTerritoryPage site={HUB} csrf="x" />,
  'announce for a structure': (
    <CafeFormPage
      site={HUB}
      session={{ ...SESSION, isAdministrator: false, territory: '35' }}
      values={{ announcedFor: EVIL, 'venue.town': EVIL, 'venue.id': '' }}
      problems={[{ field: 'venue.town', code: 'outside_territory' }]}
      audience={{ followers: 0, directories: 'own' }}
      mayKeepVenue={false}
      isReady={false}
    />
  ),
}
