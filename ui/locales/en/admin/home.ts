import { plural } from '../../../../node/domain/values/number-text.ts'
import type { adminHomeFr } from '../../fr/admin/home.ts'

const count = (n: number, one: string, many: string) => plural(n, one, many, 'en')

/** The English translation of `ui/locales/fr/admin/home.ts`. */
export const adminHomeEn: typeof adminHomeFr = {
  title: (name) => (name ? `Hello ${name}` : 'Hello'),
  nextCafe: (when, title) => `Next café ${when}: “${title}”.`,
  noNext: 'No café has a date to come.',
  nothingWaits: 'Nothing is waiting for you.',
  firstStepsWait: (n) => (n === 1 ? 'One first step is left.' : `${n} first steps are left.`),
  thingsWait: (n) =>
    n === 1 ? 'One thing is waiting for you.' : `${n} things are waiting for you.`,
  members: (n) => `The directory has ${count(n, 'member site', 'member sites')}.`,
  toDo: 'To do',
  todo: {
    confirm: {
      title: () => 'Is this café still taking place?',
      why: (_n, name) => name,
      action: 'No, something changes',
    },
    moreToConfirm: {
      title: (n) =>
        count(n, 'other café of the next three days', 'other cafés of the next three days'),
      why: () => 'Are they still taking place? Answer in the list of your cafés.',
      action: 'See the list',
    },
    reports: {
      title: (n: number) => (n === 1 ? 'One report is missing' : `${n} reports are missing`),
      why: (n: number, name: string) =>
        n === 1 ? `How many were you at ${name}?` : 'How many were you? A number is enough.',
      action: 'Say it',
    },
    legal: {
      title: () => 'Nothing can be published yet',
      why: (n) =>
        `The law asks who publishes: ${count(n, 'answer is missing', 'answers are missing')}.`,
      action: 'Complete',
    },
    restored: {
      title: () => 'Nothing leaves this site',
      why: () => 'It was restored from a backup: say what becomes of what was waiting.',
      action: 'Decide',
    },
    closed: {
      title: () => 'The pages of this site are not shown',
      why: () =>
        'It was restored without its journal, and the directory has not said yet what was deleted since.',
      action: 'See',
    },
    asking: {
      title: () => 'The directory has not answered yet',
      why: () => 'This site was restored from a backup: it asks what has changed since.',
      action: 'See',
    },
    versions: {
      title: (count) =>
        count === 1
          ? 'One version to choose: here, or in the directory'
          : `${count} versions to choose: here, or in the directory`,
      why: () =>
        'This site was restored, and cannot choose by itself. Until then nothing of them is announced.',
      action: 'Choose',
    },
    claimed: {
      title: (count) => (count === 1 ? 'One deletion to confirm' : `${count} deletions to confirm`),
      why: () => 'The directory says that it was deleted after the backup: say whether it was.',
      action: 'Answer',
    },
    backup: {
      title: () => 'No recent backup',
      why: () => 'If the machine failed, what has changed since would be lost.',
      end: 'Back up now',
      action: 'See',
    },
    backupCopy: {
      title: () => 'Backups are no longer copied elsewhere',
      why: () => 'If the machine failed, they would be lost with it.',
      end: 'Back up and copy',
      action: 'See',
    },
    siteState: {
      title: (count) => (count === 1 ? 'The site is in trouble' : `The site has ${count} troubles`),
      why: () => 'The state of the site says which, and what to do.',
      action: 'Look',
    },
    cutOff: {
      title: () => 'This site does not reach the network',
      why: () => 'Most other sites stopped answering at the same time.',
      end: 'Try again',
      action: 'See',
    },
    requests: {
      title: (n) => count(n, 'site asks to join the directory', 'sites ask to join the directory'),
      why: () => 'Their cafés are shown once you agree.',
      action: 'Answer',
    },
    recoveries: {
      title: (n) => (n === 1 ? 'A place has lost its data' : `${n} places have lost their data`),
      why: () => 'It asks the directory which servers followed it.',
      action: 'Answer',
    },
    joinAsked: {
      title: (_n, name) => `${name} has not yet answered your request`,
      why: () => 'Your cafés are shown there once its team agrees.',
      action: 'See the request',
    },
    hiddenElsewhere: {
      title: (_n, name, by) => `${name} is not shown by ${by}`,
      why: () => 'Your page does not change. You can appeal this choice.',
      end: 'I have seen it',
      action: 'Appeal',
    },
    joinRefused: {
      title: (_n, name) => `${name} does not accept your cafés`,
      why: () => 'Your cafés are not shown there. You can write to its team, or ask again.',
      action: 'See the request',
    },
    joinFailed: {
      title: (_n, name) => `${name} was not found`,
      why: () => 'Your request could not be handed over: check the address of the directory.',
      action: 'Correct',
    },
    directorySilent: {
      title: (_n, name) => `${name} does not answer`,
      why: () => 'Your changes are sent to it as soon as it is back.',
      end: 'Try again',
      action: 'Leave it',
    },
    failing: {
      title: (n) => count(n, 'site does not answer', 'sites do not answer'),
      why: () => 'For three days at least: their cafés say to call before coming.',
      action: 'Try again, or remove',
    },
    blockList: {
      title: (n) => plural(n, 'change in the block list', 'changes in the block list', 'en'),
      why: () => 'Nothing counts before you decide.',
      action: 'Compare',
    },
    stamps: {
      title: (n) => count(n, 'server asks to show a person', 'servers ask to show people'),
      why: () => 'To quote them, or to put them into a list of accounts to follow. Ask them first.',
      action: 'Decide',
    },
    undelivered: {
      title: (n) =>
        count(
          n,
          'site does not have your cafés as they are now',
          'sites do not have your cafés as they are now',
        ),
      why: () => 'What we sent was refused.',
      action: 'Send again',
    },
    mails: {
      title: (n) => count(n, 'mail has not left', 'mails have not left'),
      why: () => 'They were refused, or the mail server does not answer.',
      action: 'See why',
    },
    mailsByHand: {
      title: (n) => count(n, 'mail to send yourself', 'mails to send yourself'),
      why: () => 'This site sends no mail: hand their text over to the people.',
      action: 'See',
    },
    held: {
      title: (n) =>
        count(
          n,
          'café from elsewhere waits for your decision',
          'cafés from elsewhere wait for your decision',
        ),
      why: () => 'Nobody sees them before.',
      action: 'Decide',
    },
    flags: {
      title: (n) => count(n, 'flagged page to examine', 'flagged pages to examine'),
      why: () => 'What is urgent comes first: each row says before when to decide.',
      action: 'Examine',
    },
    appeals: {
      title: (n) => count(n, 'appeal to decide', 'appeals to decide'),
      why: () => 'By another person than the one who decided, if the team has two.',
      action: 'Examine',
    },
    duplicates: {
      title: (n) =>
        count(n, 'café is perhaps announced twice', 'cafés are perhaps announced twice'),
      why: () => 'The same day, at the same place, by two sites.',
      action: 'Compare',
    },
    proposals: {
      title: (n) =>
        count(n, 'proposal of a referent waits for you', 'proposals of referents wait for you'),
      why: () => 'A link is to be sent, or somebody who agreed to be appointed.',
      action: 'See',
    },
    people: {
      title: (n) =>
        count(
          n,
          'person asks to be among the facilitators',
          'people ask to be among the facilitators',
        ),
      why: () => 'Their page appears once you agree.',
      action: 'Answer',
    },
    networks: {
      title: (n) => count(n, 'answer is awaited by a network', 'answers are awaited by networks'),
      why: () => 'An invitation, or an organisation that asks to be in yours.',
      action: 'Answer',
    },
    networkAnswers: {
      title: (n, name) =>
        n === 1
          ? `An answer to an invitation of the network “${name}”`
          : `${n} answers to invitations of the network “${name}”`,
      why: () => '',
      action: 'Read',
    },
    differences: {
      title: (n) =>
        count(
          n,
          'café: the calendar says something else',
          'cafés: the calendar says something else',
        ),
      why: () =>
        'You changed this text here; the calendar changes it too. Take its own, or keep yours.',
      action: 'Compare',
    },
    calendars: {
      title: (n) => count(n, 'followed calendar needs you', 'followed calendars need you'),
      why: () => 'It could not be read for a day, or many cafés are gone from it at once.',
      action: 'See',
    },
    webhooks: {
      title: (n) => count(n, 'webhook is stopped', 'webhooks are stopped'),
      why: () => 'Another program no longer learns what changes in its search.',
      action: 'See',
    },
    postponed: {
      title: (n) =>
        count(n, 'postponed café waits for its new date', 'postponed cafés wait for a new date'),
      why: (_n, name) => name,
      action: 'Give a date',
    },
    drafts: {
      title: (n) => count(n, 'draft to finish', 'drafts to finish'),
      why: (_n, name) => name,
      action: 'Continue',
    },
    suggestions: {
      title: (n) => count(n, 'suggested café to read', 'suggested cafés to read'),
      why: (_n, name) => name,
      action: 'Read and decide',
    },
    numbers: {
      title: (n) => count(n, 'number to confirm', 'numbers to confirm'),
      why: () =>
        'A report declares many more people than such cafés have. It is neither shown nor counted before you say yes.',
      action: 'Look at it',
    },
    newsletter: {
      title: () => 'The letter is to be sent',
      why: () => 'The last one announced two weeks of cafés, which are over.',
      action: 'Read it again',
    },
    cafeRequests: {
      title: (n) => count(n, 'town where a café is wanted', 'towns where a café is wanted'),
      why: () => 'People said so from the search, since you last looked.',
      end: 'I have seen it',
      action: 'See where',
    },
  },
  reasonGiven: (reason) => (reason === '' ? 'No reason was given.' : `Reason given: “${reason}”`),
  answers: {
    subject: (site) => `${site}: an answer for you`,
    text: ({ lines, link, isTeam }) =>
      `Hello,\n\n${lines}\n\n${isTeam ? 'What waits for your answer is on your home:' : 'The members are on your dashboard:'}\n${link}`,
    invitation: (structure, network, isYes) =>
      `${structure} has ${isYes ? 'accepted' : 'declined'} the invitation of the network “${network}”.`,
    accepted: (name) => `${name} has accepted your request: your cafés are shown there.`,
    refused: (name, reason) =>
      `${name} does not accept your cafés. ${reason === '' ? 'No reason was given.' : `Reason given: “${reason}”`}`,
    more: (count) => (count === 1 ? 'And one more answer.' : `And ${count} more answers.`),
    ofCafe: ({ title, part }, question) =>
      part === ''
        ? `“${title}”`
        : part === 'bilan'
          ? `The report of “${title}”`
          : part === 'image'
            ? `The picture of “${title}”`
            : question === undefined
              ? `A part of the report of “${title}”`
              : `In the report of “${title}”, “${question}”`,
    ofOther({ facilitatorId, resourceId, name }) {
      if (facilitatorId !== undefined) return `The profile of ${name}`
      return resourceId === undefined ? 'All that you announce' : `The resource “${name}”`
    },
    hidden: (what, name, reason) =>
      `${what} is not shown by ${name}. ${reason === '' ? 'No reason was given.' : `Reason given: “${reason}”`}`,
  },
  toDoMail: {
    subject: (site) => `${site}: what waits for you`,
    text: (p) =>
      `Hello,

${p.lists}

${
  p.isWeekly
    ? 'This mail comes once a week, when something waits.'
    : 'The next one comes when there is more to do; otherwise in seven days, if something is left. Never two on one day.'
}

To have it less often:
${p.settings}

${p.siteName}`,
    onHome: 'On your first page:',
    atStructure: (name) => `For ${name}, to be chosen at the top of the administration:`,
    inTerritory: (name) => `In your territory, ${name}:`,
    confirm: (n) =>
      n < 2
        ? 'a café takes place within three days: is that certain?'
        : `${n} cafés take place within three days: is that certain?`,
    hiddenElsewhere: (n) =>
      count(
        n,
        'of your pages is not shown by a directory',
        'of your pages are not shown by a directory',
      ),
    networkAnswers: (n) =>
      count(
        n,
        'answer to an invitation of your network',
        'answers to invitations of your networks',
      ),
    joinAsked: (n) =>
      count(n, 'directory has not answered yet', 'directories have not answered yet'),
    joinRefused: (n) =>
      count(n, 'directory does not accept your cafés', 'directories do not accept your cafés'),
    joinFailed: (n) => count(n, 'directory cannot be found', 'directories cannot be found'),
    directorySilent: (n) => count(n, 'directory no longer answers', 'directories no longer answer'),
  },
  quoted: (title) => `“${title}”`,
  announce: 'Announce a café',
  inviteSite: 'Invite a site',
  copyLast: 'Repeat the last one',
  followers: (n) => `${count(n, 'account follows you', 'accounts follow you')}.`,
  inDirectory: (name, ago) => `Member of ${name}, heard ${ago}.`,
  noDirectory: 'This site has joined no directory.',
  joinOne: 'Join one',
  yourNext: 'Your next cafés',
  all: (upcoming, past) => `All cafés: ${upcoming} to come, ${past} past`,
  none: 'You have no café yet. The first one takes two minutes.',
  noneToCome: 'No café has a date to come.',
  open: 'Open',
  onlySeatsLeft: (left, capacity) => `${count(left, 'place', 'places')} free of ${capacity}`,
  free: 'Open to all',
  onSignUp: 'With sign-up',
  hiddenHere: 'Hidden',
  list: {
    title: 'Your cafés',
    states: 'State of the cafés',
    state: {
      upcoming: 'To come',
      drafts: 'Drafts',
      cancelled: 'Cancelled',
      past: 'Past',
    },
    words: 'Title, place or town',
    month: 'Month',
    everyMonth: 'Every month',
    found: (n) => count(n, 'café', 'cafés'),
    none: 'No café here.',
    noneFound: 'No café matches.',
  },
  seatsLeft: (left, capacity) => `${left} free of ${capacity}`,
  col: { when: 'When', cafe: 'Café', seats: 'Places', state: 'State', actions: 'Actions' },
  state: { draft: 'Draft', scheduled: 'Scheduled', published: 'Published' },
  cafeState: {
    cancelled: 'Cancelled',
    postponed: 'Postponed',
    past: 'Past',
    full: 'Full',
    movedOnline: 'Moved online',
    rescheduled: 'New date',
  },
  dayAndTime: (day, time) => `${day} at ${time}`,
  edit: 'Edit',
  resume: 'Continue',
  change: 'Cancel or postpone',
  reinstate: 'Bring back or postpone',
  copy: 'Do it again',
  delete: 'Delete',
  about: (title) => ` “${title}”`,
}
