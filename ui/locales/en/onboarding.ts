import type { admissionFr, onboardingFr } from '../fr/onboarding.ts'

export const onboardingEn: typeof onboardingFr = {
  title: 'First steps',
  lead: 'A few answers, and the site is ready. There is no hurry: what you save is kept, and you can come back whenever you like.',
  step: (number, total) => `Step ${number} of ${total}`,
  progress: (done, total) =>
    done === total
      ? 'All steps are done. The site is ready.'
      : `${done} of ${total} steps ${done === 1 ? 'is' : 'are'} done.`,
  state: { done: 'Done', waiting: 'Asked', todo: 'To do', skipped: 'Skipped' },
  waits: 'It has not answered yet: there is nothing else to do until then.',
  missing: (what) => `Still missing: ${what.join(', ')}.`,
  gaps: {
    address: 'its address',
    contact: 'a telephone number or an e-mail address',
    refused: 'a directory that accepts this site (the last one refused)',
    failed: 'the right address of the directory (the last one does not answer)',
  },
  rest: 'The rest, if you like',
  steps: {
    place: { title: 'Your place', text: 'Its name, its address, how to reach you.' },
    ofDirectory: {
      title: 'Your directory',
      text: 'Its name, its address, how to reach its team.',
    },
    legal: {
      title: 'What the law asks for',
      text: 'Who publishes the site, who hosts it, whom to ask about personal data.',
    },
    directory: {
      title: 'The directory',
      text: 'So that your cafés are found beyond your own site.',
    },
    cafe: { title: 'Your first café', text: 'Three answers are enough.' },
  },
  go: 'Continue',
  start: 'Start',
  change: (title) => `Edit: ${title}`,
  open: (title) => `Open: ${title}`,
  admin: 'Go to the administration',
  later: 'Later',
  directory: {
    lead: 'The team of the directory looks at your request. With an invitation code, you are in at once.',
    state: {
      asked: (name) => `Request sent to ${name}. Its answer has not come yet.`,
      accepted: (name) => `Done: your cafés are in ${name}. You can join another one.`,
      refused: (name) => `${name} has refused the request.`,
      failed: (name) => `${name} has not answered. Check its address.`,
    },
    submit: 'Send the request',
    skip: 'Skip this step',
    skipHint:
      'Without a directory, your cafés are only shown on your own site. You can join one later, on the page “Directory”.',
  },
  resume: (done, total) => `First steps: ${done} of ${total}, continue`,
}

export const admissionEn: typeof admissionFr = {
  title: {
    requested: (name) => `${name} asks to come in`,
    member: (name) => `${name} is in the directory`,
    refused: (name) => `${name} was refused`,
    left: (name) => `${name} is no longer in the directory`,
    none: (name) => `${name} is not in the directory`,
  },
  examine: 'Look at it',
  who: 'This site',
  silent: (host) => `${host} did not answer just now: what it says of itself could not be read.`,
  commune: 'Town',
  kind: 'Kind of place',
  phone: 'Telephone',
  phoneSaid: 'Number given by the place, which nobody has checked.',
  page: 'Page',
  answers: 'It answers now.',
  territory: 'Territory',
  answersFor: (territory, referents) =>
    referents.length === 0
      ? `${territory}: nobody answers for it, so it is for your team.`
      : `${territory}: ${referents.join(', ')}`,
  noTerritory: 'Not known, since the town is not.',
  invitation: 'Message',
  unsaid: 'Not said',
  unknown: 'Not read',
  cafes: 'Its next cafés',
  noCafe: 'No café to come is announced on this site.',
  unread: 'Its list could not be read just now.',
  priced: 'This café asks for money: a café IA is free.',
  answer: 'Your answer',
  accept: 'Accept',
  acceptAfterAll: 'Accept now',
  acceptEffect:
    'Its cafés appear in a few minutes. Its team learns it on its home, and by mail if its site sends any.',
  refuseWhy: 'Refuse, and say why',
  dismissWhy: 'Show it no longer, and say why',
  why: 'Reason',
  reasons: {
    price: 'It is not free.',
    'no-cafe': 'It is not a café IA.',
    known: 'This place is in the directory already.',
    unreached: 'We could not reach you.',
    other: 'Other: your words alone',
  },
  words: 'Your words',
  wordsHint: 'The place reads the reason that was chosen, then this. 300 characters at most.',
  wrong: {
    missing: 'Choose a reason, or write it: the place will read it.',
    words: 'Write the reason: the place will read it.',
  },
  refuse: 'Refuse',
  dismiss: 'Continue',
  undone: 'Your answer can be undone, on this page.',
  back: 'Back to the sites',
}
