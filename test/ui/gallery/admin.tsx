import type { DomainPage } from '../../../node/domain/federation/domain-page.ts'
import {
  type HourMeasure,
  listDays,
  listHours,
  toHour,
} from '../../../node/domain/monitoring/measure.ts'
import type { SiteState } from '../../../node/domain/monitoring/site-state.ts'
import { TROUBLES } from '../../../node/domain/monitoring/trouble.ts'
import { pageOf } from '../../../node/store/database/list-page.ts'
import { BackupsPage } from '../../../ui/admin/backups-page.tsx'
import { BulkDonePage, BulkQuestionPage } from '../../../ui/admin/bulk-pages.tsx'
import { ConfirmActionPage } from '../../../ui/admin/confirm-action-page.tsx'
import { EditConflictPage } from '../../../ui/admin/edit-conflict-page.tsx'
import { EditHistoryPage } from '../../../ui/admin/edit-history-page.tsx'
import { MailsPage, PreparedMailPage } from '../../../ui/admin/mails-page.tsx'
import { OtherVersionsPage } from '../../../ui/admin/other-versions-page.tsx'
import { DifferencesPage } from '../../../ui/data/differences-page.tsx'
import { DirectoryPage } from '../../../ui/directory/admin-page.tsx'
import { StampsPage } from '../../../ui/directory/stamps-page.tsx'
import { PublicStatePage } from '../../../ui/monitoring/public-state-page.tsx'
import { StatePage } from '../../../ui/monitoring/state-page.tsx'
import { aCafe, aFollowing, aPeer, EVIL, HUB, hoursAgo, NODE, NOW, SESSION } from './sample.ts'
import { unreachable } from './sample-cafes.ts'

const COUNTS = { requested: 1, members: 489, silent: 18, left: 2, refused: 3, blocked: 1 }

const aSite = (changes: object) => ({
  ...{ ...aPeer(), isBlocked: false, toCome: 12, commune: 'Die', departement: '26' },
  ...{ stoppedBy: undefined, ...changes },
})

const SITES = [
  aSite({ id: 's1', name: EVIL }),
  aSite({ ...unreachable, id: 's2', silentSince: hoursAgo(80), hiddenSince: hoursAgo(2) }),
  aSite({ id: 's3', backfilledAt: undefined, lastSeenAt: undefined, toCome: 0 }),
  aSite({ id: 's4', stoppedBy: 'pages', commune: undefined }),
  aSite({ id: 's5', membership: 'refused' }),
  aSite({ id: 's6', membership: 'left' }),
  aSite({ id: 's7', isBlocked: true }),
]

/** Pages of the team about its site: mails, directories and members, edits, backups. */

const FIRST = { page: 1, size: 10 }
const MAILS = {
  ...{ site: NODE, session: SESSION, query: { state: 'open' as const, words: '' } },
  counts: { open: 1, sent: 2, lost: 1 },
} as const
const BULK = {
  ...{ site: NODE, session: SESSION, from: '/administration/cafes', act: 'annuler' },
  action: '/administration/cafes/plusieurs',
}

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
  byPhone: false,
  replyTo: undefined,
} as const

/** Returns one page of items of a single domain, which has seven. */
function onePage<T>(items: T[]): DomainPage<T> {
  const groups = items.length > 0 ? [{ domain: 'ailleurs.example', items, total: 7 }] : []
  return { groups, domain: undefined, page: 1, hasMore: items.length > 0 }
}

const STATE = {
  ...{ troubles: [], memory: { bytes: 184e6, limit: 512e6 }, failures: 0, lateMinutes: 0 },
  disk: { usedBytes: 31e9, totalBytes: 40e9, freeBytes: 9e9 },
  ...{ silent: [], certificate: { from: hoursAgo(24 * 60), until: hoursAgo(-24 * 30) } },
  ...{ undelivered: 0, lateMails: 0, backupProblem: undefined },
  backup: { lastAt: hoursAgo(6).toString(), isLate: false, isCopyFailing: false },
} satisfies SiteState

const MEASURES = Array.from({ length: 24 * 20 }, (_, index): HourMeasure => {
  const hour = toHour(NOW).subtract({ hours: 24 * 20 - 1 - index })
  return {
    ...{ hour, sent: (index * 7) % 40, resent: index % 50 === 0 ? 8 : 0, givenUp: 0 },
    ...{ failures: index % 200 === 0 ? 2 : 0, waiting: (index * 13) % 60, lateMinutes: 0 },
    ...{ memoryBytes: 170e6 + (index % 12) * 2e6, diskUsedBytes: 25e9 + index * 12e6 },
    ...{ diskTotalBytes: 40e9, isCopyFailing: index === 215 },
    backupAt: index % 24 === 3 && index !== 123 ? hour : undefined,
  }
})

const MEASURED = {
  ...{ site: NODE, session: SESSION, waiting: 6, areBackupsDaily: true, now: NOW },
  days: listDays(MEASURES, { days: 30, now: NOW }),
  hours: listHours(MEASURES, { count: 24, now: NOW }),
  ...{ since: MEASURES[0]?.hour, alertsTo: ['equipe@annuaire.example'] },
}

const PUBLIC_STATE = { site: HUB, members: 489, heard: 470, signedIn: false, now: NOW }

export const adminPages: Record<string, { toString(): string }> = {
  'state, well': <StatePage {...MEASURED} state={STATE} lastAlert={undefined} />,
  'state, everything wrong': (
    <StatePage
      {...MEASURED}
      site={HUB}
      state={{
        ...{ ...STATE, troubles: [...TROUBLES], silent: [EVIL, 'https://muet.example'] },
        ...{ backupProblem: EVIL, failures: 3, lateMinutes: 40, undelivered: 2, lateMails: 1 },
      }}
      lastAlert={{
        ...{ trouble: 'backup-late', since: hoursAgo(90), seenAt: hoursAgo(85) },
        ...{ toldAt: hoursAgo(90), overAt: hoursAgo(84) },
      }}
    />
  ),
  'public state, well': (
    <PublicStatePage {...PUBLIC_STATE} isWell lateMinutes={0} silent={[]} incidents={[]} />
  ),
  'public state, troubled': (
    <PublicStatePage
      {...PUBLIC_STATE}
      isWell={false}
      lateMinutes={40}
      silent={[
        { name: EVIL, origin: 'https://muet.example', lastSeenAt: hoursAgo(90) },
        { name: 'Jamais', origin: 'https://jamais.example', lastSeenAt: undefined },
      ]}
      incidents={[
        { day: new Temporal.PlainDate(2026, 11, 20), kind: 'off', hours: 3 },
        { day: new Temporal.PlainDate(2026, 11, 19), kind: 'late', hours: 1 },
        { day: new Temporal.PlainDate(2026, 11, 18), kind: 'failing', hours: 2 },
      ]}
    />
  ),
  'public state, before the first measure': (
    <PublicStatePage {...PUBLIC_STATE} isWell lateMinutes={0} silent={[]} incidents={undefined} />
  ),
  'state, before the first measure': (
    <StatePage
      {...MEASURED}
      state={{ ...STATE, certificate: undefined, disk: undefined }}
      days={listDays([], { days: 30, now: NOW })}
      hours={listHours([], { count: 24, now: NOW })}
      {...{ since: undefined, alertsTo: [], lastAlert: undefined }}
    />
  ),
  'backups, good': (
    <BackupsPage
      site={NODE}
      session={SESSION}
      state={{
        ...{ since: NOW, problem: undefined },
        last: { at: NOW.subtract({ hours: 5 }), file: 'x', bytes: 1 },
      }}
      areDaily
      isLate={false}
      places={1}
      held={undefined}
      now={NOW}
    />
  ),
  'backups, late, after a restore': (
    <BackupsPage
      site={NODE}
      session={SESSION}
      state={{ since: NOW, last: undefined, problem: EVIL }}
      areDaily
      isLate
      places={2}
      held={{ announcements: 12, mails: 1 }}
      now={NOW}
    />
  ),
  'backups, not copied, after a loss without a backup': (
    <BackupsPage
      site={NODE}
      session={SESSION}
      state={{
        ...{ since: NOW, problem: EVIL },
        last: { at: NOW.subtract({ hours: 5 }), file: 'x', bytes: 1 },
        copyFailingSince: NOW.subtract({ hours: 5 }),
        copySettings: ['CAFE_IA_BACKUP_COPY', 'CAFE_IA_BACKUP_S3'],
      }}
      areDaily
      isLate={false}
      places={1}
      held={undefined}
      restoration={{
        ...{ since: NOW, isLost: true, isClosed: false, areEditsHeld: false },
        directories: [
          {
            ...{ uri: 'https://annuaire.example/actors/instance', state: 'waiting' },
            ...{ servers: 0, taken: 0, refused: 0, words: 0, aside: 0 },
          },
        ],
      }}
      now={NOW}
    />
  ),
  'backups, after a restore without a journal': (
    <BackupsPage
      site={NODE}
      session={SESSION}
      state={undefined}
      areDaily
      isLate={false}
      places={1}
      held={undefined}
      restoration={{
        ...{ since: NOW, isLost: false, isClosed: true, areEditsHeld: true },
        directories: (
          [
            { uri: 'https://annuaire.example/', state: 'waiting' },
            { uri: 'https://loin.example/', state: 'waiting', problem: 'unreachable' },
            { uri: 'https://neuf.example/', state: 'waiting', problem: 'unknown' },
            { uri: 'https://ancien.example/', state: 'unable' },
            { uri: 'https://sans-fin.example/', state: 'unable', problem: 'endless' },
          ] as const
        ).map((each) => ({ ...each, servers: 0, taken: 2, refused: 1, words: 3, aside: 1 })),
      }}
      now={NOW}
    />
  ),
  'backups, after a restore, with answers': (
    <BackupsPage
      site={NODE}
      session={SESSION}
      state={undefined}
      areDaily
      isLate={false}
      places={1}
      held={undefined}
      restoration={{
        ...{ since: NOW, isLost: false, isClosed: false, areEditsHeld: true },
        directories: [
          {
            ...{ uri: 'https://annuaire.example/', state: 'answered', answeredAt: NOW },
            ...{ servers: 0, taken: 0, refused: 0, words: 0, aside: 0 },
          },
          {
            ...{ uri: 'https://loin.example/', state: 'waiting', problem: 'unreachable' },
            ...{ servers: 0, taken: 0, refused: 0, words: 0, aside: 0 },
          },
        ],
      }}
      versions={2}
      now={NOW}
    />
  ),
  'versions of cafés that a directory has': (
    <OtherVersionsPage
      site={NODE}
      session={SESSION}
      isStale
      total={30}
      items={[
        {
          ...{ noun: 'cafe', id: '1', title: EVIL, when: '9/12/2026, 18:30' },
          ...{ directory: 'annuaire.example', reason: 'both', updatedAt: NOW },
          ...{ isHere: true, seen: '2026-11-30T10:00:00Z' },
          differences: [
            { label: 'Code', here: EVIL, there: '' },
            { label: 'Date', here: '9/12/2026', there: '10/12/2026' },
          ],
        },
        {
          ...{ noun: 'cafe', id: '2', title: 'Workshop', when: '9/12/2026, 18:00' },
          ...{ directory: 'annuaire.example:8443', reason: 'key', updatedAt: NOW },
          ...{ isHere: false, seen: '', differences: [{ label: 'Code', here: '', there: EVIL }] },
        },
        {
          ...{ noun: 'cafe', id: '3', title: 'Workshop', when: '9/12/2026, 18:00' },
          ...{ directory: 'annuaire.example', reason: 'clock', updatedAt: NOW },
          ...{ isHere: true, seen: '2026-11-30T10:00:00Z', differences: [] },
        },
        {
          ...{ noun: 'structure', id: '4', title: EVIL },
          ...{ directory: 'annuaire.example', reason: 'both', updatedAt: NOW },
          ...{ isHere: true, seen: 'a', differences: [{ label: 'Code', here: '', there: EVIL }] },
        },
      ]}
    />
  ),
  'what a calendar says otherwise': (
    <DifferencesPage
      site={NODE}
      session={SESSION}
      isStale
      total={31}
      items={[
        {
          ...{ cafeId: '1', title: EVIL, when: '9/12/2026, 18:30', version: 'v' },
          differences: [
            { aspect: 'title', fields: [{ label: EVIL, here: EVIL, fromSource: '' }] },
            { aspect: 'themes', fields: [] },
          ],
        },
      ]}
    />
  ),
  'stamps that wait for the team': (
    <StampsPage
      site={NODE}
      session={SESSION}
      query={{ words: '', state: 'asked' }}
      counts={{ asked: 1, given: 0, refused: 2 }}
      groups={[{ kind: 'source', name: 'b.example', total: 2 }]}
      found={{
        ...{ total: 1, page: 1, pages: 1 },
        rows: [
          {
            ...{ id: '1', kind: 'quote', giver: 'cafes', targetUri: 'https://a.example/cafes/1' },
            ...{ instrumentUri: 'https://b.example/1', requesterUri: 'https://b.example/u' },
            ...{ inbox: 'https://b.example/inbox', requestUri: 'https://b.example/r' },
            ...{ state: 'asked', at: NOW },
          },
        ],
      }}
      now={NOW}
    />
  ),
  'backups, with what a directory says is gone': (
    <BackupsPage
      site={NODE}
      session={SESSION}
      state={undefined}
      areDaily
      isLate={false}
      places={1}
      held={undefined}
      claims={{
        items: [
          {
            ...{ value: 'cafe:1', name: EVIL, startsAt: NOW, timezone: 'Europe/Paris' },
            ...{ directory: 'annuaire.example', at: NOW },
          },
          {
            ...{ value: 'facilitator:2', name: 'Camille', startsAt: undefined },
            ...{ timezone: undefined, directory: 'annuaire.example', at: NOW },
          },
        ],
        total: 14,
        shown: 3,
        message: EVIL,
      }}
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
      places={1}
      held={{ announcements: 0, mails: 0 }}
      now={NOW}
    />
  ),
  'mails that are only shown': (
    <MailsPage {...MAILS} found={pageOf([MAIL], FIRST)} mailWorks={false} now={NOW} />
  ),
  'several mails that are only shown': (
    <MailsPage
      {...MAILS}
      found={pageOf([MAIL, { ...MAIL, id: 'm2' }], FIRST)}
      mailWorks={false}
      now={NOW}
    />
  ),
  mails: (
    <MailsPage
      {...MAILS}
      found={pageOf(
        [
          { ...MAIL, text: '', sentAt: NOW },
          { ...MAIL, id: 'm2', error: EVIL, attempts: 3 },
          { ...MAIL, id: 'm3', error: '550 nobody', droppedAt: NOW, attempts: 1 },
          { ...MAIL, id: 'm4', hasLink: false, subject: '', text: '' },
        ],
        FIRST,
      )}
      mailWorks
      now={NOW}
    />
  ),
  'no mail that was looked for': (
    <MailsPage
      {...MAILS}
      query={{ state: 'lost', words: EVIL }}
      found={pageOf([], FIRST)}
      mailWorks
      now={NOW}
    />
  ),
  'several cafés to cancel': (
    <BulkQuestionPage
      {...BULK}
      texts={({ cafes }) => cafes.cancelled}
      chosen={[
        { id: 'c1', version: '1', name: EVIL },
        { id: 'c2', version: '2', name: EVIL, problem: EVIL },
      ]}
      reason={{ label: EVIL, text: EVIL, max: 255, isOptional: true, message: EVIL }}
    />
  ),
  'several of which some were cancelled': (
    <BulkDonePage {...BULK} lines={[{ name: EVIL }, { name: EVIL, problem: EVIL }]} />
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
        { at: NOW, who: EVIL, title: EVIL, reason: EVIL, changes: [] },
        { at: NOW, who: EVIL, title: EVIL, changes: [{ label: EVIL, before: EVIL }] },
        { at: NOW, who: '', title: EVIL, changes: [{ label: EVIL, before: '', isSetAside: true }] },
        {
          at: NOW,
          who: '',
          title: EVIL,
          changes: [{ label: EVIL, before: '', isForgotten: true }],
        },
      ]}
      forgetAction="/administration/cafes/1/historique"
    />
  ),
  'blocking a domain': (
    <ConfirmActionPage
      site={HUB}
      session={SESSION}
      from="/administration/reseau"
      action="/administration/reseau/blocages"
      fields={{ 'block.domain': EVIL }}
      question={({ block }) => ({
        ...block,
        title: block.title(EVIL),
        effects: block.effects('reason'),
      })}
    />
  ),
  'asks for a reason': (
    <ConfirmActionPage
      site={HUB}
      session={SESSION}
      from="/administration/reseau"
      action="/administration/reseau/cafes/c1/ecarter"
      question={({ dismiss }) => ({ ...dismiss, title: dismiss.title(EVIL) })}
      reason={{ text: EVIL, max: 300, message: EVIL }}
    />
  ),
  'network of a directory': (
    <DirectoryPage
      site={HUB}
      session={SESSION}
      now={NOW}
      sites={{
        ...{ query: { words: EVIL, state: 'requested' }, counts: COUNTS },
        found: { rows: [], total: 1, page: 1, pages: 1 },
        requests: onePage([
          aPeer({ id: 'p0', membership: 'requested', name: EVIL, invitation: EVIL }),
        ]),
        groups: [
          { kind: 'source', name: 'pages.example', total: 20 },
          { kind: 'day', name: '2026-11-27', total: 120 },
        ],
        advice: [{ peerId: 'p0', name: EVIL, territory: EVIL, reason: EVIL }],
      }}
      joinings={[]}
      recoveries={[
        {
          ...{ peerId: 'p9', name: EVIL, host: 'perdu.example', origin: 'https://perdu.example' },
          ...{ askedAt: hoursAgo(3), servers: 12 },
        },
      ]}
      followings={[
        aFollowing({
          isJoin: false,
          state: 'failed',
          error: { key: 'remote.unknown_handle', params: { name: EVIL, host: EVIL } },
        }),
      ]}
      receivedGroups={[{ kind: 'source', name: 'inconnu.example', total: 2 }]}
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
    />
  ),
  'members of a directory': (
    <DirectoryPage
      site={HUB}
      session={SESSION}
      now={NOW}
      sites={{
        ...{ query: { words: '', state: 'members' }, counts: COUNTS, requests: undefined },
        found: { rows: SITES, total: 489, page: 2, pages: 20 },
        ...{ groups: [], advice: [] },
      }}
      joinings={[]}
      followings={[]}
      receivedGroups={[]}
      received={onePage([])}
      undelivered={[]}
      invitations={[]}
    />
  ),
  'network of a place': (
    <DirectoryPage
      site={NODE}
      session={SESSION}
      now={NOW}
      sites={{
        query: { words: '', state: 'members' },
        counts: { requested: 0, members: 0, silent: 0, left: 0, refused: 0, blocked: 0 },
        found: { rows: [], total: 0, page: 1, pages: 1 },
        requests: undefined,
        ...{ groups: [], advice: [] },
      }}
      joinings={[aFollowing()]}
      followings={[]}
      receivedGroups={[]}
      received={onePage([])}
      undelivered={[]}
      invitations={[]}
      values={{ 'join.address': EVIL }}
      messages={[{ name: 'join.address', message: 'Cette adresse ne répond pas.' }]}
    />
  ),
}
