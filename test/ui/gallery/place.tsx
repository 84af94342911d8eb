import { LEGAL_MINIMUM } from '../../../node/domain/structures/legal-notice.ts'
import { FirstDirectoryPage, OnboardingPage } from '../../../ui/admin/onboarding-pages.tsx'
import { DeleteVenuePage } from '../../../ui/cafes/admin-venues.tsx'
import { AccessibilityPage } from '../../../ui/site/accessibility-page.tsx'
import { AdminHomePage } from '../../../ui/site/admin-home.tsx'
import { ContactPage, LegalNoticePage, SourcePage } from '../../../ui/site/legal-pages.tsx'
import { PersonalDataPage, RegisterPage } from '../../../ui/site/personal-data-page.tsx'
import { SettingsPage } from '../../../ui/site/settings-page.tsx'
import { StructureAdminPage } from '../../../ui/structures/admin-structure.tsx'
import { ChoosePlacePage, StructureFilePage } from '../../../ui/structures/file-import.tsx'
import { NodeHomePage } from '../../../ui/structures/home-page.tsx'
import { EVERY_SERVICE, someDataSources } from './personal-data.ts'
import {
  A_LOGO,
  aLegalNotice,
  aProfile,
  EVERY_TO_DO,
  EVIL,
  empty,
  HUB,
  NODE,
  NOW,
  site,
} from './sample.ts'
import { aVenue, own } from './sample-cafes.ts'

const filled = { profile: aProfile(), legal: aLegalNotice() }

const LOGOS = { logo: A_LOGO, 'partner1.logo': A_LOGO }

const TODAY = Temporal.PlainDate.from('2026-11-25')

/** The legal pages, those of a first run, and a place's own page. */
export const placePages: Record<string, { toString(): string }> = {
  'home of a place that says who it is': (
    <NodeHomePage
      help={{ href: 'https://cartographie.societenumerique.gouv.fr/', name: undefined }}
      site={NODE}
      cafes={own}
      profile={filled.profile}
      directories={[{ href: 'https://annuaire.example/', label: 'annuaire.example' }]}
      now={NOW}
    />
  ),
  'legal notice': <LegalNoticePage site={NODE} {...filled} />,
  'legal notice to complete': <LegalNoticePage site={HUB} {...empty} signedIn />,
  'personal data': (
    <PersonalDataPage site={NODE} {...filled} sources={someDataSources({ isDirectory: false })} />
  ),
  'personal data of a directory with every service': (
    <PersonalDataPage
      site={HUB}
      {...filled}
      sources={someDataSources({ isDirectory: true }, EVERY_SERVICE)}
    />
  ),
  'register of processing': (
    <RegisterPage
      {...site}
      profile={filled.profile}
      sources={someDataSources({ isDirectory: true }, EVERY_SERVICE)}
      today={TODAY}
    />
  ),
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
      logos={{ stored: LOGOS, held: { 'partner2.logo': A_LOGO } }}
      isPrefilled
      areWordsHeld
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
  'venue to be deleted': (
    <DeleteVenuePage {...site} venue={aVenue({ name: EVIL })} version={EVIL} cafes={0} />
  ),
  'venue that stays': <DeleteVenuePage {...site} venue={aVenue()} version="" cafes={2} />,
  place: (
    <StructureAdminPage
      {...site}
      values={{ name: EVIL, kind: 'BIB', partner1: EVIL }}
      problems={[]}
      logos={{ stored: LOGOS }}
      flash="done"
    />
  ),
  'place with errors': (
    <StructureAdminPage
      {...site}
      values={{ name: EVIL, town: 'Saint-Denis', siret: EVIL }}
      problems={[
        { field: 'siret', code: 'invalid' },
        { field: 'venue.commune', code: 'ambiguous_place', detail: EVIL },
        { field: 'kind', code: 'invalid' },
        { field: 'partner4', code: 'too_many', detail: '4' },
        { field: 'partner1.logo', code: 'image_unreadable' },
      ]}
      logos={{ stored: {} }}
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
        { step: 'place', state: 'done', missing: [] },
        { step: 'legal', state: 'todo', missing: ['legalName', 'hostPhone'] },
        { step: 'directory', state: 'waiting', missing: [] },
        { step: 'cafe', state: 'todo', missing: [] },
      ]}
    />
  ),
  'first directory': (
    <FirstDirectoryPage
      {...site}
      step={{ number: 3, total: 4 }}
      values={{ 'join.address': EVIL }}
      messages={[{ name: 'join.address', message: 'Donnez une adresse complète.' }]}
      asked={{ name: EVIL, state: 'accepted' }}
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
