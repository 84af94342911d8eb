import { plural } from '../../../../node/domain/values/number-text.ts'
import type { cafeAudienceFr } from '../../fr/cafes/audience.ts'

const count = (n: number, one: string, several: string) => plural(n, one, several, 'en')

export const cafeAudienceEn: typeof cafeAudienceFr = {
  title: {
    new: 'When you publish',
    change: 'When you save',
    cancellation: 'When you cancel',
    removal: 'When you delete',
  },
  page: 'Everyone can see the café’s page, on this site.',
  newDate:
    'If you change the day or the time, the page says “New date”, and the former one stays beside it.',
  directory: {
    new: (name) => `${name} shows it within seconds.`,
    change: (name) => `${name} shows the change within seconds.`,
    removal: (name) => `${name} takes it down within seconds.`,
  },
  ownDirectory: {
    new: 'This directory shows it at once.',
    change: 'This directory shows the change at once.',
    removal: 'This directory takes it down at once.',
  },
  noDirectory: {
    new: 'This site has joined no directory: the café is shown only here.',
    change: 'This site has joined no directory: the change is shown only here.',
    removal: 'This site has joined no directory: the café was shown only here.',
  },
  otherDirectory: {
    asked: (name) =>
      `${name} has not answered your request yet: until then it shows nothing of this site.`,
    silent: (name) => `${name} does not answer at the moment: it learns of it once it is back.`,
    hiding: (name) => `${name} does not show this café.`,
  },
  held: 'Nothing leaves this site at the moment: it was restored from a backup, and an administrator has to say what becomes of what was waiting.',
  nobodyFollows: 'No account follows this place at the moment.',
  followers: {
    new: (n) =>
      `${count(n, 'account that follows this place receives', 'accounts that follow this place receive')} the announcement.`,
    change: (n) =>
      `${count(n, 'account that follows this place receives', 'accounts that follow this place receive')} the change.`,
    removal: (n) =>
      `For ${count(n, 'account that follows this place', 'accounts that follow this place')}, the announcement disappears without explanation.`,
  },
  copies: {
    new: 'Other sites may keep a copy, even if you delete it later.',
    removal: 'We ask other sites to delete it. We cannot guarantee that all of them do.',
  },
  seen: 'What Mastodon, compatible networks and the directory will show',
  told: 'The message that the accounts following this place receive',
  changed: {
    title: 'Save this change?',
    lead: 'Nothing is saved yet. This is what people will read.',
    before: 'Before',
    after: 'After',
    submit: 'Yes, save it',
    edit: 'Back to the form',
  },
  yourWords: 'your explanation',
  publish: {
    title: 'Publish this café?',
    submit: 'Yes, publish this café',
    edit: 'Edit it first',
  },
}
