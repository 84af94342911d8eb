import type { Appeal, Flag, FlagCase, Flagged } from '../../../node/domain/flags/flag.ts'
import type { CasePartProps } from '../../../ui/flags/case-part.tsx'
import {
  CasePage,
  CasesPage,
  TerritoryCasePage,
  TerritoryCasesPage,
} from '../../../ui/flags/cases-page.tsx'
import { AskFlagPage, FlagPage } from '../../../ui/flags/flag-page.tsx'
import { OwnFlagPage } from '../../../ui/flags/own-flag-page.tsx'
import { TransparencyPage } from '../../../ui/flags/transparency-page.tsx'
import { EVIL, HUB, hoursAgo, NODE, NOW, SESSION } from './sample.ts'

const flagCase: FlagCase = {
  ...{ id: 'c1', kind: 'cafe', uri: 'https://lieu.example/cafes/1', name: EVIL, reason: 'paid' },
  ...{ territory: 'c-74267', total: 40, openedAt: hoursAgo(50), dueAt: hoursAgo(2) },
  ...{ isForTeam: true, forwardedAt: hoursAgo(40), decidedAt: undefined, outcome: undefined },
  ...{ answer: '', decidedBy: undefined },
}
const decided: FlagCase = {
  ...{ ...flagCase, decidedAt: hoursAgo(1), outcome: 'hidden', answer: EVIL, decidedBy: 'a1' },
}
const flagged: Flagged = {
  ...{ kind: 'cafe', uri: flagCase.uri, path: '/cafes/1', name: EVIL, territory: 'c-74267' },
  ...{ peerId: 'p1', id: '1' },
}
const flag: Flag = {
  ...{ id: 'f1', caseId: 'c1', reason: 'paid', words: EVIL, email: 'a@b.example' },
  ...{ host: undefined, at: hoursAgo(50) },
}
const appeal: Appeal = {
  ...{ id: 'r1', caseId: 'c1', flagId: 'f1', words: EVIL, at: hoursAgo(1), dueAt: hoursAgo(-300) },
  ...{ decidedAt: undefined, isUpheld: undefined, answer: '' },
}
const shown: CasePartProps = {
  ...{
    flagCase,
    flagged,
    text: EVIL,
    flags: [flag, { ...flag, host: 'autre.example', words: '' }],
  },
  place: { name: EVIL, since: hoursAgo(9000), cafes: 14, hidden: 0 },
  ...{ appeals: [], mayDecide: true, action: '/administration/a-traiter/c1', csrf: 'x' },
  ...{ values: { outcome: '', answer: '' }, messages: [] },
}
const wrong = {
  values: { outcome: 'hidden', answer: EVIL },
  messages: [{ name: 'answer', message: EVIL }],
}
const list = {
  query: { state: 'open', words: '' } as const,
  counts: { open: 2, appeals: 1, decided: 0 },
  found: {
    ...{ total: 2, page: 1, pages: 1 },
    rows: [
      { flagCase, name: EVIL, href: '/administration/a-traiter/c1', dueAt: flagCase.dueAt },
      {
        flagCase: { ...flagCase, id: 'c2', kind: 'facilitator', name: '' },
        ...{ name: undefined, href: '/administration/a-traiter/c2', dueAt: hoursAgo(-9) },
      } as const,
    ],
  },
  now: NOW,
}
const about = { name: EVIL, href: '/cafes/1' }
const own = { site: HUB, token: 't', about, flag, appeal: undefined, now: NOW }
const territory = { csrf: 'x', territory: { code: '74', label: 'Haute-Savoie (74)' } }

/** The pages of what is flagged. */
const domain = { level: 'block', isAccount: false } as const

export const flagPages = {
  'a page is flagged': (
    <FlagPage
      {...{ site: HUB, host: 'lieu.example', mailWorks: true }}
      about={{ ...about, address: 'https://annuaire.example/cafes/1' }}
      values={{ motif: 'paid', texte: EVIL, courriel: EVIL, transmettre: '1' }}
      messages={[{ name: 'courriel', message: EVIL }]}
    />
  ),
  'which page is flagged': (
    <AskFlagPage
      {...{ site: NODE, values: { objet: EVIL }, messages: [{ name: 'objet', message: EVIL }] }}
    />
  ),
  'a flag has arrived': <OwnFlagPage {...own} flagCase={flagCase} refusal="undecided" isNew />,
  'a flag is only counted': (
    <OwnFlagPage
      {...{ ...own, flagCase, token: undefined, flag: undefined }}
      refusal="undecided"
      isNew
    />
  ),
  'a flag is decided': (
    <OwnFlagPage
      {...{ ...own, flagCase: decided, refusal: undefined, values: { words: EVIL } }}
      messages={[{ name: 'words', message: EVIL }]}
    />
  ),
  'a flag is decided and appealed': (
    <OwnFlagPage {...{ ...own, flagCase: decided, refusal: 'again', appeal }} />
  ),
  'a flag is appealed too late': (
    <OwnFlagPage
      {...{ ...own, flagCase: decided, refusal: 'late' }}
      flag={{ ...flag, words: '', email: undefined }}
    />
  ),
  'what is flagged': <CasesPage {...{ site: HUB, session: SESSION, ...list }} />,
  'nothing is flagged': (
    <CasesPage
      {...{ site: NODE, session: SESSION, now: NOW, query: list.query }}
      counts={{ open: 0, appeals: 0, decided: 0 }}
      found={{ rows: [], total: 0, page: 1, pages: 1 }}
    />
  ),
  'a case to decide': <CasePage {...{ site: HUB, session: SESSION, ...shown, ...wrong }} isStale />,
  'a case of ours': (
    <CasePage
      {...{ site: NODE, session: SESSION, ...shown, place: undefined }}
      flagged={{ ...flagged, peerId: undefined }}
    />
  ),
  'an appeal to decide': (
    <CasePage
      {...{ site: HUB, session: SESSION, ...shown, flagCase: decided, appeals: [appeal] }}
    />
  ),
  'an appeal that is another person’s': (
    <CasePage
      {...{ site: HUB, session: SESSION, ...shown, flagCase: decided, appeals: [appeal] }}
      mayDecide={false}
    />
  ),
  'what is flagged in a territory': (
    <TerritoryCasesPage {...{ site: HUB, session: territory, ...list }} />
  ),
  'a case of a territory': (
    <TerritoryCasePage {...{ site: HUB, session: territory, ...shown, ...wrong }} mayLeave />
  ),
  'what was decided, in numbers': (
    <TransparencyPage
      {...{ site: HUB, since: hoursAgo(9000), received: 61, open: 2, late: 1, ownHidden: 3 }}
      decisions={[
        { reason: 'paid', outcome: 'hidden', within: 'day', total: 3 },
        { reason: 'other', outcome: 'kept', within: 'week', total: 9 },
      ]}
      appeals={{ decided: 2, upheld: 1, open: 3, late: 1 }}
      listed={412}
      blocks={[
        {
          ...domain,
          host: 'spam.example',
          reason: EVIL,
          endsOn: Temporal.PlainDate.from('2027-01-31'),
        },
        { ...domain, host: 'autre.example', reason: '', endsOn: undefined, isAccount: true },
      ]}
    />
  ),
  'nothing was decided': (
    <TransparencyPage
      {...{ site: NODE, since: undefined, received: 0, open: 0, late: 0, ownHidden: 0 }}
      {...{
        decisions: [],
        appeals: { decided: 0, upheld: 0, open: 0, late: 0 },
        blocks: [],
        listed: 0,
      }}
    />
  ),
}
