import { FLAG_DAYS } from '../../../../node/domain/flags/flag.ts'
import { plural as pluralIn } from '../../../../node/domain/values/number-text.ts'
import { RETENTION_DAYS } from '../../../../node/domain/values/retention.ts'
import { daysInEnglish } from '../../durations.ts'
import type { flagFr } from '../../fr/flags/flags.ts'

const plural = (n: number, one: string, many: string) => pluralIn(n, one, many, 'en')

export const flagEn: typeof flagFr = {
  link: 'Flag',
  linkOf: {
    cafe: 'Flag this café',
    facilitator: 'Flag this profile',
    structure: 'Flag this page',
    picture: 'Flag this picture',
    report: 'Flag this report',
    question: 'Flag this question',
    resource: 'Flag this resource',
  },
  reason: {
    illegal: 'Illegal content',
    privacy: 'Privacy, recognisable person',
    hateful: 'Hateful or violent words',
    paid: 'Not free of charge',
    advertising: 'Advertising',
    'not-a-cafe': 'Not a café IA',
    wrong: 'False date, place or content',
    other: 'Something else',
  },
  kind: {
    cafe: 'Café',
    facilitator: 'Profile',
    structure: 'Organisation',
    picture: 'Picture',
    report: 'The report of a café',
    question: 'Question',
    resource: 'Resource',
  },
  person: 'A facilitator’s profile',
  pictureOf: (name) => `Picture of “${name}”`,
  reportOf: (name) => `The report of “${name}”`,
  form: {
    oneQuestion: 'Is it only one question of it? Choose it:',
    title: (name) => `Flag “${name}”`,
    lead: `Somebody of the team reads each flag and answers. What may hurt somebody is decided within ${FLAG_DAYS.urgent * 24} hours, the rest within ${FLAG_DAYS.usual} days.`,
    reason: 'What is wrong?',
    words: 'Your words',
    wordsHint:
      'What you saw, read or heard. The team reads it. Do not name other people without need.',
    email: 'Your e-mail address',
    emailHint: 'To receive the decision. It is shown to nobody, neither the team nor the place.',
    forward: (host) => `Also tell ${host}, which publishes this page`,
    forwardHint:
      'Your words are passed on as they are, without your address, if nobody has told it before you.',
    privacy: `Your words and your address are deleted once the decision can no longer be appealed, after ${daysInEnglish(RETENTION_DAYS.flag)} at most. You can delete them earlier.`,
    submit: 'Send the flag',
    back: 'Back to the page',
    reasonMissing: 'Choose what is wrong.',
    wordsMissing: 'Say in a few words what is wrong.',
    emailWrong: 'This e-mail address is not complete.',
    tooMany: 'Too many flags come from your network. Try again in an hour.',
    again: 'You have flagged this page today already: the team has your words.',
    full: 'We receive too many flags today. Try again tomorrow, or write to the address in the legal notice.',
    ask: {
      title: 'Flag content',
      lead: 'Give the address of the page that is wrong: a café, a picture, a profile, an organisation.',
      address: 'Address of the page',
      submit: 'Continue',
      unknown: 'No public page of this site has this address.',
    },
  },
  own: {
    title: 'Your flag',
    received: 'Your flag has arrived',
    keep: 'Keep this address: you will read the decision there. It is yours alone.',
    mailed: 'You also receive a mail, if this address is yours.',
    waiting: (until) => `Somebody of the team decides ${until}.`,
    overdue: (until) => `The decision was due ${until}. It is late: the team sees that.`,
    counted: 'Many have flagged it already: your flag counts, and your words are not kept.',
    reason: 'Reason',
    words: 'Your words',
    erased: 'Your words and your address are deleted.',
    decided: 'The decision',
    outcome: {
      kept: 'Nothing changes: the page stays.',
      warned: 'The site that publishes it was asked to correct it.',
      corrected: 'The page is corrected or removed.',
      hidden: 'This site no longer shows it.',
    },
    appeal: {
      title: 'Do you disagree?',
      lead: (until) =>
        `Say why: another person reads everything again and decides, if the team has one. You can do so until ${until}.`,
      words: 'Why',
      submit: 'Send the appeal',
      sent: (until) => `Your appeal has arrived. It is decided ${until}.`,
      upheld: 'Your appeal has changed the decision.',
      readAgain: 'The decision was appealed, and read again. This is what holds now.',
      denied: 'Your appeal was read: the decision stays.',
      refused: {
        undecided: 'Nothing is decided yet: there is nothing to appeal.',
        late: 'It is too late: a decision can be appealed for six months.',
        again: 'You have appealed already: each person may do so once.',
      },
      wordsMissing: 'Say why you disagree.',
      tooMany: 'Too many appeals come from your network. Try again in an hour.',
    },
    erase: 'Delete my words and my address',
    eraseHint: 'The flag still counts. The decision will not be sent to you.',
    page: 'The flagged page',
  },
  admin: {
    nav: 'Flags',
    title: 'Flags to decide',
    lead: 'What is urgent comes first. All flags of one page are one row.',
    states: 'Flags',
    state: { open: 'To decide', appeals: 'Appeals', decided: 'Decided' },
    none: 'Nothing here.',
    col: { what: 'What', why: 'Why', due: 'Before', decision: 'Decision', open: 'Open' },
    open: 'Examine',
    total: (n) => plural(n, 'flag', 'flags'),
    overdue: 'Late',
    forTeam: 'Left to the team',
    back: 'To decide',
    flagged: (n, day) => `${plural(n, 'flag', 'flags')} since ${day}`,
    decideBefore: (until) => `to decide ${until}`,
    gone: 'This page is no longer here.',
    seePage: 'See the page',
    editPage: 'Correct or remove',
    what: 'What is flagged',
    judge: 'To judge it',
    said: 'We are told',
    nobodyNamed: (n) =>
      n > 1
        ? `${n} people or sites, whose name is shown to nobody`
        : 'The name of who flags is shown to nobody',
    unkept: (n) => `and ${plural(n, 'other', 'others')}, whose words are not kept`,
    fromServer: (host) => `by ${host}`,
    noWords: 'Without a word, or deleted since',
    place: 'This place',
    since: (day, cafes) => `In the directory since ${day}, ${plural(cafes, 'café', 'cafés')}`,
    neverHidden: 'never hidden',
    hiddenTimes: (n) => plural(n, 'thing hidden', 'things hidden'),
    ours: 'It is ours',
    itsSite: 'Its site',
    forwarded: (day) => `Told on ${day}`,
    appeals: 'Appeals',
    appealOf: { flag: 'Of who flagged', place: 'Of the place' },
    appealBefore: (until) => `to decide ${until}`,
    decision: 'Your decision',
    decisionOfAppeal: 'Your decision about the appeal',
    samePerson: 'You have made this decision: another person of the team answers the appeal.',
    outcome: {
      kept: 'Nothing to change',
      warned: 'Ask to correct it',
      corrected: 'It is corrected or removed',
      hidden: 'Hide it here',
    },
    outcomeHint: {
      kept: 'The page stays; who flagged it reads your answer.',
      warned: 'Its site reads it with your words; the page stays in sight.',
      corrected: 'First change or remove the page; then say so here.',
      hidden: 'The directory no longer shows it; the page of its own site is not touched.',
    },
    answer: 'Your answer',
    answerHint:
      'Who flagged it reads exactly these words; so does the site that publishes the page, unless nothing changes. 500 characters at most.',
    submit: 'Decide and tell them',
    after: 'The journal keeps who, when and why. An appeal can take it back.',
    team: 'Leave it to the team',
    outcomeMissing: 'Choose a decision.',
    answerMissing: 'Say why: these words will be read.',
    answerLong: 'Make it shorter: 500 characters at most.',
    decidedBy: (day) => `Decided on ${day}`,
    changed: 'Somebody else has decided meanwhile. Your words are still here.',
    territoryTitle: 'Flags of this territory',
  },
  place: {
    appeal: {
      title: (directory) => `Appeal the choice of ${directory}`,
      effects: 'Your words go to the team of the directory; another person decides, if it has one.',
      hint: 'Why the directory should show it again. 500 characters at most.',
      sent: (day) =>
        `You appealed this choice on ${day} already. There is one appeal: another would not be read.`,
      submit: 'Send the appeal',
      missing: 'Say why.',
      long: 'Make it shorter: 500 characters at most.',
    },
  },
  transparency: {
    title: 'Transparency',
    lead: (site) =>
      `What the team of ${site} decided about what was flagged, and how soon. Nothing says who flagged.`,
    received: (n, since) => `${plural(n, 'flag', 'flags')} since ${since}.`,
    open: (n, late) =>
      n === 0
        ? 'None waits.'
        : `${plural(n, 'page waits', 'pages wait')} for a decision${late > 0 ? `, ${late} of them late` : ''}.`,
    byReason: 'Decisions by reason',
    why: 'Reason',
    blocked: (level, isAccount) =>
      `${level === 'block' ? 'blocked' : 'limited'}${isAccount ? ' (one account)' : ''}`,
    total: 'Total',
    outcome: {
      kept: 'Nothing changed',
      warned: 'Correction asked for',
      corrected: 'Corrected or removed',
      hidden: 'Hidden',
    },
    time: 'Time',
    times: { day: 'Within a day', week: 'Within a week', later: 'Later' },
    within: 'Decided',
    appeals: 'Appeals',
    appealed: (n, upheld) =>
      n === 0
        ? 'No appeal was decided.'
        : `${plural(n, 'appeal was decided', 'appeals were decided')}; ${upheld} changed the decision.`,
    waiting: (n, late) =>
      n === 0
        ? 'None waits.'
        : `${plural(n, 'appeal waits', 'appeals wait')}; ${late} of them too long.`,
    none: 'Nothing has been decided yet.',
    kept: `The numbers cover ${daysInEnglish(RETENTION_DAYS.journal)} at most. What is hidden today without having been flagged:`,
    ownHidden: (n) =>
      n === 0
        ? 'nothing'
        : plural(n, 'café, profile or organisation', 'cafés, profiles or organisations'),
    how: 'Flag content',
  },
  before: (day) => `before ${day}`,
  until: (day) => day,
}
