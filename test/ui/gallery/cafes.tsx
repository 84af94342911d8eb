import { DeletedPage } from '../../../ui/admin/deleted-page.tsx'
import { CancelCafePage, DeleteCafePage, PublishCafePage } from '../../../ui/cafes/action-pages.tsx'
import { AdminListPage } from '../../../ui/cafes/admin-list.tsx'
import { VenueFormPage, VenuesPage } from '../../../ui/cafes/admin-venues.tsx'
import { CafePage } from '../../../ui/cafes/cafe-page.tsx'
import { ConfirmChangePage } from '../../../ui/cafes/change-page.tsx'
import { ConfirmCafePage } from '../../../ui/cafes/confirmation-page.tsx'
import { CafeFormPage } from '../../../ui/cafes/form.tsx'
import { CafeListPage } from '../../../ui/cafes/list-page.tsx'
import { OnlinePage } from '../../../ui/cafes/online-page.tsx'
import { StatusPage } from '../../../ui/cafes/status-page.tsx'
import { KitPage } from '../../../ui/kit/kit-page.tsx'
import { aCafe, EVIL, HUB, hoursAgo, listed, NODE, NOW, SESSION } from './sample.ts'
import { aVenue, cafes, own, unreachable } from './sample-cafes.ts'

/** The pages of a café in each state, lists of cafés, and the team's actions on a café. */

const NEXT_YEAR = aCafe({ id: 'h', title: 'Mots' }, '2027-01-11T18:00[Europe/Paris]')

const DECEMBER = {
  month: Temporal.PlainYearMonth.from('2026-12'),
  totals: new Map([
    ['2026-12-03', { total: 1, cancelled: 0, postponed: 0 }],
    ['2026-12-04', { total: 0, cancelled: 2, postponed: 1 }],
    ['2026-12-31', { total: 12, cancelled: 1, postponed: 0 }],
  ]),
  before: Temporal.PlainYearMonth.from('2026-11'),
  after: Temporal.PlainYearMonth.from('2027-08'),
  today: Temporal.PlainDate.from('2026-12-01'),
  chosen: Temporal.PlainDate.from('2026-12-03'),
}

const PHOTO = {
  url: `https://canal.example/media/${'ab'.repeat(16)}-1600.jpg`,
  alt: EVIL,
  credit: EVIL,
  mediaId: 'ab'.repeat(16),
  ...{ width: 1600, height: 1067, sizes: [480, 960, 1600] },
}

const eachCafe = Object.fromEntries(
  cafes.map((cafe) => [
    `cafe ${cafe.id}`,
    <CafePage site={NODE} cafe={cafe} now={NOW} calendarHref="/cafes/1.ics" />,
  ]),
)

export const cafePages: Record<string, { toString(): string }> = {
  ...eachCafe,
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
      source={unreachable}
      around={{
        ...{ kmWide: 24, window: { left: 0, top: 0, size: 1, tall: 220 / 480 }, points: [] },
        ...{ outlines: [], neighbours: [], label: EVIL },
        circle: { x: 0.5, y: 0.2, radius: 0, km: 0 },
        towns: [
          { name: EVIL, x: 0.6, y: 0.1, population: 220_000 },
          { name: 'Pacé', x: 0.2, y: 0.3, population: 11_000 },
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
  'café that is online': (
    <OnlinePage
      site={NODE}
      session={SESSION}
      cafe={aCafe({ title: EVIL })}
      circulation={{
        directories: [
          ...(['shown', 'older', 'missing', 'silent', 'asked', 'refused', 'failed'] as const).map(
            (outcome) => ({ name: EVIL, outcome }),
          ),
          { name: EVIL, outcome: 'hidden', reason: EVIL },
        ],
        ...{ followers: 2, feeds: [], sending: 'waiting', unreached: [EVIL, EVIL], alerts: 3 },
      }}
      edits={[]}
      now={NOW}
      flash="published"
    />
  ),
  'kit of a café, with a poster to print again': (
    <KitPage
      site={NODE}
      session={SESSION}
      cafe={aCafe({ title: EVIL })}
      words={{ mail: EVIL, networks: EVIL, press: EVIL, alt: EVIL }}
      wordsLang="fr"
      old={{ day: Temporal.PlainDate.from('2026-12-02'), what: 'date', text: EVIL }}
    />
  ),
  'café of the administration': (
    <OnlinePage
      site={NODE}
      session={SESSION}
      cafe={aCafe({ title: EVIL, confirmedAt: NOW })}
      circulation={{
        directories: 'own',
        followers: 0,
        feeds: (['told', 'waiting', 'listed'] as const).map((state) => ({
          ...{ title: EVIL, followers: 2, state },
        })),
        ...{ sending: 'sent', unreached: [], alerts: 0 },
      }}
      edits={[{ at: NOW, who: EVIL, title: EVIL, changes: [{ label: EVIL, before: EVIL }] }]}
      now={NOW}
    />
  ),
  'café that is not online yet': (
    <OnlinePage
      site={NODE}
      session={SESSION}
      cafe={aCafe({ publication: 'draft' })}
      circulation={{
        ...{ directories: [], followers: 0, feeds: [], sending: 'sent' },
        ...{ unreached: [], alerts: 0 },
      }}
      edits={[]}
      now={NOW}
    />
  ),
  'all cafés of a structure': (
    <AdminListPage
      site={NODE}
      session={SESSION}
      query={{ words: EVIL, state: 'upcoming' }}
      found={{ rows: [...cafes, NEXT_YEAR], total: 120, page: 2, pages: 3 }}
      month={Temporal.PlainYearMonth.from('2026-12')}
      months={[{ month: '2026-12', total: 120 }]}
      counts={{ upcoming: 120, drafts: 0, cancelled: 1, past: 0 }}
      now={NOW}
    />
  ),
  'all cafés of a structure, none found': (
    <AdminListPage
      site={NODE}
      session={SESSION}
      query={{ words: EVIL, state: 'drafts' }}
      found={{ rows: [], total: 0, page: 1, pages: 1 }}
      month={undefined}
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
      audience={{ followers: 58, directories: [{ name: 'annuaire.example', state: 'joined' }] }}
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
      audience={{ followers: 0, directories: [] }}
    />
  ),
  'café that is edited': (
    <CafeFormPage
      site={NODE}
      session={SESSION}
      values={{ title: 'Un café', 'venue.id': '', languages: 'fr', shown: 'title=x' }}
      problems={[]}
      current={{ id: '1', publication: 'published', status: 'scheduled' }}
      suggestion={{
        ...{ id: 's', email: 'lou@mail.example', title: EVIL, typed: { 'venue.name': EVIL } },
        ...{ cafeId: '1', createdAt: NOW, endedAt: undefined, endReason: undefined },
      }}
      audience={{ followers: 58, directories: [{ name: 'annuaire.example', state: 'joined' }] }}
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
      audience={{ followers: 0, directories: [] }}
    />
  ),
  cancel: (
    <CancelCafePage
      site={NODE}
      session={SESSION}
      cafe={aCafe({ title: EVIL })}
      audience={{ followers: 58, directories: [{ name: 'annuaire.example', state: 'joined' }] }}
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
      current={{ id: 'v', cafes: 3, hasAudience: true }}
    />
  ),
  situation: (
    <StatusPage
      site={NODE}
      session={SESSION}
      cafe={aCafe({ title: EVIL })}
      audience={{ followers: 0, directories: [] }}
      values={{ situation: 'moved-online', onlineUrl: EVIL, 'note.moved-online': EVIL }}
      problems={[
        { field: 'onlineUrl', code: 'not_an_url' },
        { field: 'note', code: 'too_long', detail: '255' },
      ]}
    />
  ),
  'situation of a café that was changed meanwhile': (
    <StatusPage
      site={NODE}
      session={SESSION}
      cafe={aCafe({ status: 'cancelled' })}
      audience={{ followers: 0, directories: [] }}
      values={{ situation: 'full', 'note.full': EVIL }}
      problems={[]}
      meanwhile={{ edit: { at: NOW, who: EVIL, title: EVIL, reason: EVIL, changes: [] } }}
    />
  ),
  'café that was deleted meanwhile': (
    <DeletedPage
      noun="cafe"
      {...{ site: NODE, session: SESSION, typed: [EVIL] }}
      edit={{ at: NOW, who: EVIL, title: EVIL, changes: [] }}
    />
  ),
  publish: (
    <PublishCafePage
      site={NODE}
      session={SESSION}
      cafe={aCafe({ title: EVIL, publication: 'draft' })}
      audience={{ followers: 1, directories: 'own' }}
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
      audience={{ followers: 58, directories: [{ name: 'annuaire.example', state: 'joined' }] }}
      values={{ title: EVIL, languages: ['fr', 'en'], save: 'publish' }}
    />
  ),
  delete: (
    <DeleteCafePage
      site={NODE}
      session={SESSION}
      cafe={aCafe({ title: EVIL })}
      audience={{ followers: 1, directories: [{ name: 'annuaire.example', state: 'joined' }] }}
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
      overridden={[{ label: EVIL, fromSource: EVIL }]}
      image={{ ...PHOTO, alt: '' }}
      audience={{ followers: 58, directories: [] }}
    />
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
}
