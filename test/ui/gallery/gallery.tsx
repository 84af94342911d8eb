import { cloneElement, isValidElement } from 'hono/jsx'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import type { SavedVenue } from '../../../node/domain/cafes/venue.ts'
import type { DomainPage } from '../../../node/domain/federation/domain-page.ts'
import { type Finding, VERDICTS } from '../../../node/domain/federation/verification.ts'
import { LEGAL_MINIMUM, NO_LEGAL_NOTICE } from '../../../node/domain/structures/legal-notice.ts'
import { listUnwrittenFields } from '../../../node/domain/structures/structure-profile.ts'
import { OPEN_DATA_FILES } from '../../../node/domain/territories/open-data.ts'
import { AUDIT_ACTS } from '../../../node/domain/values/audit.ts'
import type { Lang } from '../../../node/domain/values/lang.ts'
import { LINK_PURPOSES } from '../../../node/domain/values/link.ts'
import { OPEN_DATA_COLUMNS } from '../../../node/formats/csv/cafe-columns.ts'
import { AccountPage } from '../../../ui/accounts/account-page.tsx'
import { TokensPage } from '../../../ui/accounts/api-tokens-page.tsx'
import { AuditPage } from '../../../ui/accounts/audit-page.tsx'
import { ConfirmEmailPage } from '../../../ui/accounts/confirm-email-page.tsx'
import { MailedLinkPage } from '../../../ui/accounts/email-link-page.tsx'
import { FirstPasswordPage } from '../../../ui/accounts/first-password-page.tsx'
import { JoinTeamPage } from '../../../ui/accounts/join-team-page.tsx'
import { PendingFormPage } from '../../../ui/accounts/pending-form-page.tsx'
import {
  ChoosePasswordPage,
  SignInLinkPage,
  SignInPage,
} from '../../../ui/accounts/sign-in-pages.tsx'
import {
  PaperInvitationPage,
  RemoveColleaguePage,
  TeamPage,
} from '../../../ui/accounts/team-pages.tsx'
import { BackupsPage } from '../../../ui/admin/backups-page.tsx'
import { ConfirmActionPage } from '../../../ui/admin/confirm-action-page.tsx'
import { EditConflictPage } from '../../../ui/admin/edit-conflict-page.tsx'
import { EditHistoryPage } from '../../../ui/admin/edit-history-page.tsx'
import { MailsPage, PreparedMailPage } from '../../../ui/admin/mails-page.tsx'
import { FirstDirectoryPage, OnboardingPage } from '../../../ui/admin/onboarding-pages.tsx'
import { CancelCafePage, DeleteCafePage, PublishCafePage } from '../../../ui/cafes/action-pages.tsx'
import { AdminListPage } from '../../../ui/cafes/admin-list.tsx'
import { VenueFormPage, VenuesPage } from '../../../ui/cafes/admin-venues.tsx'
import { CafePage } from '../../../ui/cafes/cafe-page.tsx'
import { ConfirmChangePage } from '../../../ui/cafes/change-page.tsx'
import { ConfirmCafePage } from '../../../ui/cafes/confirmation-page.tsx'
import { DeleteVenuePage } from '../../../ui/cafes/delete-venue-page.tsx'
import { CafeFormPage } from '../../../ui/cafes/form.tsx'
import { CafeListPage } from '../../../ui/cafes/list-page.tsx'
import { OnlinePage } from '../../../ui/cafes/online-page.tsx'
import { StatusPage } from '../../../ui/cafes/status-page.tsx'
import { DeadLinkPage } from '../../../ui/components/dead-link.tsx'
import type { Site } from '../../../ui/components/site.ts'
import { ApiPage } from '../../../ui/data/api-page.tsx'
import type { EmbedOptions } from '../../../ui/data/embed-options.ts'
import { EmbedPage } from '../../../ui/data/embed-pages.tsx'
import type { CalendarLine } from '../../../ui/data/followed-calendars.tsx'
import {
  ImportDonePage,
  type ImportLine,
  ImportPage,
  ImportPreviewPage,
  ImportRow,
} from '../../../ui/data/import-pages.tsx'
import { OpenDataPage } from '../../../ui/data/open-data-page.tsx'
import { VerifyPage } from '../../../ui/data/verify-page.tsx'
import { DirectoryPage } from '../../../ui/directory/admin-page.tsx'
import { FollowPage } from '../../../ui/follow/follow-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { HomePage } from '../../../ui/search/home-page.tsx'
import type { ResultsMap } from '../../../ui/search/results-map.tsx'
import { SearchPage } from '../../../ui/search/search-page.tsx'
import { NO_SEARCH } from '../../../ui/search/values.ts'
import { AboutPage } from '../../../ui/site/about-page.tsx'
import { AccessibilityPage } from '../../../ui/site/accessibility-page.tsx'
import { AdminHomePage } from '../../../ui/site/admin-home.tsx'
import { ErrorPage } from '../../../ui/site/error-page.tsx'
import {
  ContactPage,
  LegalNoticePage,
  PersonalDataPage,
  SourcePage,
} from '../../../ui/site/legal-pages.tsx'
import { SettingsPage } from '../../../ui/site/settings-page.tsx'
import { SiteMapPage } from '../../../ui/site/site-map.tsx'
import type { ToDo } from '../../../ui/site/to-do.tsx'
import { WelcomePage } from '../../../ui/site/welcome-page.tsx'
import { StructureAdminPage } from '../../../ui/structures/admin-structure.tsx'
import { ChoosePlacePage, StructureFilePage } from '../../../ui/structures/file-import.tsx'
import { NodeHomePage } from '../../../ui/structures/home-page.tsx'
import { directoryPages } from './directory.tsx'
import { directoryPeople } from './directory-facilitators.tsx'
import { peoplePages } from './facilitators.tsx'
import { referentPages } from './referents.tsx'
import {
  aCafe,
  aFollowing,
  aLegalNotice,
  aPeer,
  aProfile,
  EVIL,
  HUB,
  hoursAgo,
  listed,
  NODE,
  NOW,
  SESSION,
  VENUE,
} from './sample.ts'

/** All that can wait but what has a row of its own kind. */
const EVERY_TO_DO = Object.keys(messagesFor('fr').admin.home.todo).filter(
  (kind) => kind !== 'confirm' && kind !== 'legal',
) as Exclude<ToDo['kind'], 'confirm' | 'legal'>[]

const A_MAP: ResultsMap = {
  window: { left: 100, top: 100, size: 60 },
  outlines: [{ code: '35', d: 'M110,110l30 2 5 30-30 2z', isAsked: true }],
  points: [
    { x: 0.5, y: 0.5, number: 1, title: EVIL, town: 'Rennes' },
    { x: 0.51, y: 0.5, number: 2, title: 'Deux', town: 'Rennes' },
  ],
  towns: [{ name: 'Rennes', population: 220_000, x: 0.5, y: 0.5 }],
  circle: { x: 0.5, y: 0.5, radius: 0.3 },
  label: 'Rennes',
}

const aVenue = (changes: Partial<SavedVenue> = {}): SavedVenue => ({
  ...VENUE,
  id: changes.name ?? 'v',
  organizationId: 'o',
  reference: undefined,
  access: 'Entrée par la cour.',
  accessibility: ['mi'],
  acceslibreUrl: undefined,
  ...changes,
})

const REGISTRY = {
  registry: { issuer: 'https://annuaire.example/actors/instance', madeAt: '2026-11-25T09:00:00Z' },
  now: Date.parse('2026-11-25T09:00:00Z'),
}
const FINDING: Finding = {
  verdict: 'valid',
  line: 1,
  id: 'https://mediatheque.example/cafes/1',
  type: 'Event',
  title: EVIL,
  startsAt: '2026-12-03T18:30:00+01:00',
  place: EVIL,
  publisher: EVIL,
  host: 'mediatheque.example',
  signedAt: '2026-11-25T09:00:00Z',
}

const NO_OPTIONS: EmbedOptions = {
  ou: '',
  rayon: '',
  territoire: '',
  quand: '',
  q: '',
  mode: '',
  structure: '',
  reseau: '',
  nombre: '5',
  couleur: '',
  theme: '',
}

const silent = aPeer({
  failingSince: hoursAgo(31 * 24),
  silentSince: hoursAgo(31 * 24),
  hiddenSince: hoursAgo(24),
  lastSeenAt: hoursAgo(31 * 24 + 1),
  lastError: 'timeout',
})

const cafes: Cafe[] = [
  aCafe({ id: 'a', title: EVIL, summary: EVIL, statusNote: EVIL, format: EVIL, themes: [EVIL] }),
  aCafe({ id: 'b', status: 'cancelled', statusNote: 'La salle est inondée.' }),
  aCafe({
    id: 'c',
    registration: { mode: 'phone', url: undefined, capacity: 12, seatsLeft: 0, waitlist: false },
  }),
  aCafe(
    {
      id: 'd',
      status: 'rescheduled',
      previousStartsAt: Temporal.Instant.from('2026-12-01T13:30:00Z'),
    },
    '2026-12-08T17:30[Indian/Reunion]',
  ),
  aCafe({ id: 'e', status: 'postponed' }, '2026-12-10T18:00[Europe/Paris]'),
  aCafe(
    {
      id: 'f',
      status: 'moved-online',
      attendanceMode: 'online',
      onlineUrl: 'https://visio.example/1',
      openTo: 'reserved',
    },
    '2026-12-11T18:00[Europe/Paris]',
  ),
  aCafe({ id: 'g', publication: 'draft' }, '2026-12-12T18:00[Europe/Paris]'),
]

const found = cafes.map((cafe, index) =>
  listed(cafe, {
    distanceKm: index + 0.5,
    approximate: index % 2 === 0,
    source: index === 0 ? silent : aPeer({ name: EVIL }),
  }),
)
const inhabited = {
  departements: [
    { code: '35', name: 'Ille-et-Vilaine', toCome: 2, latitude: 48.11, longitude: -1.68 },
    { code: '974', name: 'La Réunion', toCome: 40, latitude: -20.88, longitude: 55.45 },
  ],
  regions: [
    { code: 'r-04', name: 'La Réunion' },
    { code: 'r-53', name: 'Bretagne' },
  ],
}
const own = cafes.map((cafe) => listed(cafe))
const rennes = { ...NO_SEARCH, ou: '35000 Rennes', rayon: '30' }

const lines: ImportLine[] = [
  {
    row: 1,
    outcome: 'created',
    title: EVIL,
    startsAt: Temporal.ZonedDateTime.from('2026-12-03T18:30[Europe/Paris]'),
    place: 'Médiathèque, Rennes',
    problems: [],
  },
  {
    row: 2,
    outcome: 'failed',
    title: 'Sans lieu',
    startsAt: undefined,
    place: undefined,
    problems: [{ field: 'venue', code: 'venue_required' }],
  },
]
const rows = (lang: Lang) =>
  lines.map((line) => (
    <ImportRow line={line} lang={lang} hasBoxes box={{ key: EVIL, isKept: true }} />
  ))

const followedCalendars: CalendarLine[] = [
  {
    id: 'calendar-1',
    address: `https://ville.example/${EVIL}.ics`,
    publication: 'published',
    dueAt: NOW.add({ hours: 2 }),
    readAt: NOW.subtract({ hours: 1 }),
    ...{ cafes: 12, aside: 1, failingSince: undefined, fault: undefined },
    absent: [
      {
        cafeId: 'cafe-1',
        title: EVIL,
        startsAt: Temporal.ZonedDateTime.from('2026-12-03T18:30[Europe/Paris]'),
      },
    ],
    isDoubtful: true,
  },
  {
    id: 'calendar-2',
    address: 'https://ville.example/agenda.ics',
    publication: 'draft',
    dueAt: NOW.add({ hours: 24 }),
    readAt: undefined,
    ...{ cafes: 0, aside: 0, absent: [], isDoubtful: false },
    failingSince: NOW.subtract({ hours: 30 }),
    fault: { key: 'remote.status_code', params: { status: 410 } },
  },
]

const cafePages = Object.fromEntries(
  cafes.map((cafe) => [
    `cafe ${cafe.id}`,
    <CafePage site={NODE} cafe={cafe} now={NOW} calendarHref="/cafes/1.ics" />,
  ]),
)

const site = { site: NODE, session: SESSION }
const filled = { profile: aProfile(), legal: aLegalNotice() }
const empty = { profile: listUnwrittenFields(EVIL), legal: NO_LEGAL_NOTICE }
const TODAY = Temporal.PlainDate.from('2026-11-25')

/** What the law asks for, a first run, and the place's own page. */
const placePages: Record<string, { toString(): string }> = {
  'home of a place that says who it is': (
    <NodeHomePage
      site={NODE}
      cafes={own}
      profile={filled.profile}
      directories={[{ href: 'https://annuaire.example/', label: 'annuaire.example' }]}
      now={NOW}
    />
  ),
  'legal notice': <LegalNoticePage site={NODE} {...filled} />,
  'legal notice to complete': <LegalNoticePage site={HUB} {...empty} signedIn />,
  'personal data': <PersonalDataPage site={NODE} {...filled} countsInDatabase />,
  'accessibility without an audit': <AccessibilityPage site={NODE} {...empty} today={TODAY} />,
  'accessibility after an audit': <AccessibilityPage site={NODE} {...filled} today={TODAY} />,
  contact: <ContactPage site={NODE} {...filled} />,
  'contact to complete': <ContactPage site={HUB} {...empty} />,
  'source code': <SourcePage site={NODE} version="0.1.0" sourceUrl={undefined} />,
  'source code elsewhere': <SourcePage site={NODE} version="0.1.0" sourceUrl="https://a.example" />,
  'place that a file filled in': (
    <StructureAdminPage
      {...site}
      values={{ name: EVIL, 'add.shown': 'yes', 'add.venue': 'yes', accessibility: ['mi'] }}
      problems={[{ field: 'acceslibreUrl', code: 'not_an_url' }]}
      logo={filled.profile.logo}
      isPrefilled
    />
  ),
  'file of places': <StructureFilePage {...site} target="place" values={{}} />,
  'file of places that is wrong': (
    <StructureFilePage
      {...site}
      target="venue"
      values={{ pasted: EVIL }}
      wrong={{ field: 'search', reason: 'many', count: 60 }}
    />
  ),
  'places of a file': (
    <ChoosePlacePage
      {...site}
      target="place"
      places={[
        { value: EVIL, name: EVIL, where: '35000 Rennes' },
        { value: '{}', name: 'Sans commune', where: '' },
      ]}
    />
  ),
  'venue to be deleted': <DeleteVenuePage {...site} venue={aVenue({ name: EVIL })} cafes={0} />,
  'venue that stays': <DeleteVenuePage {...site} venue={aVenue()} cafes={2} />,
  place: (
    <StructureAdminPage {...site} values={{ name: EVIL, kind: 'BIB' }} problems={[]} flash="done" />
  ),
  'place with errors': (
    <StructureAdminPage
      {...site}
      values={{ name: EVIL, town: 'Saint-Denis', siret: EVIL }}
      problems={[
        { field: 'siret', code: 'invalid' },
        { field: 'venue.commune', code: 'ambiguous_place', detail: EVIL },
        { field: 'kind', code: 'invalid' },
      ]}
      towns={[
        { codeInsee: '93066', label: 'Saint-Denis (93)' },
        { codeInsee: '97411', label: 'Saint-Denis (974)' },
      ]}
      step={{ number: 1, total: 4 }}
    />
  ),
  settings: <SettingsPage {...site} values={{ accessibility: 'none' }} problems={[]} />,
  'settings with errors': (
    <SettingsPage
      {...site}
      values={{ legalName: EVIL, accessibility: 'full' }}
      problems={[
        { field: 'auditedOn', code: 'audit_required' },
        { field: 'auditRate', code: 'rate_too_low', detail: '100' },
        { field: 'themeColour', code: 'too_pale', detail: '2.1' },
        { field: 'sourceUrl', code: 'not_an_url' },
      ]}
      step={{ number: 2, total: 4 }}
    />
  ),
  'first steps': (
    <OnboardingPage
      {...site}
      steps={[
        { step: 'place', state: 'done' },
        { step: 'legal', state: 'todo' },
        { step: 'directory', state: 'skipped' },
        { step: 'cafe', state: 'todo' },
      ]}
    />
  ),
  'first directory': (
    <FirstDirectoryPage
      {...site}
      step={{ number: 3, total: 4 }}
      values={{ 'join.address': EVIL }}
      messages={[{ name: 'join.address', message: 'Donnez une adresse complète.' }]}
      asked={{ address: EVIL, state: 'accepted' }}
    />
  ),
  'admin before the law’s minimum': (
    <AdminHomePage
      {...site}
      toDo={[
        { kind: 'legal', gaps: ['contact', ...LEGAL_MINIMUM] },
        ...EVERY_TO_DO.map((kind) => ({ kind, count: 1, href: '/', name: EVIL })),
      ]}
      cafes={[]}
      counts={{ upcoming: 0, past: 0, all: 0 }}
      followers={0}
      network={{ directories: [], isAlone: true }}
      onboarding={{ done: 1, total: 4 }}
      now={NOW}
      flash="refused"
    />
  ),
}

const DECEMBER = {
  month: Temporal.PlainYearMonth.from('2026-12'),
  totals: new Map([
    ['2026-12-03', 1],
    ['2026-12-31', 12],
  ]),
  before: Temporal.PlainYearMonth.from('2026-11'),
  after: Temporal.PlainYearMonth.from('2027-08'),
  today: Temporal.PlainDate.from('2026-12-01'),
  chosen: Temporal.PlainDate.from('2026-12-03'),
}

const COLLEAGUE = {
  id: 'a1',
  name: 'Camille',
  email: 'camille@canal.example',
  role: 'administrator',
} as const

const MAIL = {
  id: 'm1',
  hasLink: true,
  to: 'noa@lieu.example',
  subject: EVIL,
  text: `Bonjour,\n\nhttps://canal.example/${'abcde-'.repeat(20)}\n${EVIL}`,
  createdAt: hoursAgo(2),
  expiresAt: NOW.add({ hours: 100 }),
  attempts: 0,
  sentAt: undefined,
  droppedAt: undefined,
  error: undefined,
  isHandedOver: false,
  replyTo: undefined,
} as const

const PHOTO = {
  url: `https://canal.example/media/${'ab'.repeat(16)}-1600.jpg`,
  alt: EVIL,
  credit: EVIL,
  mediaId: 'ab'.repeat(16),
  ...{ width: 1600, height: 1067, sizes: [480, 960, 1600] },
}

const pages: Record<string, { toString(): string }> = {
  ...placePages,
  ...directoryPages,
  ...directoryPeople,
  ...peoplePages,
  ...referentPages,
  ...cafePages,
  home: <NodeHomePage site={{ ...NODE, name: EVIL }} cafes={own} now={NOW} />,
  'home without a café': <NodeHomePage site={NODE} cafes={[]} now={NOW} signedIn />,
  'café list': (
    <CafeListPage
      site={NODE}
      cafes={own}
      period="upcoming"
      now={NOW}
      nextHref="/cafes?c=1"
      hasPast
      calendar={DECEMBER}
    />
  ),
  'café list of a month': (
    <CafeListPage
      site={NODE}
      cafes={own}
      period={DECEMBER.month}
      now={NOW}
      calendar={{ ...DECEMBER, before: undefined }}
    />
  ),
  'café list of a day without a café': (
    <CafeListPage site={NODE} cafes={[]} period={DECEMBER.chosen} now={NOW} calendar={DECEMBER} />
  ),
  'past cafés by month': (
    <CafeListPage
      site={NODE}
      cafes={own}
      period="past"
      now={NOW}
      months={[{ month: DECEMBER.before, total: 3 }]}
    />
  ),
  'café of another site': (
    <CafePage
      site={HUB}
      cafe={aCafe({
        registration: {
          mode: 'external',
          url: 'https://inscription.example/1',
          capacity: 15,
          seatsLeft: 6,
          waitlist: false,
        },
      })}
      now={NOW}
      calendarHref="/cafes/1.ics"
      source={silent}
      around={{
        kmWide: 24,
        towns: [
          { name: EVIL, eastKm: 1, northKm: 0.4, population: 220_000 },
          { name: 'Pacé', eastKm: -6, northKm: 3, population: 11_000 },
        ],
      }}
      nearby={{
        cafes: [listed(aCafe({ id: 'b' }))],
        all: { href: '/?ou=Rennes', town: EVIL },
        directories: [],
      }}
    />
  ),
  'café that is cancelled, and no other': (
    <CafePage
      site={NODE}
      cafe={aCafe({ status: 'cancelled' })}
      now={NOW}
      calendarHref="/cafes/1.ics"
      nearby={{
        cafes: [],
        all: { href: '/cafes' },
        directories: [{ label: EVIL, href: 'https://annuaire.example/?ou=Rennes' }],
      }}
    />
  ),
  'home of a directory': <HomePage site={HUB} cafes={found} total={3} {...inhabited} now={NOW} />,
  'home of a directory without a café': (
    <HomePage site={HUB} cafes={[]} total={0} departements={[]} regions={[]} now={NOW} signedIn />
  ),
  'what an AI café is': <AboutPage site={HUB} />,
  'what an AI café is, at a place': <AboutPage site={NODE} signedIn />,
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
          others: { href: '/?q=1', total: 6, isMore: false },
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
  'search with several towns': (
    <SearchPage
      site={HUB}
      values={{ ...NO_SEARCH, ou: 'Saint-Denis' }}
      outcome={{
        type: 'several-towns',
        towns: [
          { href: '/?ou=93066', label: 'Saint-Denis (93)' },
          { href: '/?ou=97411', label: 'Saint-Denis (974)' },
        ],
      }}
      now={NOW}
    />
  ),
  'how to follow': <FollowPage site={NODE} />,
  'follow with an error': <FollowPage site={HUB} account={EVIL} message={EVIL} />,
  'follow from an account': (
    <FollowPage
      site={{ ...NODE, name: EVIL }}
      account="@camille@reseau.example"
      found={{ href: 'https://reseau.example/?uri=cafes', host: 'reseau.example' }}
    />
  ),
  'the API': (
    <ApiPage
      site={HUB}
      operations={[
        {
          id: 'getCafe',
          method: 'GET',
          path: '/cafes/{id}',
          needsToken: false,
          summary: 'One café',
          parameters: [{ name: 'id', description: 'An id' }],
        },
        {
          id: 'deleteCafe',
          method: 'DELETE',
          path: '/cafes/{id}',
          needsToken: true,
          summary: 'Delete a café',
          parameters: [],
        },
      ]}
      errors={[{ type: 'not-found', status: 404, title: 'Il n’y a rien à cette adresse.' }]}
      limits={{ reads: 600, exports: 60 }}
      day={Temporal.PlainDate.from('2026-12-25')}
    />
  ),
  'nothing to verify yet': <VerifyPage site={HUB} />,
  'nothing was given to verify': (
    <VerifyPage site={HUB} problem={{ name: 'file', message: 'Choisissez un fichier.' }} />
  ),
  'one authentic document': (
    <VerifyPage
      site={HUB}
      pasted={EVIL}
      checked={{ ...REGISTRY, findings: [{ ...FINDING, type: 'Poster', title: undefined }] }}
    />
  ),
  'documents that were changed': (
    <VerifyPage
      site={HUB}
      checked={{
        ...REGISTRY,
        now: Date.parse('2026-12-25T09:00:00Z'),
        findings: [
          FINDING,
          ...VERDICTS.map((verdict, index) => ({ ...FINDING, verdict, line: index + 2 })),
        ],
      }}
    />
  ),
  'open data in the making': <OpenDataPage site={HUB} data={undefined} columns={[]} />,
  'open data': (
    <OpenDataPage
      site={HUB}
      data={{
        createdAt: NOW,
        cafes: 1240,
        places: 310,
        files: OPEN_DATA_FILES.map(({ name }, index) => ({
          name,
          bytes: 10 ** (index + 2),
          sha256: '0123456789abcdef'.repeat(4),
        })),
      }}
      columns={OPEN_DATA_COLUMNS}
    />
  ),
  'the list for other sites': (
    <EmbedPage
      site={HUB}
      options={{ ...NO_OPTIONS, territoire: 'c-35238', couleur: '#703080', q: EVIL }}
      messages={[]}
      regions={[['r-53', 'Bretagne']]}
      departements={[['35', 'Ille-et-Vilaine (35)']]}
      networks={[['canope', EVIL]]}
    />
  ),
  'the list for other sites, in a pale colour': (
    <EmbedPage
      site={HUB}
      options={{ ...NO_OPTIONS, couleur: '#ffcc00' }}
      messages={[{ name: 'couleur', message: 'Cette couleur ne se lit pas assez bien.' }]}
      regions={[['r-53', 'Bretagne']]}
      departements={[['35', 'Ille-et-Vilaine (35)']]}
      networks={[['canope', EVIL]]}
    />
  ),
  'plan of the site': <SiteMapPage site={NODE} pages={[{ href: '/suivre', label: EVIL }]} />,
  'not found': <ErrorPage site={NODE} status={404} />,
  gone: (
    <ErrorPage site={NODE} status={410} next={[{ cafe: aCafe(), href: '/cafes/a' }]} now={NOW} />
  ),
  'not found at a directory': <ErrorPage site={HUB} status={404} next={[]} now={NOW} />,
  forbidden: <ErrorPage site={NODE} status={403} message={EVIL} />,
  failure: <ErrorPage site={HUB} status={500} reference="6f1c2a" />,
  welcome: <WelcomePage site={NODE} />,
  'sign-in': <SignInPage site={NODE} email={EVIL} problem="refused" />,
  'sign-in link': <SignInLinkPage site={NODE} token="abc" />,
  'sign-in link and a new password': (
    <SignInLinkPage site={NODE} token="abc" withPassword problems={['tooShort', 'mismatch']} />
  ),
  'sign-in where mail works': <SignInPage site={NODE} mailWorks />,
  'link by mail': <MailedLinkPage site={NODE} email={EVIL} state="wrong" />,
  'link by mail, too many': <MailedLinkPage site={NODE} email="a@lieu.example" state="wait" />,
  'link by mail, sent': <MailedLinkPage site={NODE} state="sent" />,
  'invitation opened': (
    <JoinTeamPage
      site={NODE}
      code="abcde-fghjk-mnpqr"
      values={{ name: '', email: EVIL }}
      problems={['nameMissing', 'emailWrong', 'tooShort']}
    />
  ),
  team: (
    <TeamPage
      site={NODE}
      session={SESSION}
      colleagues={[
        COLLEAGUE,
        { id: 'a2', name: '', email: undefined, role: 'administrator' },
        { id: 'a3', name: EVIL, email: `${'long-'.repeat(12)}@lieu.example`, role: 'editor' },
      ]}
      ownId="a1"
      invitations={[
        { id: 'i1', role: 'editor', email: undefined, until: '2 décembre 2026' },
        { id: 'i2', role: 'administrator', email: 'noa@lieu.example', until: '2 décembre 2026' },
      ]}
      values={{ email: EVIL }}
      problems={['last', 'roleMissing', 'emailWrong', 'tooMany']}
    />
  ),
  'journal of access': (
    <AuditPage
      site={NODE}
      session={SESSION}
      entries={AUDIT_ACTS.map((act, index) => ({
        ...{ act, at: hoursAgo(index) },
        who: act === 'sign-in-refused' ? '' : EVIL,
        about: act === 'role-changed' ? 'editor' : act === 'site-blocked' ? 'lieu.example' : '',
      }))}
    />
  ),
  'journal of access, empty': <AuditPage site={NODE} session={SESSION} entries={[]} />,
  'team of one': (
    <TeamPage
      site={NODE}
      session={SESSION}
      colleagues={[COLLEAGUE]}
      ownId="a1"
      invitations={[]}
      values={{ role: 'editor' }}
      problems={[]}
      flash="requested"
    />
  ),
  'paper invitation': (
    <PaperInvitationPage
      site={NODE}
      session={SESSION}
      link="https://canal.example/administration/invitation/abcde-fghjk-mnpqr"
      until="2 décembre 2026"
    />
  ),
  'removing a colleague': (
    <RemoveColleaguePage site={NODE} session={SESSION} colleague={COLLEAGUE} isSelf tokens={2} />
  ),
  'backups, good': (
    <BackupsPage
      site={NODE}
      session={SESSION}
      state={{
        ...{ since: NOW, problem: undefined, toldAt: undefined },
        last: { at: NOW.subtract({ hours: 5 }), file: 'x', bytes: 1 },
      }}
      areDaily
      isLate={false}
      held={undefined}
      now={NOW}
    />
  ),
  'backups, late, after a restore': (
    <BackupsPage
      site={NODE}
      session={SESSION}
      state={{ since: NOW, last: undefined, problem: EVIL, toldAt: undefined }}
      areDaily
      isLate
      held={{ announcements: 12, mails: 1 }}
      now={NOW}
    />
  ),
  'no backups': (
    <BackupsPage
      site={NODE}
      session={SESSION}
      state={undefined}
      areDaily={false}
      isLate={false}
      held={{ announcements: 0, mails: 0 }}
      now={NOW}
    />
  ),
  'mails that are only shown': (
    <MailsPage site={NODE} session={SESSION} mails={[MAIL]} mailWorks={false} now={NOW} />
  ),
  mails: (
    <MailsPage
      site={NODE}
      session={SESSION}
      mails={[
        { ...MAIL, text: '', sentAt: NOW },
        { ...MAIL, id: 'm2', error: EVIL, attempts: 3 },
        { ...MAIL, id: 'm3', error: '550 nobody', droppedAt: NOW, attempts: 1 },
        { ...MAIL, id: 'm4', hasLink: false, subject: '', text: '' },
      ]}
      mailWorks
      now={NOW}
    />
  ),
  'mail to hand over': (
    <PreparedMailPage
      site={NODE}
      session={SESSION}
      id={MAIL.id}
      to={MAIL.to}
      subject={MAIL.subject}
      text={MAIL.text}
    />
  ),
  ...Object.fromEntries(
    LINK_PURPOSES.filter((purpose) => purpose !== 'join-directory').flatMap((purpose) =>
      (['used', 'expired', 'unknown'] as const).map((why) => [
        `dead link, ${purpose} ${why}`,
        <DeadLinkPage site={NODE} {...{ purpose, why }} />,
      ]),
    ),
  ),
  'first password': (
    <FirstPasswordPage
      site={HUB}
      token="t"
      email="responsable@tete.example"
      problems={['tooShort']}
    />
  ),
  'choose a password': (
    <ChoosePasswordPage
      site={NODE}
      csrf="x"
      values={{ name: EVIL, email: EVIL }}
      problems={['emailWrong', 'tooShort']}
    />
  ),
  admin: (
    <AdminHomePage
      site={NODE}
      session={{ ...SESSION, name: EVIL }}
      toDo={[
        { kind: 'confirm', cafe: aCafe({ title: EVIL }) },
        ...EVERY_TO_DO.map((kind) => ({ kind, count: 2, href: '/' })),
      ]}
      cafes={cafes}
      counts={{ upcoming: 38, past: 274, all: 320 }}
      last={aCafe({ title: EVIL })}
      followers={58}
      workspaces={[{ href: '/administration/territoire/35', label: EVIL }]}
      network={{ directories: [{ name: EVIL, lastSeenAt: NOW }], isAlone: false }}
      now={NOW}
      flash="published"
    />
  ),
  'admin where nothing waits': (
    <AdminHomePage
      site={{ ...NODE, kind: 'hub' }}
      session={SESSION}
      toDo={[]}
      cafes={[]}
      counts={{ upcoming: 0, past: 0, all: 0 }}
      followers={0}
      network={{ members: 1 }}
      now={NOW}
    />
  ),
  'café that is online': (
    <OnlinePage
      site={NODE}
      session={SESSION}
      cafe={aCafe({ title: EVIL })}
      directories={[
        { name: EVIL, outcome: 'shown' },
        { name: 'Un', outcome: 'missing' },
        { name: 'Deux', outcome: 'silent' },
      ]}
      followers={2}
      edits={[]}
      now={NOW}
      flash="published"
    />
  ),
  'café of the administration': (
    <OnlinePage
      site={NODE}
      session={SESSION}
      cafe={aCafe({ title: EVIL, confirmedAt: NOW })}
      directories="own"
      followers={0}
      edits={[{ at: NOW, who: EVIL, changes: [{ label: EVIL, before: EVIL }] }]}
      now={NOW}
    />
  ),
  'café that is not online yet': (
    <OnlinePage
      site={NODE}
      session={SESSION}
      cafe={aCafe({ publication: 'draft' })}
      directories={[]}
      followers={0}
      edits={[]}
      now={NOW}
    />
  ),
  'all cafés of a structure': (
    <AdminListPage
      site={NODE}
      session={SESSION}
      cafes={cafes}
      state="upcoming"
      words={EVIL}
      month={Temporal.PlainYearMonth.from('2026-12')}
      page={2}
      pages={3}
      total={120}
      months={[{ month: '2026-12', total: 120 }]}
      counts={{ upcoming: 120, drafts: 0, cancelled: 1, past: 0 }}
      now={NOW}
    />
  ),
  'all cafés of a structure, none found': (
    <AdminListPage
      site={NODE}
      session={SESSION}
      cafes={[]}
      state="drafts"
      words={EVIL}
      month={undefined}
      page={1}
      pages={1}
      total={0}
      months={[]}
      counts={{ upcoming: 0, drafts: 1, cancelled: 0, past: 0 }}
      now={NOW}
    />
  ),
  'new café': (
    <CafeFormPage
      site={NODE}
      session={SESSION}
      values={{
        title: 'Reconnaître une image fabriquée',
        'venue.id': 'a',
        languages: 'fr',
        'registration.mode': 'none',
        'registration.capacity': '15',
      }}
      venues={[aVenue({ id: 'a' }), aVenue({ id: 'b', name: 'Maison du quartier Nord' })]}
      problems={[]}
      audience={{ followers: 58, directory: { joined: 'annuaire.example' } }}
    />
  ),
  'café announced elsewhere': (
    <CafeFormPage
      site={NODE}
      session={SESSION}
      values={{ 'venue.id': '', 'venue.name': EVIL, 'venue.keep': '1', attendanceMode: ['mixed'] }}
      venues={Array.from({ length: 8 }, (_, index) => aVenue({ id: `${index}`, name: EVIL }))}
      people={[{ id: 'p', name: EVIL }]}
      problems={[]}
      audience={{ followers: 0, directory: 'none' }}
    />
  ),
  'café that is edited': (
    <CafeFormPage
      site={NODE}
      session={SESSION}
      values={{ title: 'Un café', 'venue.id': '', languages: 'fr', shown: 'title=x' }}
      problems={[]}
      current={{ id: '1', publication: 'published', status: 'scheduled' }}
      audience={{ followers: 58, directory: { joined: 'annuaire.example' } }}
    />
  ),
  'café with errors': (
    <CafeFormPage
      site={NODE}
      session={SESSION}
      values={{
        title: EVIL,
        'venue.town': 'Saint-Denis',
        languages: [EVIL],
        descriptionMarkdown: EVIL,
      }}
      problems={[
        { field: 'registration.url', code: 'not_an_url' },
        { field: 'title', code: 'too_long', detail: '140' },
        { field: 'venue.commune', code: 'ambiguous_place' },
        { field: 'startsAt', code: 'in_the_past' },
      ]}
      venues={[aVenue(), aVenue({ name: EVIL })]}
      towns={[
        { codeInsee: '93066', label: 'Saint-Denis (93)' },
        { codeInsee: '97411', label: 'Saint-Denis (974)' },
      ]}
      current={{ id: 'a', publication: 'published', status: 'scheduled' }}
      audience={{ followers: 0, directory: 'none' }}
    />
  ),
  cancel: (
    <CancelCafePage
      site={NODE}
      session={SESSION}
      cafe={aCafe({ title: EVIL })}
      audience={{ followers: 58, directory: { joined: 'annuaire.example' } }}
      reason={EVIL}
      problems={[{ field: 'note', code: 'too_long', detail: '255' }]}
    />
  ),
  venues: <VenuesPage site={NODE} session={SESSION} venues={[aVenue(), aVenue({ name: EVIL })]} />,
  venue: (
    <VenueFormPage
      site={NODE}
      session={SESSION}
      values={{ name: EVIL, town: 'Saint-Denis', access: EVIL, update: 'yes' }}
      problems={[
        { field: 'name', code: 'required' },
        { field: 'town', code: 'ambiguous_place' },
      ]}
      towns={[{ codeInsee: '97411', label: 'Saint-Denis (La Réunion)' }]}
      current={{ id: 'v', cafes: 3 }}
    />
  ),
  situation: (
    <StatusPage
      site={NODE}
      session={SESSION}
      cafe={aCafe({ title: EVIL })}
      audience={{ followers: 0, directory: 'none' }}
      values={{ situation: 'moved-online', onlineUrl: EVIL, 'note.moved-online': EVIL }}
      problems={[
        { field: 'onlineUrl', code: 'not_an_url' },
        { field: 'note', code: 'too_long', detail: '255' },
      ]}
    />
  ),
  publish: (
    <PublishCafePage
      site={NODE}
      session={SESSION}
      cafe={aCafe({ title: EVIL, publication: 'draft' })}
      audience={{ followers: 1, directory: 'own' }}
    />
  ),
  editConflict: (
    <EditConflictPage
      {...{ site: NODE, session: SESSION, action: '/administration/cafes/1' }}
      current="/administration/cafes/nouveau"
      values={{ title: EVIL, languages: ['fr', 'en'], save: 'publish' }}
      conflicts={[
        { name: 'title', label: EVIL, theirs: EVIL, mine: EVIL, by: { who: EVIL, at: NOW } },
        { name: 'descriptionMarkdown', label: EVIL, theirs: '', mine: EVIL, by: undefined },
      ]}
      kept={[EVIL]}
    />
  ),
  editHistory: (
    <EditHistoryPage
      {...{ site: NODE, session: SESSION, current: '/administration/lieux' }}
      formHref="/administration/lieux/1"
      edits={[
        { at: NOW, who: EVIL, changes: [{ label: EVIL, before: EVIL }] },
        { at: NOW, who: '', changes: [{ label: EVIL, before: '', isSetAside: true }] },
      ]}
    />
  ),
  confirmChange: (
    <ConfirmChangePage
      site={NODE}
      session={SESSION}
      before={aCafe({ title: EVIL })}
      after={aCafe({
        title: EVIL,
        status: 'rescheduled',
        startsAt: Temporal.Instant.from('2026-12-17T17:30:00Z'),
        previousStartsAt: Temporal.Instant.from('2026-12-03T17:30:00Z'),
        statusNote: EVIL,
      })}
      audience={{ followers: 58, directory: { joined: 'annuaire.example' } }}
      values={{ title: EVIL, languages: ['fr', 'en'], save: 'publish' }}
    />
  ),
  delete: (
    <DeleteCafePage
      site={NODE}
      session={SESSION}
      cafe={aCafe({ title: EVIL })}
      audience={{ followers: 1, directory: { joined: 'annuaire.example' } }}
    />
  ),
  'cafe with a photo': (
    <CafePage site={NODE} cafe={aCafe({ image: PHOTO })} now={NOW} calendarHref="/cafes/1.ics" />
  ),
  'café with a photo': (
    <CafeFormPage
      site={NODE}
      session={SESSION}
      values={{ 'image.media': PHOTO.mediaId, 'image.credit': EVIL, 'image.focus': '0.67 0.67' }}
      problems={[{ field: 'image.alt', code: 'alt_required' }]}
      overridden={[{ label: EVIL, says: EVIL }]}
      image={{ ...PHOTO, alt: '' }}
      audience={{ followers: 58, directory: 'none' }}
    />
  ),
  import: (
    <ImportPage
      site={NODE}
      session={SESSION}
      url={EVIL}
      calendars={followedCalendars}
      now={NOW}
      messages={[{ name: 'url', message: 'Cette adresse ne répond pas.' }]}
    />
  ),
  'import preview': (
    <ImportPreviewPage
      site={NODE}
      session={SESSION}
      lines={lines}
      rows={rows}
      warnings={[EVIL]}
      hidden={{ upload: EVIL }}
      choices={{
        ...{ offered: ['abc'], publication: 'published', isFollowed: true },
        ...{ everyMinutes: 60, horizonDays: 60 },
      }}
    />
  ),
  'import done': (
    <ImportDonePage site={NODE} session={SESSION} lines={lines} rows={rows} isFollowed />
  ),
  ...Object.fromEntries(
    (['asking', 'confirmed', 'moved', 'cancelled', 'postponed'] as const).map((state) => [
      `confirmation by mail, ${state}`,
      <ConfirmCafePage
        site={NODE}
        token="abc"
        cafe={aCafe({ title: EVIL, confirmedAt: hoursAgo(30) })}
        state={state}
      />,
    ]),
  ),
  'blocking a domain': (
    <ConfirmActionPage
      site={HUB}
      session={SESSION}
      from="/administration/reseau"
      action="/administration/reseau/blocages"
      fields={{ 'block.domain': EVIL }}
      question={({ block }) => ({ ...block, title: block.title(EVIL) })}
    />
  ),
  'form to send again': (
    <PendingFormPage
      site={NODE}
      csrf="x"
      action="/administration/cafes/nouveau"
      fields={[
        ['title', EVIL],
        ['attendanceMode', 'offline'],
        ['descriptionMarkdown', 'Une ligne.\n\nUne autre.'],
      ]}
      canReview
    />
  ),
  'network of a directory': (
    <DirectoryPage
      advice={[{ peerId: 'p', name: EVIL, territory: EVIL, reason: EVIL }]}
      site={HUB}
      session={SESSION}
      now={NOW}
      requests={onePage([
        aPeer({ id: 'p0', membership: 'requested', name: EVIL, invitation: EVIL }),
      ])}
      refused={[aPeer({ id: 'p8', membership: 'refused', name: EVIL })]}
      members={[
        aPeer(),
        silent,
        aPeer({ id: 'p3', backfilledAt: undefined, lastSeenAt: undefined }),
      ].map((peer) => ({ ...peer, cafeCount: 12 }))}
      followings={[
        aFollowing({
          isJoin: false,
          state: 'failed',
          error: { key: 'remote.unknown_handle', params: { name: EVIL, host: EVIL } },
        }),
      ]}
      received={onePage([
        aCafe({ title: EVIL, hiddenReason: 'price', url: 'javascript:alert(1)' }),
      ])}
      undelivered={[
        { host: 'mort.example', total: 3, titles: [EVIL], failure: 'silent', since: hoursAgo(200) },
      ]}
      invitations={[
        {
          label: EVIL,
          createdAt: hoursAgo(1),
          expiresAt: NOW.add({ hours: 100 }),
          usedAt: undefined,
          usedBy: undefined,
        },
      ]}
      newInvitation="abcde-fghjk-mnpqr"
      blocks={[{ domain: 'spam.example', reason: EVIL }]}
    />
  ),
  'network of a place': (
    <DirectoryPage
      advice={[{ peerId: 'p', name: EVIL, territory: EVIL, reason: EVIL }]}
      site={NODE}
      session={SESSION}
      now={NOW}
      requests={onePage([])}
      refused={[]}
      members={[]}
      followings={[aFollowing()]}
      received={onePage([])}
      undelivered={[]}
      invitations={[]}
      blocks={[]}
      values={{ 'join.address': EVIL }}
      messages={[{ name: 'join.address', message: 'Cette adresse ne répond pas.' }]}
    />
  ),
  tokens: (
    <TokensPage
      site={NODE}
      session={SESSION}
      tokens={[
        {
          ...{ id: 't', label: EVIL, createdAt: hoursAgo(500), lastUsedAt: undefined },
          ...{ author: EVIL, expiresAt: NOW.add({ hours: 999 }) },
        },
        {
          ...{ id: 'u', label: EVIL, createdAt: hoursAgo(500), lastUsedAt: undefined },
          ...{ author: undefined, expiresAt: undefined },
        },
      ]}
      now={NOW}
      created="cafeia_0123456789abcdefghijklmnopqrstuvwxyz"
    />
  ),
  'confirms an address': <ConfirmEmailPage site={NODE} email={EVIL} token="t" />,
  'confirmed an address': <ConfirmEmailPage site={NODE} email={EVIL} />,
  account: (
    <AccountPage
      hasPassword
      mailWorks
      askedEmail={EVIL}
      site={NODE}
      csrf="x"
      team={SESSION}
      workspaces={[]}
      values={{ name: EVIL, email: 'camille@canal.example' }}
      sessions={[
        {
          id: 's',
          userAgent: EVIL,
          createdAt: hoursAgo(40),
          lastUsedAt: hoursAgo(1),
          isCurrent: false,
        },
      ]}
      now={NOW}
      problems={['wrongCurrent']}
    />
  ),
  'account of a referent': (
    <AccountPage
      hasPassword={false}
      mailWorks
      site={HUB}
      csrf="x"
      team={undefined}
      workspaces={[{ href: '/administration/territoire/35', label: EVIL }]}
      values={{ name: '', email: 'claire@canal.example' }}
      sessions={['a', 'b', 'c'].map((id, index) => ({
        ...{ id, userAgent: index === 0 ? EVIL : '', isCurrent: index === 0 },
        ...{ createdAt: hoursAgo(40), lastUsedAt: hoursAgo(index) },
      }))}
      now={NOW}
      flash="done"
    />
  ),
  'account without a password, where no mail is sent': (
    <AccountPage
      hasPassword={false}
      mailWorks={false}
      site={NODE}
      csrf="x"
      team={SESSION}
      workspaces={[]}
      values={{ name: '', email: 'camille@canal.example' }}
      sessions={[]}
      now={NOW}
    />
  ),
}

/** Every page in every state, as sent to a browser. */
export const gallery: [name: string, html: string][] = Object.entries(pages).map(([name, page]) => [
  name,
  page.toString(),
])

/** The same pages for somebody who reads English; what organisers typed, and the site's own words, stay as they are. */
export const englishGallery: [name: string, html: string][] = Object.entries(pages).map(
  ([name, page]) => [`${name} (en)`, inEnglish(page)],
)

function inEnglish(page: { toString(): string }): string {
  if (!isValidElement(page)) throw new Error('a page is an element')
  const { menu } = messagesFor('en').site.layout
  const site: Site = {
    ...(page.props as unknown as { site: Site }).site,
    lang: 'en',
    chosen: 'en',
    translation: { lang: 'fr', href: '/?lang=fr' },
    nav: [
      { href: '/', label: menu.home.node },
      { href: '/cafes', label: menu.cafes },
    ],
    footerLinks: [{ href: '/api', label: menu.api }],
    alternates: [],
  }
  return cloneElement(page, { site } as object).toString()
}

/** Of one domain, as far as a page goes, which is not all. */
function onePage<T>(items: T[]): DomainPage<T> {
  const groups = items.length > 0 ? [{ domain: 'ailleurs.example', items, total: 7 }] : []
  return { groups, domain: undefined, page: 1, hasMore: items.length > 0 }
}
