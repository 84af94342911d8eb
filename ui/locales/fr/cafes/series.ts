import { monthAndYear } from '../../../../node/domain/values/date-text.ts'
import { plural } from '../../../../node/domain/values/number-text.ts'
import { typesetFrench } from '../../typography.ts'

const cafes = (n: number) => plural(n, 'café', 'cafés')
const month = (text: string) => monthAndYear(Temporal.PlainYearMonth.from(text))

/** The texts of series: planning one in the café form, its page, its dates. */
export const seriesFr = typesetFrench({
  laterDates: (n: number) => `et ${plural(n, 'autre date', 'autres dates')}`,
  plan: {
    times: 'Une seule fois, ou plusieurs dates ?',
    dates: { one: 'Une seule fois', several: 'Plusieurs dates' },
    repeats: {
      weekly: 'Chaque semaine',
      fortnightly: 'Toutes les deux semaines',
      monthly: (nth: string) => `Chaque mois, ${nth}`,
      last: (weekday: string) => `Chaque mois, le dernier ${weekday}`,
      monthlyUndated: 'Chaque mois, le même jour de la semaine',
      lastUndated: 'Chaque mois, le dernier de ce jour',
      listed: 'Des dates que je choisis',
    },
    ends: { date: 'À une date', count: 'Après un nombre de fois', open: 'Pas encore décidé' },
    labels: {
      dates: 'Une seule fois, ou plusieurs dates ?',
      repeats: 'Revient',
      ends: 'S’arrête',
      lastDay: 'Dernier jour',
      count: 'Nombre de fois',
      listed: 'Les autres dates',
      skipMonths: 'Sauf en',
    },
    hints: {
      dates: '',
      listed: 'La première est celle d’au-dessus. Le bouton ajoute des lignes.',
      lastDay: 'Si vous choisissez « À une date ».',
      count: 'Si vous choisissez « Après un nombre de fois ». 400 au plus.',
    },
    skipMonths: 'Sauf certains mois',
    otherDate: (n: number) => `Date ${n}`,
    show: 'Voir les dates',
    total: cafes,
    totalWithin: (n: number) => `${cafes(n)} d’ici un an`,
    skipped: (n: number) => plural(n, 'date sautée', 'dates sautées'),
    isSkipped: 'sautée',
    month,
    toLookAt: (n: number) => (n === 1 ? 'Une date à regarder' : `${n} dates à regarder`),
    closed: 'Fermé ce jour-là',
    closedHint: 'noté dans vos salles et adresses',
    holiday: 'Jour férié',
    skip: 'Sauter',
    keep: 'Garder',
    lookFirst: 'Voici les dates. Rien n’est encore enregistré : regardez-les, puis publiez.',
    publish: 'Publier la série',
    effects: {
      page: 'Chaque date a sa page, et peut changer seule.',
      horizon: (days: number) =>
        `Les pages paraissent ${plural(days, 'jour', 'jours')} avant leur date ; l’annuaire suit.`,
      whole: 'Les pages de toutes les dates paraissent tout de suite ; l’annuaire suit.',
      hour: (hour: string) => `${hour} reste ${hour}, été comme hiver.`,
      posts:
        'Vos abonnés reçoivent un message maintenant, puis un par café, sept jours avant. Jamais deux le même jour.',
    },
  },
})
