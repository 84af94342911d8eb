import { numberText, plural } from '../../../../node/domain/values/number-text.ts'
import { typesetFrench } from '../../typography.ts'
import { departementsText } from '../departements.ts'

const someCafes = (n: number) => plural(n, 'café', 'cafés')

/** The texts about statistics: what is counted, how, and where the data is. */
export const statisticsFr = typesetFrench({
  title: 'Les chiffres',
  heading: 'Combien sommes-nous ?',
  headingOfSite: 'Nos cafés en chiffres',
  lead: 'Ce que les équipes ont compté après leurs cafés. Rien n’est estimé. Un chiffre souligné mène aux cafés dont il est fait.',
  counted: (when: string) => `Compté ${when}.`,
  goal: {
    title: 'Participations déclarées',
    since: (month: string) => `Participations déclarées depuis ${month}`,
    none: 'Aucun bilan encore',
    noneText: (held: number) =>
      held === 0
        ? 'Après un café, son équipe dira combien de monde est venu : le nombre sera ici.'
        : `${plural(held, 'café a été tenu', 'cafés ont été tenus')}. Quand leurs équipes diront combien de monde est venu, le nombre sera ici.`,
    road: (share: string) => `${share} du chemin`,
    end: (goal: number, year: number) => `${numberText(goal)} fin ${year}`,
    share: (share: string) => `${share} des cafés tenus`,
    shareText: (reported: number, all: number) =>
      `ont raconté : ${numberText(reported)} sur ${numberText(all)}`,
    others: 'Les autres comptent pour zéro.',
    aDay: (n: number) => `${numberText(n, 'fr', n < 10 ? 1 : 0)} par jour`,
    current: (days: number) => `en ce moment (les ${days} derniers jours).`,
    needed: (goal: number, year: number) => `d’ici fin ${year} pour arriver à ${numberText(goal)}`,
    times: (times: number) =>
      ` : ${numberText(times, 'fr', times < 10 ? 1 : 0)} fois le rythme actuel`,
    reached: 'Le but est atteint.',
    over: (year: number) => `L’année ${year} est passée.`,
    ofSite: (share: string, goal: number, year: number) =>
      `C’est ${share} du but national : ${numberText(goal)} de participations fin ${year}.`,
    tiny: 'moins de 0,01 %',
    what: 'Une participation, c’est une présence à un café. Qui revient trois fois compte trois fois : on ne sait pas, et on ne veut pas savoir, qui est qui.',
  },
  held: (n: number) => plural(n, 'café tenu', 'cafés tenus'),
  heldMethod:
    'Annoncés, terminés, ni annulés ni reportés, et dont l’équipe n’a pas dit qu’ils n’ont pas eu lieu.',
  heldReserved: (n: number) =>
    ` Dont ${plural(n, 'réservé à un public précis', 'réservés à un public précis')} (une école, une entreprise).`,
  perDay: (n: string) => `${n} café par jour`,
  perDays: (n: string) => `${n} cafés par jour`,
  perDayMethod: (days: number) => `Tenus ces ${days} derniers jours, divisés par ${days}.`,
  toCome: (n: number) => plural(n, 'café à venir', 'cafés à venir'),
  toComeMethod: 'Annoncés, ouverts à toutes et tous, pas encore terminés et non annulés.',
  outside: 'hors de Paris',
  outsideMethod: (placed: number) =>
    `Part des cafés tenus dans un lieu hors de la commune de Paris, sur ${someCafes(placed)}. Les cafés en ligne ne comptent pas.`,
  outsideNone: 'pas encore',
  communes: (n: number) => plural(n, 'commune', 'communes'),
  communesMethod: 'Où un premier café a été tenu.',
  firstTimers: 'pour la première fois',
  firstTimersMethod: (asked: number) =>
    `Part de celles et ceux qui venaient à un café pour la première fois, sur ${plural(asked, 'participation', 'participations')} : les bilans qui le disent.`,
  organizers: (n: number) => plural(n, 'structure', 'structures'),
  organizersMethod: (months: number) =>
    `Qui ont annoncé au moins un café, tenu depuis ${months} mois ou à venir.`,
  departements: departementsText,
  departementsMethod: 'Où un café au moins a été tenu ou est à venir.',
  /** The share of the cafés of a figure of which their teams told. */
  told: (share: string, { held, reported }: { held: number; reported: number }) =>
    `${share} racontés : ${numberText(reported)} sur ${numberText(held)}`,
  cancelled: (n: number) => plural(n, 'café annulé', 'cafés annulés'),
  cancelledMethod: 'Par leurs équipes. Un café annulé ne compte dans aucun autre chiffre.',
  byMonth: 'Par mois',
  byMonthPlot: 'Cafés tenus et à venir, mois par mois',
  participationsPlot: 'Participations, mois par mois',
  participationsMethod: (share: string) => `Déclarées par ${share} des cafés tenus`,
  reportedPlot: 'Cafés tenus, mois par mois',
  tableCaption: 'Participations, bilans et cafés, mois par mois',
  byRegion: 'Où',
  byDepartement: 'Par département',
  groups: { type: 'Qui accueille', format: 'Les formats', reseau: 'Les réseaux' },
  groupColumns: { type: 'Type de structure', format: 'Format', reseau: 'Réseau' },
  groupMethods: {
    type: 'Cafés tenus, quand le type de la structure est connu',
    format: 'Cafés tenus, quand un format est annoncé',
    reseau:
      'Cafés tenus par les structures qui en sont membres aujourd’hui ; une structure peut être de plusieurs réseaux',
  },
  month: 'Mois',
  region: 'Région',
  departement: 'Département',
  heldColumn: 'Tenus',
  toComeColumn: 'À venir',
  cancelledColumn: 'Annulés',
  reportedColumn: 'Ont raconté',
  unreported: 'N’ont rien dit',
  participationsColumn: 'Partici\u00ADpations',
  reportedTitle: (reported: number, all: number) =>
    `${plural(reported, 'café raconté', 'cafés racontés')} sur ${numberText(all)}`,
  participations: (n: number) => plural(n, 'participation', 'participations'),
  table: 'Lire le tableau',
  baseline: {
    title: 'Avant l’annuaire',
    lead: (day: string) =>
      `Écrit par le Conseil national du numérique le ${day}, un an après le début de Café IA. Nous ne l’avons pas compté, et ne l’ajoutons pas à nos chiffres.`,
    facts: {
      people: { fact: 'Plus de 10 000', of: 'personnes touchées' },
      pace: { fact: 'Plus d’un café', of: 'par jour' },
      outside: { fact: '4 sur 5', of: 'hors de Paris' },
    },
    source: 'Lire l’article',
  },
  csv: 'Télécharger en CSV (mois et départements)',
  csvOf: {
    type: 'Par type de structure (CSV)',
    format: 'Par format (CSV)',
    reseau: 'Par réseau (CSV)',
  },
  json: 'Les mêmes chiffres pour les programmes',
  none: 'Aucun café n’a encore été annoncé : les chiffres viendront avec eux.',
  notCounted: 'Ce qui n’est pas compté',
  notCountedText:
    'Un café que personne n’a raconté compte pour zéro participation. Un nombre très grand attend que l’équipe le confirme. Un bilan retiré, masqué, ou d’un café annulé ne compte plus nulle part.',
  cafes: {
    title: 'Les cafés de ce chiffre',
    back: 'Tous les chiffres',
    found: (n: number, more: boolean) => `${more ? 'Plus de ' : ''}${someCafes(n)}`,
    sum: (n: number) => plural(n, 'participation déclarée', 'participations déclarées'),
    none: 'Aucun café ne correspond.',
    all: 'Tous les cafés tenus',
    filters: {
      reported: 'racontés par leur équipe',
      first: 'le premier de leur commune',
      cancelled: 'annulés par leur équipe',
      announced: {
        tous: 'ouverts à toutes et tous, tenus ou à venir',
        places: 'ouverts à toutes et tous, dans un lieu, tenus ou à venir',
        'a-venir': 'ouverts à toutes et tous, à venir',
      },
      since: (month: string) => `depuis ${month}`,
      month: (month: string) => month,
      days: (from: string, until: string) => `du ${from} au ${until}`,
      outside: 'hors de Paris',
    },
    columns: {
      date: 'Date',
      cafe: 'Café',
      where: 'Où',
      organizer: 'Structure',
      reported: 'Participations',
    },
    online: 'en ligne',
    unreported: 'pas de bilan',
    more: 'La suite',
    caption: 'Les plus récents d’abord',
  },
})
