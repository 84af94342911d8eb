import { plural } from '../../../node/domain/values/number-text.ts'
import { typesetFrench } from '../typography.ts'

const cafes = (n: number) => plural(n, 'café', 'cafés')

/** What is counted, how, and where the data is. */
export const statisticsFr = typesetFrench({
  title: 'Les chiffres',
  lead: 'Ce que l’annuaire compte, comment il le compte, et les données de chaque chiffre.',
  counted: (when: string) => `Compté ${when}.`,
  held: (n: number) => plural(n, 'café tenu', 'cafés tenus'),
  heldMethod: 'Annoncés dans l’annuaire, ouverts à toutes et tous, terminés et non annulés.',
  toCome: (n: number) => plural(n, 'café à venir', 'cafés à venir'),
  toComeMethod: 'Annoncés, ouverts à toutes et tous, pas encore terminés et non annulés.',
  outside: 'hors de Paris',
  outsideMethod: (placed: number) =>
    `Part des cafés tenus ou à venir dans un lieu hors de la commune de Paris, sur ${cafes(placed)}. Les cafés en ligne ne comptent pas.`,
  outsideNone: 'pas encore',
  organizers: (n: number) => plural(n, 'structure', 'structures'),
  organizersMethod: 'Qui ont annoncé au moins un café, tenu depuis douze mois ou à venir.',
  departements: (n: number) => plural(n, 'département', 'départements'),
  departementsMethod: 'Où un café au moins a été tenu ou est à venir.',
  cancelled: (n: number) => plural(n, 'café annulé', 'cafés annulés'),
  cancelledMethod: 'Annulés par les équipes ; ils ne comptent dans aucun autre chiffre.',
  data: 'Voir les données',
  byMonth: 'Par mois',
  byMonthPlot: 'Cafés tenus et à venir, mois par mois',
  byDepartement: 'Par département',
  month: 'Mois',
  departement: 'Département',
  heldColumn: 'Tenus',
  toComeColumn: 'À venir',
  cancelledColumn: 'Annulés',
  table: 'Lire le tableau',
  csv: 'Télécharger en CSV',
  json: 'Les mêmes chiffres pour les programmes',
  none: 'Aucun café n’a encore été annoncé : les chiffres viendront avec eux.',
  notCounted: 'Ce que l’annuaire ne compte pas',
  notCountedText:
    'Le nombre de personnes présentes n’est pas compté ici : il ne peut venir que de ce que les équipes déclarent après leurs cafés. Les cafés réservés à un public précis ne sont pas comptés non plus.',
})
