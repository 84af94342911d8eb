import { type Finding, VERDICTS } from '../../../node/domain/federation/verification.ts'
import type { WebhookMessage } from '../../../node/domain/structures/webhook.ts'
import { OPEN_DATA_FILES } from '../../../node/domain/territories/open-data.ts'
import type { Lang } from '../../../node/domain/values/lang.ts'
import { OPEN_DATA_COLUMNS } from '../../../node/formats/csv/cafe-columns.ts'
import { ApiPage } from '../../../ui/data/api-page.tsx'
import type { EmbedOptions } from '../../../ui/data/embed-options.ts'
import { EmbedPage } from '../../../ui/data/embed-pages.tsx'
import type { CalendarLine } from '../../../ui/data/followed-calendars.tsx'
import { ImportDonePage, ImportPage, ImportPreviewPage } from '../../../ui/data/import-pages.tsx'
import { type ImportLine, ImportRow } from '../../../ui/data/import-rows.tsx'
import { OpenDataPage } from '../../../ui/data/open-data-page.tsx'
import { VerifyPage } from '../../../ui/data/verify-page.tsx'
import { type WebhookLine, WebhooksPage } from '../../../ui/data/webhooks-page.tsx'
import { EVIL, HUB, NODE, NOW, SESSION } from './sample.ts'

/** Pages for programs and other sites: imports, open data, the list to embed, verification. */

const CERTIFICATE = {
  ...{ subject: 'structures/x', name: EVIL, held: 12, reported: 9, participations: 201 },
  ...{ communes: 2, firsts: 1, months: 7 },
  from: Temporal.PlainDate.from('2026-01-08'),
  until: Temporal.PlainDate.from('2026-11-24'),
}

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
  lines.map((line, at) => (
    <ImportRow line={line} lang={lang} hasBoxes box={{ key: `${EVIL}${at}`, choice: 'draft' }} />
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

const WEBHOOK: WebhookLine = {
  ...{ id: 'w', organizationId: 'o', tokenId: 't', url: `https://x.example/${EVIL}`, search: EVIL },
  ...{ failingSince: undefined, stoppedAt: undefined, createdAt: NOW },
  ...{ token: { label: EVIL, hasEnded: false }, isUnderstood: true, messages: [] },
}

const MESSAGE: WebhookMessage = {
  ...{ id: 'm', webhookId: 'w', kind: 'changes', items: 12, createdAt: NOW, attempts: 1 },
  ...{ triedAt: NOW, status: 204, error: undefined, overAt: NOW, isDelivered: true },
}

export const dataPages: Record<string, { toString(): string }> = {
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
  'a certificate of activity': (
    <VerifyPage
      site={HUB}
      certificate={{
        signed: CERTIFICATE,
        subject: { name: EVIL, href: '/structures/x' },
        today: { ...CERTIFICATE, participations: 210 },
      }}
    />
  ),
  'a certificate of somebody who left': (
    <VerifyPage
      site={HUB}
      certificate={{ signed: CERTIFICATE, subject: undefined, today: undefined }}
    />
  ),
  'a certificate that was changed': (
    <VerifyPage
      site={HUB}
      certificate={{
        signed: undefined,
        subject: { name: EVIL, href: '/structures/x' },
        today: CERTIFICATE,
      }}
    />
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
  webhooks: (
    <WebhooksPage
      site={NODE}
      session={SESSION}
      now={NOW}
      webhooks={[
        { ...WEBHOOK, messages: [MESSAGE, { ...MESSAGE, id: 'n', kind: 'restart', attempts: 3 }] },
        { ...WEBHOOK, ...{ id: 'w2', search: '', failingSince: NOW.subtract({ hours: 30 }) } },
        {
          ...WEBHOOK,
          ...{ id: 'w3', stoppedAt: NOW.subtract({ hours: 30 }) },
          messages: [
            { ...MESSAGE, kind: 'test', attempts: 0, isDelivered: false },
            { ...MESSAGE, id: 'n', status: undefined, isDelivered: false },
            { ...MESSAGE, id: 'o', status: 500, isDelivered: false },
          ],
        },
        { ...WEBHOOK, id: 'w4', token: { label: EVIL, hasEnded: true } },
        { ...WEBHOOK, id: 'w5', isUnderstood: false, stoppedAt: NOW },
      ]}
    />
  ),
  'no webhooks': <WebhooksPage site={NODE} session={SESSION} now={NOW} webhooks={[]} />,
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
        ...{ isByRow: true, publication: 'published', isFollowed: true },
        ...{ places: [EVIL, 'B', 'C', 'D'], keepsVenues: true },
        ...{ everyMinutes: 60, horizonDays: 60 },
      }}
    />
  ),
  'import done': (
    <ImportDonePage site={NODE} session={SESSION} lines={lines} rows={rows} isFollowed />
  ),
}
