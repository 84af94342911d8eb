import type { Suggestion } from '../../../node/domain/suggestions/suggestion.ts'
import { DeleteCafePage } from '../../../ui/cafes/action-pages.tsx'
import { SuggestionFormPage } from '../../../ui/suggestions/form-page.tsx'
import { OwnSuggestionPage } from '../../../ui/suggestions/own-page.tsx'
import { aCafe, EVIL, HUB, NOW, site } from './sample.ts'

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

export const suggestionPages: Record<string, { toString(): string }> = {
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
  'a suggested café that is over': <OwnSuggestionPage {...own} cafe={cafe} state="over" />,
  'a suggested café that was refused': (
    <OwnSuggestionPage {...own} state="refused" suggestion={{ ...suggestion, endReason: EVIL }} />
  ),
  'a suggested café is refused without a reason': (
    <DeleteCafePage {...{ ...site, cafe, audience }} suggested="without-reason" />
  ),
}
