import type { Lang } from './lang.ts'

type Names = { weekdays: readonly string[]; months: readonly string[]; shortMonths: string[] }

/** Weekdays begin on Monday. */
export const NAMES: Record<Lang, Names> = {
  fr: {
    weekdays: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
    months:
      'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(
        ' ',
      ),
    shortMonths: 'janv. févr. mars avril mai juin juil. août sept. oct. nov. déc.'.split(' '),
  },
  en: {
    weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    months:
      'January February March April May June July August September October November December'.split(
        ' ',
      ),
    shortMonths: 'Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec'.split(' '),
  },
}

/** The zones of the French territories and their neighbours, as their inhabitants call them. */
export const ZONES: Record<string, Record<Lang, string>> = {
  'Europe/Paris': { fr: 'heure de Paris', en: 'Paris time' },
  'Indian/Reunion': { fr: 'heure de La Réunion', en: 'Réunion time' },
  'Indian/Mayotte': { fr: 'heure de Mayotte', en: 'Mayotte time' },
  'America/Martinique': { fr: 'heure de la Martinique', en: 'Martinique time' },
  'America/Guadeloupe': { fr: 'heure de la Guadeloupe', en: 'Guadeloupe time' },
  'America/Cayenne': { fr: 'heure de la Guyane', en: 'French Guiana time' },
  'America/Miquelon': {
    fr: 'heure de Saint-Pierre-et-Miquelon',
    en: 'Saint Pierre and Miquelon time',
  },
  'America/St_Barthelemy': { fr: 'heure de Saint-Barthélemy', en: 'Saint Barts time' },
  'America/Marigot': { fr: 'heure de Saint-Martin', en: 'Saint Martin time' },
  'Pacific/Noumea': { fr: 'heure de la Nouvelle-Calédonie', en: 'New Caledonia time' },
  'Pacific/Tahiti': { fr: 'heure de Tahiti', en: 'Tahiti time' },
  'Pacific/Marquesas': { fr: 'heure des Marquises', en: 'Marquesas time' },
  'Pacific/Gambier': { fr: 'heure des Gambier', en: 'Gambier time' },
  'Pacific/Wallis': { fr: 'heure de Wallis-et-Futuna', en: 'Wallis and Futuna time' },
  'Europe/Brussels': { fr: 'heure de Bruxelles', en: 'Brussels time' },
  'Europe/Zurich': { fr: 'heure de Zurich', en: 'Zurich time' },
  UTC: { fr: 'temps universel', en: 'universal time' },
}
