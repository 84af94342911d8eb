import { plural } from '../../../../node/domain/values/number-text.ts'
import type { adminImportFr } from '../../fr/admin/import.ts'

const count = (n: number, one: string, many: string) => plural(n, one, many, 'en')

/** The texts for importing a file and for following a calendar. */
export const adminImportEn: typeof adminImportFr = {
  title: 'Import cafés',
  lead: 'From a calendar (Outlook, Google, Nextcloud, OpenAgenda…) or a spreadsheet. You will see everything before it is saved.',
  file: 'File',
  fileHint: 'Calendar .ics, table .csv, or .json export of OpenAgenda',
  or: 'or',
  url: 'Address of the calendar',
  urlHint: 'For example: agenda.example.org/cafes.ics',
  nothingChosen: 'Choose a file, or give the address of a calendar.',
  submit: 'See before importing',
  csvHelp: 'The columns of a spreadsheet',
  csvColumns:
    'First line: titre, date, début, fin, lieu, adresse, code postal, commune, description. The separator is a comma or a semicolon.',
  agendaHelp: 'An agenda of OpenAgenda',
  agendaAddress:
    'Give the address of the agenda with its public key, for instance https://openagenda.com/fr/mon-agenda?key=…, or that of its JSON v2 export.',
  previewTitle: 'This is what we have read',
  counts: (created, updated, unchanged) =>
    `${count(created, 'new café', 'new cafés')}, ${count(updated, 'change', 'changes')}, ${unchanged} already up to date.`,
  drafts:
    'A café without a time, or not certain yet, waits as a draft: complete it, then publish it.',
  past: (n) => count(n, 'café already over, left out', 'cafés already over, left out'),
  aside: (n) => count(n, 'line left out', 'lines left out'),
  wrong: (n) => count(n, 'line cannot be imported', 'lines cannot be imported'),
  wrongHint: 'Correct them in the file, then import it again: nothing is doubled.',
  col: { row: 'No.', when: 'When', cafe: 'Café', where: 'Where', result: 'Result' },
  row: {
    created: 'New',
    drafted: 'Draft',
    updated: 'Changed',
    unchanged: 'Already up to date',
    cancelled: 'Cancelled',
    past: 'Over, left out',
    aside: 'Left out',
    failed: 'To correct',
  },
  note: {
    hour_missing: 'Time to be given: the calendar only gives the day.',
    unsure: 'To be confirmed: the calendar is not certain.',
    never_announced: 'Cancelled before it was announced here.',
    repeated: 'Twice in the file: only one counts.',
    elsewhere: 'Already announced by another site.',
    not_its_own: 'Announced here, but not by this calendar: it does not change it.',
    vanished: 'This date is no longer in the calendar.',
    reinstated: 'Planned again.',
    kept: 'The calendar says something else: what you changed here is kept.',
    replaced: 'Replaces what you changed here.',
    signed: 'An announcement that its site has signed: it is heard from there, never from a file.',
    no_date: 'No date to come.',
    later: 'Dates further ahead are left out for now.',
    left_out: 'You left it out.',
    too_many: 'This calendar, or your structure, has too many cafés to come here already.',
    apart: 'A café by itself: no series here can repeat in this way.',
    planned_here: 'The dates of this series were changed here: they stay.',
  },
  problem: {
    'file.required':
      'This file is empty, or none of its lines names the columns: titre, date, début, lieu, code postal, commune.',
    'file.invalid': (detail) =>
      /^\d+$/.test(detail)
        ? `The spreadsheet cannot be read from line ${detail} on: a quotation mark may have been left open there.`
        : 'This is neither a calendar (.ics) nor a spreadsheet (.csv). From a spreadsheet program, first save it as CSV.',
    'file.too_long': (detail) => `This file is too long: only its first ${detail} lines are read.`,
    'file.too_many': (detail) =>
      `The components of this calendar are inside one another at more than ${detail} levels: this is no calendar.`,
    'file.unknown_field': (detail) => `The column “${detail}” is not understood: it is left out.`,
    'timezone.not_a_timezone': (detail) =>
      `The time zone “${detail}” is not known: its hours are read by the clock of the place. Check them.`,
    'file.too_short': 'The calendar stops in the middle: a part of it may be missing.',
    'recurrence.not_a_date': (detail) => `A date of this series is not understood: ${detail}`,
    'recurrence.invalid': (detail) =>
      `This repetition is not understood (${detail}): announce its dates one by one.`,
    'recurrence.number_out_of_range': (detail) =>
      `This repetition is too long: only its first ${detail} dates are read.`,
    'class.invalid': 'This event is private in the calendar: it is not imported.',
    'startsAt.required': 'The day and the start time are needed.',
  },
  confirm: (n) => `Import ${count(n, 'café', 'cafés')}`,
  nothing: 'There is nothing to import.',
  again: 'Choose another file',
  keep: 'What to do',
  keepRow: (title) => `What to do with “${title}”?`,
  choose: { publish: 'Publish', draft: 'Keep as a draft', skip: 'Leave out', apply: 'Update' },
  chooseAll: { publish: 'Publish all', draft: 'All as drafts', skip: 'Leave all out' },
  publicationLater: 'The cafés that the calendar brings later',
  tooManyToChoose: 'There are too many rows to choose one by one: all are imported, or none.',
  horizon: (days) =>
    `A series that has an end gives all its dates within a year, a repetition without an end those of the next ${days} days.`,
  horizonFollowed: 'A followed calendar adds the next dates as the days go by.',
  keepVenues: (n) =>
    n < 2 ? 'Keep this address for next time' : 'Keep these addresses for next time',
  morePlaces: (n) => ` and ${count(n, 'other', 'others')}`,
  publication: 'What about new cafés?',
  publish: 'Publish them at once',
  draft: 'Keep them as drafts',
  follow: 'Follow this calendar',
  followHint: (every) =>
    `It is read again ${every}: new cafés, changes and cancellations follow without you.`,
  everyHour: 'every hour',
  everyMinutes: (n) => `every ${n} minutes`,
  confirmChosen: 'Import as chosen',
  nowFollowed: 'This calendar is followed.',
  seeFollowed: 'See the followed calendars',
  onlyFollow: 'There is nothing to import for now.',
  startFollowing: 'Follow this calendar',
  followed: {
    heading: 'Followed calendars',
    at: (clock) => `at ${clock}`,
    on: (moment) => `on ${moment}`,
    read: (when, cafes, aside) =>
      `Read ${when}: ${plural(cafes, 'café', 'cafés')}${aside > 0 ? `, ${aside} left aside` : ''}.`,
    notYet: 'It is first read within a minute.',
    publication: {
      published: 'Its new cafés are published.',
      draft: 'Its new cafés wait as drafts.',
    },
    failing: (since) => `It cannot be read ${since}.`,
    stays: (when) => `Your cafés stay as they are. Next try ${when}.`,
    missing: (n) =>
      plural(n, 'café is no longer in this calendar', 'cafés are no longer in this calendar'),
    doubtful: 'That is a lot at once: nothing is cancelled without you.',
    soon: 'We wait for a day: what does not come back to the calendar will be cancelled.',
    cancelThem: 'Cancel them',
    keepThem: 'Keep them',
    readNow: 'Read now',
    details: 'See row by row',
    stop: 'Stop following',
  },
  differences: {
    title: 'The calendar says something else',
    lead: 'You changed these texts here; a calendar that you follow now says something else. Nothing is replaced without you.',
    none: 'The calendars that you follow say nothing else than you.',
    stale: 'This café was changed meanwhile: look at both versions again.',
    first: (n) => `The first ${n} cafés; the others follow.`,
    field: 'Field',
    here: 'Here',
    there: 'In the calendar',
    nothing: 'nothing',
    take: 'Take',
    keep: 'Keep',
  },
  overridden: {
    heading: 'The calendar says something else',
    lead: 'What you changed here is kept. Date, time, place and picture follow the calendar if it changes in turn; a file that is imported shows first what it replaces.',
    nothing: 'nothing',
  },
  doneTitle: 'Import finished',
  seeCafes: 'See the cafés',
}
