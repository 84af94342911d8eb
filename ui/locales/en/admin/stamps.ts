import { plural } from '../../../../node/domain/values/number-text.ts'
import type { adminStampsFr } from '../../fr/admin/stamps.ts'

export const adminStampsEn: typeof adminStampsFr = {
  title: 'Quotes and lists',
  lead: 'Who quotes your cafés and announcements, and which lists of accounts to follow have yours. A café is announced to be passed on: agreement is given at once. What is a person’s waits for your answer for 30 days; ask them first. When an agreement is withdrawn, the server that had it is told; the same quote gets no other.',
  states: 'State of the agreements',
  state: { asked: 'To decide', given: 'Given', refused: 'Refused or withdrawn' },
  words: 'Address',
  found: (n) => plural(n, 'agreement', 'agreements', 'en'),
  none: 'Nothing here.',
  noneFound: 'No agreement matches.',
  who: 'Who',
  what: 'What',
  kind: { quote: 'Quotes', feature: 'Puts into a list' },
  where: 'In',
  when: 'When',
  actions: 'Decision',
  give: 'Accept',
  refuse: 'Refuse',
  withdraw: 'Withdraw',
}
