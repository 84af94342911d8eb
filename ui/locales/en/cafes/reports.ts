import { numberText, plural } from '../../../../node/domain/values/number-text.ts'
import { reportFr } from '../../fr/cafes/reports.ts'

const people = (n: number) => plural(n, 'person', 'people', 'en')

export const reportEn: typeof reportFr = {
  link: 'Report',
  people,
  number: {
    title: 'How many were you?',
    lead: 'Everybody counts, the team too.',
    submit: 'Send this number',
    notHeld: 'It did not take place',
    from: {
      count: 'The number comes from your count.',
      registered: 'This is the number of seats taken: correct it if need be.',
      mail: 'This is the number chosen in the mail.',
    },
    correct: 'Correct the number',
    until: (day: string) => `This number will be public. You can correct it until ${day}.`,
    keep: 'This link is for your team: do not pass it on.',
  },
  unusual: {
    title: (n: number) => `Is it really ${numberText(n, 'en')}?`,
    why: 'This is a lot for such a café. Until you have answered, this number is neither shown nor counted.',
    yes: (n: number) => `Yes, ${people(n)}`,
  },
  thanks: {
    counted: (n: number) => `${people(n)}: counted.`,
    uncounted: (n: number) =>
      `${people(n)}: nobody has confirmed it, this number is not counted.`,
    notHeld: 'Noted: it did not take place.',
    close: 'You may close this page.',
  },
  coop: {
    title: 'For La Coop de la médiation numérique',
    lead: 'Are you a digital mediator? This is what La Coop asks of a group workshop. Copy each value to its place; they are in French, as La Coop is.',
    labels: {
      date: 'Date',
      duration: 'Duration',
      title: 'Title of the workshop',
      theme: 'Theme',
      participants: 'Number of participants',
      place: 'Place of the activity',
    },
    theme: 'Intelligence artificielle (IA)',
    duration: (hours, minutes) =>
      hours === 0 ? `${Number(minutes)} min` : `${hours} h${minutes === '00' ? '' : ` ${minutes}`}`,
    online: 'À distance',
    note: 'La Coop receives nothing from this site: only what you type counts.',
  },
  details: {
    title: 'Two more minutes?',
    lead: 'Nothing is required.',
    submit: 'Save',
    more: 'Add more questions',
    question: (n: number) => `Question ${n}`,
    theme: (n: number) => `Theme of question ${n}, if you like`,
    questions: 'Questions that came up',
    questionsHint:
      'One per field, in your words, without a name or an address. They are public, as the number is.',
    photo: 'A photo',
    photoHint: 'The place and the time hidden in the file are removed.',
    photoKept: 'A photo is kept.',
  },
  labels: {
    participants: 'People who were there',
    questions: 'Questions that came up',
    firstTimers: 'There for the first time',
    format: 'Format',
    words: 'Tell',
    nextSteps: 'What next?',
    publish: 'Who reads these texts?',
    image: 'File',
    'image.alt': 'What one sees there',
    'image.remove': 'Remove this photo',
    consent: 'Consent',
    publishPhoto: 'Who sees this photo?',
  },
  hints: {
    format: 'What you did: a game, a debate, a workshop.',
    words: 'What went well, what surprised. Your team alone reads it, unless you tick.',
    nextSteps: 'A date, an idea to follow. The same holds.',
    'image.alt': 'In a few words, for people who do not see the photo.',
  },
  boxes: {
    publish: 'Show them on the page of the café',
    consent: 'The people whom one recognises agree',
    publishPhoto: 'Show it on the page of the café',
    remove: 'Remove this photo',
  },
  stale: (n: string) =>
    `Somebody of the team has saved something else meanwhile: ${n}. What you wrote is still here; save again to keep it.`,
  remove: {
    link: 'Delete this report',
    title: 'Delete this report?',
    text: 'The number, the questions, the texts and the photo are deleted. Nothing brings them back.',
    submit: 'Delete for ever',
    done: 'The report is deleted.',
    back: 'Back to the report',
  },
  refused: {
    draft: 'This café was not announced: it has no report.',
    off: 'This café is cancelled or waits for another date: it has no report.',
    early: 'This café has not begun: the report comes after it.',
    late: 'This café took place more than 30 days ago: its report does not change any more. It can still be deleted.',
  },
  mail: reportFr.mail,
  none: 'There is no report.',
  page: {
    heading: 'How it was',
    participants: people,
    firstTimers: (n: number) => `${n} of them for the first time`,
    noFirstTimers: 'none of them for the first time',
    notHeld: 'This café did not take place after all.',
    format: (format: string) => `Format: ${format}`,
    questions: 'Questions that came up',
    nextSteps: 'What next',
    declared: 'Number declared by the team of the café.',
  },
}
