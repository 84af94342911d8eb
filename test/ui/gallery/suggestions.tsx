import type { Suggestion } from '../../../node/domain/suggestions/suggestion.ts'
import { DeleteCafePage } from '../../../ui/cafes/action-pages.tsx'
import { SuggestionFormPage } from '../../../ui/suggestions/form-page.tsx'
import { OwnSuggestionPage } from '../../../ui/suggestions/own-page.tsx'
import { type StartAnswer, StartAnswerPage } from '../../../ui/suggestions/start-answer.tsx'
import { StartPage } from '../../../ui/suggestions/start-page.tsx'
import { resource } from './resources.tsx'
import { aCafe, EVIL, HUB, listed, NOW, site } from './sample.ts'

const values = {
  ...{ announcedFor: EVIL, title: EVIL, date: '2026-12-19', time: '14:00', 'venue.id': '' },
  ...{ 'venue.name': EVIL, 'venue.town': EVIL, descriptionMarkdown: EVIL, courriel: EVIL },
}
const form = {
  ...{ site: HUB, values, messages: [], towns: undefined, mailWorks: true, signature: 's' },
}
const suggestion: Suggestion = {
  ...{ id: 's', email: 'lou@mail.example', title: EVIL, typed: values, cafeId: undefined },
  ...{ createdAt: NOW, endedAt: undefined, endReason: undefined },
}
const cafe = aCafe({ id: 'a', title: EVIL, announcedFor: EVIL, publication: 'draft' })
const own = {
  ...{ site: HUB, suggestion, cafe: undefined, token: 'jeton', values, messages: [] },
  ...{ towns: undefined, done: undefined },
}
const wrong = [
  { name: 'title', message: EVIL },
  { name: 'courriel', message: EVIL },
]
const towns = [{ codeInsee: '35360', label: EVIL }]
const audience = {
  ...{ directories: [], calendars: 0, followers: 0, feeds: [], registered: 0 },
}

const asked = { ou: EVIL, qui: 'ados' } as const
const answer: StartAnswer = {
  ...{ place: 'Vitré (35)', audience: 'ados', territory: 'c-35360' },
  helpers: [
    {
      kind: 'referent',
      referent: {
        ...{ name: EVIL, word: 'référente', territory: EVIL, profileHref: undefined },
        ...{ endsOn: Temporal.PlainDate.from('2027-06-30'), attestationHref: undefined },
      },
    },
    { kind: 'facilitator', name: EVIL, word: 'animatrice', id: 'a@b.example', distanceKm: 30.4 },
  ],
  online: { cafe: aCafe({ title: EVIL, attendanceMode: 'online' }), href: '/cafes/a' },
  near: listed(aCafe({ title: EVIL }), { distanceKm: 31, approximate: true }),
  free: Temporal.PlainDate.from('2027-01-21'),
  resource,
}
const nobody: StartAnswer = {
  ...{ place: undefined, audience: 'tous', territory: undefined, helpers: [] },
  ...{ online: undefined, near: undefined, free: undefined, resource: undefined },
}
const answered = {
  ...{ site: HUB, values: asked, choices: [{ href: '/commencer?ou=a', label: EVIL }], now: NOW },
}

export const suggestionPages: Record<string, { toString(): string }> = {
  'where to begin': (
    <StartPage site={HUB} values={{ ou: '', qui: 'tous' }} messages={[]} choices={[]} />
  ),
  'where to begin, at an unknown place': (
    <StartPage
      {...{ site: HUB, values: asked, choices: answered.choices }}
      messages={[{ name: 'ou', message: EVIL }]}
    />
  ),
  'where to begin, answered': <StartAnswerPage {...answered} answer={answer} mailWorks />,
  'where to begin, where nobody is': (
    <StartAnswerPage {...answered} answer={nobody} mailWorks={false} />
  ),
  'where to begin, with somebody who leads cafés': (
    <StartAnswerPage
      {...answered}
      answer={{ ...nobody, helpers: answer.helpers.slice(1), near: answer.near }}
      mailWorks
    />
  ),
  'a café is suggested': <SuggestionFormPage {...form} values={{ 'venue.id': '' }} />,
  'a café is suggested, wrongly': <SuggestionFormPage {...form} messages={wrong} towns={towns} />,
  'a café is suggested online': (
    <SuggestionFormPage {...form} values={{ ...values, 'venue.id': 'online' }} />
  ),
  'a café is suggested where no mail leaves': <SuggestionFormPage {...form} mailWorks={false} />,
  'a suggested café, not proven yet': <OwnSuggestionPage {...own} state="unproven" />,
  'a suggested café that waits': (
    <OwnSuggestionPage
      {...own}
      cafe={cafe}
      state="waiting"
      done="stale"
      messages={wrong.slice(0, 1)}
    />
  ),
  'a suggested café that is published': (
    <OwnSuggestionPage {...own} cafe={cafe} state="published" done="saved" />
  ),
  'a suggested café of which another place is asked': (
    <OwnSuggestionPage
      {...{ ...own, cafe, done: 'placeAsked' }}
      suggestion={{ ...suggestion, cafeId: 'a' }}
      state="published"
    />
  ),
  'a suggested café that is over': <OwnSuggestionPage {...own} cafe={cafe} state="over" />,
  'a suggested café that was refused': (
    <OwnSuggestionPage {...own} state="refused" suggestion={{ ...suggestion, endReason: EVIL }} />
  ),
  'a suggested café is refused without a reason': (
    <DeleteCafePage {...{ ...site, cafe, audience }} suggested="without-reason" />
  ),
}
