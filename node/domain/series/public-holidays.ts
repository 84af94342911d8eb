import type { Day } from './recurrence.ts'

/** The feasts that are public holidays in some French territory. */
const FEASTS = {
  newYear: '01-01',
  gospel: '03-05',
  goodFriday: -2,
  easterMonday: 1,
  abolitionMayotte: '04-27',
  saintPierreChanel: '04-28',
  labour: '05-01',
  victory: '05-08',
  ascension: 39,
  whitMonday: 50,
  abolitionMartinique: '05-22',
  abolitionGuadeloupe: '05-27',
  abolitionGuyane: '06-10',
  saintsPeterAndPaul: '06-29',
  nationalDay: '07-14',
  territoryDay: '07-29',
  assumption: '08-15',
  citizenship: '09-24',
  abolitionSaintBarthelemy: '10-09',
  allSaints: '11-01',
  armistice: '11-11',
  matarii: '11-20',
  abolitionReunion: '12-20',
  christmas: '12-25',
  saintStephen: '12-26',
} as const

export type Feast = keyof typeof FEASTS

/** The holidays of the whole country (Code du travail, L3133-1). */
const EVERYWHERE: readonly Feast[] = [
  ...(['newYear', 'easterMonday', 'labour', 'victory', 'ascension', 'whitMonday'] as const),
  ...(['nationalDay', 'assumption', 'allSaints', 'armistice', 'christmas'] as const),
]

const ALSACE_MOSELLE: readonly Feast[] = ['goodFriday', 'saintStephen']

/** The further holidays of a département, by its code: Alsace-Moselle (L3134-13) and overseas (L3422-2, local laws). */
const LOCAL: { readonly [departement: string]: readonly Feast[] } = {
  57: ALSACE_MOSELLE,
  67: ALSACE_MOSELLE,
  68: ALSACE_MOSELLE,
  971: ['goodFriday', 'abolitionGuadeloupe'],
  972: ['goodFriday', 'abolitionMartinique'],
  973: ['abolitionGuyane'],
  974: ['abolitionReunion'],
  976: ['abolitionMayotte'],
  977: ['abolitionSaintBarthelemy'],
  978: ['abolitionGuadeloupe'],
  986: ['saintPierreChanel', 'saintsPeterAndPaul', 'territoryDay'],
  987: ['gospel', 'goodFriday', 'matarii'],
  988: ['citizenship'],
}

/** Finds the public holiday that a day is in a département, or in the whole country where that is not known. */
export function findPublicHoliday(day: Day, departement: string | undefined): Feast | undefined {
  const date = Temporal.PlainDate.from(day)
  const fromEaster = easterOf(date.year).until(date).days
  const names = [...EVERYWHERE, ...(LOCAL[departement ?? ''] ?? [])]
  return names.find((name) => FEASTS[name] === fromEaster || FEASTS[name] === day.slice(5))
}

/** Returns Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8). */
function easterOf(year: number): Temporal.PlainDate {
  const [golden, century] = [year % 19, Math.floor(year / 100)]
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30
  const left = (32 + 2 * (century % 4) + 2 * Math.floor((year % 100) / 4) - epact - (year % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * left) / 451)
  const sum = epact + left - 7 * late + 114
  return new Temporal.PlainDate(year, Math.floor(sum / 31), (sum % 31) + 1)
}
