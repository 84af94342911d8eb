import { plural } from '../../../../node/domain/values/number-text.ts'
import type { hostedFr } from '../../fr/structures/hosted.ts'

export const hostedEn: typeof hostedFr = {
  nav: 'Structures',
  title: 'Hosted structures',
  lead: 'This site also announces the cafés of structures that have none of their own. Each has its page, its account to follow and its team, and sees only what is its own.',
  none: 'This site does not host any structure yet.',
  states: 'State',
  state: { all: 'All', open: 'Online', suspended: 'Suspended' },
  words: 'Name of the structure',
  found: (n: number) => plural(n, 'structure', 'structures'),
  noneFound: 'No structure fits.',
  col: { name: 'Structure', state: 'State', people: 'Team', toCome: 'To come', actions: 'Actions' },
  online: 'Online',
  suspended: 'Suspended',
  reasonSaid: (reason) => `Reason given: ${reason}`,
  people: (n) => (n === 0 ? 'nobody' : plural(n, 'person', 'people')),
  toCome: (n) => (n === 0 ? 'no café' : plural(n, 'café', 'cafés')),
  see: 'Open',
  of: (name) => `: ${name}`,
  open: {
    heading: 'Host a structure',
    lead: 'Its page and its account exist at once; invite its team next.',
    name: 'Its name',
    nameHint: 'Médiathèque de Bruz',
    slug: 'Its address on this site',
    slugHint:
      'Letters without accents, figures and hyphens. Leave it empty to take it from the name. It does not change afterwards.',
    submit: 'Host this structure',
    slugWrong: 'Write 3 to 40 letters without accents, figures or hyphens: mediatheque-de-bruz.',
    slugTaken: 'This address is taken or reserved: choose another one.',
    nameMissing: 'Write the name of the structure.',
    nameTooLong: 'This name is too long: 100 characters at most.',
  },
  one: {
    page: 'Its page',
    since: (day) => `Hosted since ${day}.`,
    handle: 'Its account to follow',
    use: 'What it does here',
    nobody: 'Nobody works for it yet',
    nobodyLead:
      'Invite its first person as an administrator, by mail or with an invitation to print: they will choose its rooms and its team.',
    invite: 'Invite its first person',
    work: 'Work for it',
    workLead:
      'You will see the administration as its team does, and can act for it: cafés, team, page.',
    suspend: 'Suspend',
    resume: 'Show again',
    isSuspended: (day, reason) => `Suspended since ${day}. Reason given to its team: ${reason}`,
  },
  share: {
    heading: 'Its share of the site',
    cafes: 'Cafés to come, drafts included',
    pictures: 'Pictures that are kept',
    calendars: 'Calendars that are followed',
    of: (used, most) => `${used} of ${most}`,
    change: 'Change its share',
    lead: 'One share is 1,000 cafés to come, 1,000 pictures and 2,000 mails a day to those who come. Each structure follows up to 20 calendars. What is there stays, also where you make the share smaller.',
    shares: 'Number of shares',
    hint: 'One is enough for a library. A network of 200 places needs ten or twenty.',
    submit: 'Save this share',
    wrong: (most) => `Write a number from 1 to ${most}.`,
  },
  suspend: {
    title: (name) => `Suspend ${name}?`,
    effects:
      'Its page, its account and its cafés are shown to nobody here any more; directories stop showing them at their next visit.\nIts team reads the reason, by mail and in the administration, and can change nothing any more.\nNothing is erased: you can show it again.',
    submit: 'Suspend and tell them',
    hint: 'Its team will read it.',
    missing: 'Write the reason.',
    tooLong: 'This reason is too long: 500 characters at most.',
  },
  mail: {
    subject: (name) => `${name}: structure suspended`,
    text: ({ siteName, name, reason, contact }) => `Hello,

The team of ${siteName} has suspended ${name}: its page and its cafés are not shown there any more.

The reason that it gives:
${reason}

Nothing is erased. To talk about it with them:
${contact}
`,
  },
  choose: {
    label: 'You work for',
    all: (n) => plural(n, 'other structure', 'other structures'),
    account: 'You also work for other structures.',
  },
  home: {
    suspended: 'Your structure is suspended',
    suspendedLead: (reason) =>
      `The team of the site no longer shows its page or its cafés, and nothing of it can be changed. Reason: ${reason}`,
  },
}
