import { numberText, plural } from '../../../../node/domain/values/number-text.ts'
import type { statisticsFr } from '../../fr/territories/statistics.ts'
import { departementsText } from '../departements.ts'

const someCafes = (n: number) => plural(n, 'café', 'cafés', 'en')

export const statisticsEn: typeof statisticsFr = {
  title: 'Figures',
  heading: 'How many are we?',
  headingOfSite: 'Our cafés in figures',
  lead: 'What teams counted after their cafés. Nothing is estimated. An underlined figure leads to the cafés of which it is made.',
  counted: (when) => `Counted ${when}.`,
  goal: {
    title: 'Participations declared',
    since: (month) => `Participations declared since ${month}`,
    none: 'No report yet',
    noneText: (held) =>
      held === 0
        ? 'After a café, its team will say how many came: the number will be here.'
        : `${plural(held, 'café was held', 'cafés were held', 'en')}. When their teams say how many came, the number will be here.`,
    road: (share) => `${share} of the way`,
    end: (goal, year) => `${numberText(goal, 'en')} by the end of ${year}`,
    share: (share) => `${share} of the cafés held`,
    shareText: (reported, all) =>
      `have reported: ${numberText(reported, 'en')} of ${numberText(all, 'en')}`,
    others: 'The others count as zero.',
    aDay: (n) => `${numberText(n, 'en', n < 10 ? 1 : 0)} a day`,
    current: (days) => `at present (the last ${days} days).`,
    needed: (goal, year) => `until the end of ${year} to reach ${numberText(goal, 'en')}`,
    times: (times) => `: ${numberText(times, 'en', times < 10 ? 1 : 0)} times the present pace`,
    reached: 'The goal is reached.',
    over: (year) => `The year ${year} is over.`,
    ofSite: (share, goal, year) =>
      `That is ${share} of the national goal: ${numberText(goal, 'en')} participations by the end of ${year}.`,
    tiny: 'less than 0.01%',
    what: 'A participation is one presence at one café. Who comes three times counts three times: nobody knows, or wants to know, who is who.',
  },
  held: (n) => plural(n, 'café held', 'cafés held', 'en'),
  heldMethod:
    'Announced, over, neither cancelled nor postponed, and not said by their team to have fallen through.',
  heldReserved: (n) =>
    ` ${numberText(n, 'en')} of them for a particular audience (a school, a company).`,
  perDay: (n) => `${n} café a day`,
  perDays: (n) => `${n} cafés a day`,
  perDayMethod: (days) => `Held in the last ${days} days, divided by ${days}.`,
  toCome: (n) => plural(n, 'café to come', 'cafés to come', 'en'),
  toComeMethod: 'Announced, open to everyone, not over yet and not cancelled.',
  outside: 'outside Paris',
  outsideMethod: (placed) =>
    `Share of the cafés held at a place outside the city of Paris, among ${someCafes(placed)}. Online cafés do not count.`,
  outsideNone: 'not yet',
  communes: (n) => plural(n, 'commune', 'communes', 'en'),
  communesMethod: 'Where a first café was held.',
  firstTimers: 'for the first time',
  firstTimersMethod: (asked) =>
    `Share of those who came to a café for the first time, among ${plural(asked, 'participation', 'participations', 'en')}: the reports that say so.`,
  organizers: (n) => plural(n, 'organisation', 'organisations', 'en'),
  organizersMethod: (months) =>
    `Which announced at least one café, held in the last ${months} months or to come.`,
  departements: departementsText,
  departementsMethod: 'Where at least one café has been held or is to come.',
  told: (share, { held, reported }) =>
    `${share} reported: ${numberText(reported, 'en')} of ${numberText(held, 'en')}`,
  cancelled: (n) => plural(n, 'café cancelled', 'cafés cancelled', 'en'),
  cancelledMethod: 'By their teams. A cancelled café counts in no other figure.',
  byMonth: 'By month',
  byMonthPlot: 'Cafés held and to come, month by month',
  participationsPlot: 'Participations, month by month',
  participationsMethod: (share) => `Declared by ${share} of the cafés held`,
  reportedPlot: 'Cafés held, month by month',
  tableCaption: 'Participations, reports and cafés, month by month',
  byRegion: 'Where',
  byDepartement: 'By département',
  groups: { type: 'Who hosts', format: 'Formats', reseau: 'Networks' },
  groupColumns: { type: 'Kind of organisation', format: 'Format', reseau: 'Network' },
  groupMethods: {
    type: 'Cafés held, where the kind of the organisation is known',
    format: 'Cafés held, where a format is announced',
    reseau:
      'Cafés held by the organisations that are members today; one may belong to several networks',
  },
  month: 'Month',
  region: 'Region',
  departement: 'Département',
  heldColumn: 'Held',
  toComeColumn: 'To come',
  cancelledColumn: 'Cancelled',
  reportedColumn: 'Have reported',
  unreported: 'Have said nothing',
  participationsColumn: 'Partici\u00ADpations',
  reportedTitle: (reported, all) =>
    `${plural(reported, 'report', 'reports', 'en')} of ${numberText(all, 'en')}`,
  participations: (n) => plural(n, 'participation', 'participations', 'en'),
  table: 'Read the table',
  baseline: {
    title: 'Before the directory',
    lead: (day) =>
      `Written by the Conseil national du numérique on ${day}, a year after Café IA began. It was not counted here, and is not added to our figures.`,
    facts: {
      people: { fact: 'More than 10,000', of: 'people reached' },
      pace: { fact: 'More than one café', of: 'a day' },
      outside: { fact: '4 of 5', of: 'outside Paris' },
    },
    source: 'Read the article',
  },
  csv: 'Download as CSV (months and départements)',
  csvOf: {
    type: 'By kind of organisation (CSV)',
    format: 'By format (CSV)',
    reseau: 'By network (CSV)',
  },
  json: 'The same figures for programs',
  none: 'No café has been announced yet: figures will come with them.',
  notCounted: 'What is not counted',
  notCountedText:
    'A café of which nobody told counts as no participation. A very large number waits until the team confirms it. A report that is withdrawn, hidden, or of a cancelled café counts nowhere any more.',
  cafes: {
    title: 'The cafés of this figure',
    back: 'All figures',
    found: (n, more) => `${more ? 'More than ' : ''}${someCafes(n)}`,
    sum: (n) => plural(n, 'participation declared', 'participations declared', 'en'),
    none: 'No café matches.',
    all: 'All cafés held',
    filters: {
      reported: 'reported by their team',
      first: 'the first of their commune',
      cancelled: 'cancelled by their team',
      announced: {
        tous: 'open to everyone, held or to come',
        places: 'open to everyone, at a place, held or to come',
        'a-venir': 'open to everyone, to come',
      },
      since: (month) => `since ${month}`,
      month: (month) => month,
      days: (from, until) => `from ${from} to ${until}`,
      outside: 'outside Paris',
    },
    columns: {
      date: 'Date',
      cafe: 'Café',
      where: 'Where',
      organizer: 'Organisation',
      reported: 'Participations',
    },
    online: 'online',
    unreported: 'no report',
    more: 'More',
    caption: 'The latest first',
  },
}
