import { plural } from '../../../../node/domain/values/number-text.ts'
import type { adminWebhooksFr } from '../../fr/admin/webhooks.ts'

export const adminWebhooksEn: typeof adminWebhooksFr = {
  title: 'Webhooks',
  lead: 'A webhook tells another program what changes or goes in a search of cafés.',
  fromTokens: 'See the webhooks made with these tokens',
  how: 'A program makes its own by the API, with a token that allows webhooks:',
  api: 'How to use them',
  none: 'No webhook.',
  madeWith: (token) => `Made with the token “${token}”.`,
  search: 'Search:',
  wholeSearch: 'the cafés to come, open to everyone.',
  ended: 'This token has ended: nothing is sent any more.',
  failing: (since) =>
    `Messages have not arrived ${since}. The first that waits is sent again, later each time, for seven days.`,
  stopped: (ago) =>
    `Stopped ${ago}: messages did not arrive. “Resume” sends the one that waits again, then what follows.`,
  notUnderstood:
    'This site no longer understands this search: nothing is sent. Delete this webhook, then make another one.',
  noMessage: 'No message yet.',
  messages: 'Last messages',
  col: { when: 'When', what: 'What', answer: 'Answer' },
  kind: {
    changes: (items) => plural(items, 'café', 'cafés', 'en'),
    restart: () => 'copy everything again',
    test: () => 'test',
  },
  delivered: (status) => `received (${status})`,
  waiting: 'waiting',
  status: (status) => `refused (${status})`,
  noAnswer: 'no answer',
  attempts: (n) => plural(n, 'attempt', 'attempts', 'en'),
  test: 'Send a test',
  resume: 'Resume',
  delete: 'Delete',
}
