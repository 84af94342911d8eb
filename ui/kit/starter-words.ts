import type { StarterWords } from '../../node/domain/kit/leaflet-words.ts'
import type { Lang } from '../../node/domain/values/lang.ts'
import { messagesFor } from '../locales/messages.ts'

/** Returns the words of the kit for a first café. */
export function starterWords(
  lang: Lang,
  look: Pick<StarterWords, 'movement' | 'accent'>,
): StarterWords {
  const { starter } = messagesFor(lang)
  const rows = (text: string) => text.split('\n').map((row) => row.split('|'))
  return {
    ...{ lang, title: starter.title, movement: look.movement, accent: look.accent },
    programme: {
      ...{ title: starter.programmeTitle, lead: starter.programmeLead },
      steps: rows(starter.steps).map(([when = '', what = '', how = '']) => ({ when, what, how })),
    },
    counting: {
      ...{ title: starter.countingTitle, lead: starter.countingLead, came: starter.came },
      ...{ first: starter.first, questions: starter.questions, next: starter.next },
    },
    checklist: {
      ...{ title: starter.checklistTitle, lead: starter.checklistLead },
      groups: rows(starter.groups).map(([when = '', ...items]) => ({ when, items })),
    },
  }
}
