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
  list: {
    title: 'Block list',
    lead: 'A list that others keep, in Mastodon’s form (CSV) or one domain a line. It is compared with your blocks first: nothing counts before you decide so, and nothing is deleted.',
    choose: 'Read a list',
    file: 'A file',
    fileHint: 'Mastodon’s CSV (“domain_blocks.csv”), at most 5 MB and 100,000 lines.',
    address: 'Or the address of a list to follow',
    addressHint:
      'It is read again every night. What has changed in it waits here, and the home says so.',
    read: 'Read and compare',
    download: 'Download your blocked and limited domains (Mastodon’s CSV)',
    changes: 'What the list would change',
    followed: (address) => `List that is followed: ${address}.`,
    once: 'List of a file.',
    readAt: (when) => `Read ${when}.`,
    unread: (n) =>
      `${plural(n, 'line was', 'lines were', 'en')} left out: without a readable domain, too wide (“fr”), or your own site.`,
    failed: 'The last reading failed.',
    state: { added: 'New', changed: 'Changed', gone: 'Gone', kept: 'Apart' },
    none: 'Nothing here.',
    kept: (n) =>
      `${plural(n, 'domain of the list holds', 'domains of the list hold', 'en')} a site with which you are connected: a list never blocks it. Decide yourself, from “Blocks and limits”.`,
    take: (n) => `Take over ${plural(n, 'line', 'lines', 'en')}`,
    lift: (n) => `Lift ${plural(n, 'block that is gone', 'blocks that are gone', 'en')}`,
    forget: 'Set this list aside',
    unfollow: 'Stop following this list',
    stale: 'The list was read again meanwhile. This is what it would change now.',
    unreadable: 'This is no list of domains.',
  },
  wrong: {
    'block.until.invalid': 'Give a day to come.',
    'block.domain.invalid':
      'Give the domain name of another site, or the address of an account of another site.',
    'block.level.invalid': 'An account can be blocked; a limit is for a whole domain.',
  },
}
