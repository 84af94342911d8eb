import { plural } from '../../../node/domain/values/number-text.ts'
import type { statisticsFr } from '../fr/statistics.ts'

const cafes = (n: number) => plural(n, 'café', 'cafés', 'en')

export const statisticsEn: typeof statisticsFr = {
  title: 'Figures',
  lead: 'What the directory counts, how it counts, and the data behind each figure.',
  counted: (when) => `Counted ${when}.`,
  held: (n) => plural(n, 'café held', 'cafés held', 'en'),
  heldMethod: 'Announced in the directory, open to everyone, over and not cancelled.',
  toCome: (n) => plural(n, 'café to come', 'cafés to come', 'en'),
  toComeMethod: 'Announced, open to everyone, not over yet and not cancelled.',
  outside: 'outside Paris',
  outsideMethod: (placed) =>
    `Share of the cafés held or to come at a place outside the city of Paris, among ${cafes(placed)}. Online cafés do not count.`,
  outsideNone: 'not yet',
  organizers: (n) => plural(n, 'organisation', 'organisations', 'en'),
  organizersMethod: 'Which announced at least one café, held in the last twelve months or to come.',
  departements: (n) => plural(n, 'département', 'départements', 'en'),
  departementsMethod: 'Where at least one café has been held or is to come.',
  cancelled: (n) => plural(n, 'café cancelled', 'cafés cancelled', 'en'),
  cancelledMethod: 'Cancelled by the teams; they count in no other figure.',
  data: 'See the data',
  byMonth: 'By month',
  byMonthPlot: 'Cafés held and to come, month by month',
  byDepartement: 'By département',
  month: 'Month',
  departement: 'Département',
  heldColumn: 'Held',
  toComeColumn: 'To come',
  cancelledColumn: 'Cancelled',
  table: 'Read the table',
  csv: 'Download as CSV',
  json: 'The same figures for programs',
  none: 'No café has been announced yet: figures will come with them.',
  notCounted: 'What the directory does not count',
  notCountedText:
    'The number of people present is not counted here: it can only come from what teams declare after their cafés. Cafés for a particular audience are not counted either.',
}
