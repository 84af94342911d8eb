import { plural } from '../../../../node/domain/values/number-text.ts'
import type { adminBlocksFr } from '../../fr/admin/blocks.ts'

/** The texts about what this site blocks or limits. */
export const adminBlocksEn: typeof adminBlocksFr = {
  title: 'Blocks and limits',
  lead: 'To block refuses the messages of a site or an account, and shows nothing of it. To limit takes it out of every list: its pages can still be read by who has their address. Nothing is deleted, and a domain includes its subdomains.',
  states: 'Blocks and limits',
  state: { block: 'Blocked', limit: 'Limited' },
  words: 'Domain or account',
  found: (n) => plural(n, 'row', 'rows', 'en'),
  none: 'Nothing here.',
  noneFound: 'Nothing fits.',
  listed: 'Comes from a list',
  until: 'Until',
  open: 'Without an end',
  end: 'Lift',
  heading: 'Block or limit',
  submit: 'Continue',
  target: 'Domain name, or account',
  targetHint: 'For example: exemple.fr, or @name@exemple.fr, or the address of the account’s page.',
  level: 'What is to be done?',
  levels: {
    block: 'Block: its messages are refused, nothing of it is shown',
    limit: 'Limit: it leaves the lists, its pages stay at their address',
  },
  reason: 'Public reason',
  reasonHint:
    'Read on the page “Transparency”, and by the blocked site if it is in the directory or has asked to be.',
  note: 'Note for the team',
  noteHint: 'Nobody else reads it.',
  untilHint: 'It ends by itself in the night after this day.',
  public: (n) =>
    `${plural(n, 'domain or account', 'domains or accounts', 'en')} after a block list`,
  wrong: {
    'block.until.invalid': 'Give a day to come.',
    'block.domain.invalid':
      'Give the domain name of another site, or the address of an account of another site.',
    'block.level.invalid': 'An account can be blocked; a limit is for a whole domain.',
  },
}
