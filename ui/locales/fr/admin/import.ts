import { plural } from '../../../../node/domain/values/number-text.ts'

/** The texts for importing a file and for following a calendar. */
export const adminImportFr = {
  title: 'Importer des cafés',
  lead: 'Depuis un agenda (Outlook, Google, Nextcloud, OpenAgenda…) ou un tableau. Vous verrez tout avant d’enregistrer.',
  file: 'Fichier',
  fileHint: 'Agenda .ics, tableau .csv ou export .json d’OpenAgenda',
  or: 'ou',
  url: 'Adresse de l’agenda',
  urlHint: 'Par exemple : agenda.exemple.fr/cafes.ics',
  nothingChosen: 'Choisissez un fichier, ou donnez l’adresse d’un agenda.',
  submit: 'Voir avant d’importer',
  csvHelp: 'Les colonnes d’un tableau',
  csvColumns:
    'Première ligne : titre, date, début, fin, lieu, adresse, code postal, commune, description. Le séparateur est une virgule ou un point-virgule.',
  agendaHelp: 'Un agenda d’OpenAgenda',
  agendaAddress:
    'Donnez l’adresse de l’agenda avec sa clé publique, par exemple https://openagenda.com/fr/mon-agenda?key=…, ou celle de son export JSON v2.',
  previewTitle: 'Voici ce que nous avons lu',
  counts: (created: number, updated: number, unchanged: number) =>
    `${plural(created, 'nouveau café', 'nouveaux cafés')}, ${plural(updated, 'changement', 'changements')}, ${unchanged} déjà à jour.`,
  drafts:
    'Un café sans heure, ou pas encore sûr, attend comme brouillon : complétez-le, puis publiez-le.',
  past: (n: number) =>
    plural(n, 'café déjà passé, laissé de côté', 'cafés déjà passés, laissés de côté'),
  aside: (n: number) => plural(n, 'ligne laissée de côté', 'lignes laissées de côté'),
  wrong: (n: number) =>
    plural(n, 'ligne ne peut pas être importée', 'lignes ne peuvent pas être importées'),
  wrongHint: 'Corrigez-les dans le fichier, puis importez-le de nouveau : rien n’est doublé.',
  col: { row: 'N°', when: 'Quand', cafe: 'Café', where: 'Où', result: 'Résultat' },
  row: {
    created: 'Nouveau',
    drafted: 'Brouillon',
    updated: 'Modifié',
    unchanged: 'Déjà à jour',
    cancelled: 'Annulé',
    past: 'Passé, laissé de côté',
    aside: 'Laissé de côté',
    failed: 'À corriger',
  },
  note: {
    hour_missing: 'Heure à préciser : l’agenda ne donne que le jour.',
    unsure: 'À confirmer : l’agenda n’est pas sûr.',
    never_announced: 'Annulé avant d’avoir été annoncé ici.',
    repeated: 'Deux fois dans le fichier : une seule compte.',
    elsewhere: 'Déjà annoncé par un autre site.',
    not_its_own: 'Annoncé ici, mais pas par cet agenda : il ne le change pas.',
    vanished: 'Cette date n’est plus dans l’agenda.',
    reinstated: 'De nouveau prévu.',
    kept: 'L’agenda dit autre chose : ce que vous avez changé ici est gardé.',
    replaced: 'Remplace ce que vous avez changé ici.',
    signed: 'Annonce signée par son site : elle est reprise de là, jamais d’un fichier.',
    no_date: 'Aucune date à venir.',
    later: 'Des dates plus lointaines sont laissées de côté pour le moment.',
    left_out: 'Vous l’avez laissé de côté.',
    too_many: 'Cet agenda, ou votre structure, a déjà trop de cafés à venir ici.',
    apart: 'Un café à part : sa répétition ne peut pas être celle d’une série d’ici.',
    planned_here: 'Les dates de cette série ont été changées ici : elles restent.',
  },
  problem: {
    'file.required':
      'Ce fichier est vide, ou aucune de ses lignes ne nomme les colonnes : titre, date, début, lieu, code postal, commune.',
    'file.invalid': (detail) =>
      /^\d+$/.test(detail)
        ? `Le tableau ne peut plus être lu à partir de la ligne ${detail} : un guillemet y est peut-être resté ouvert.`
        : 'Ce n’est ni un agenda (.ics) ni un tableau (.csv). Depuis un tableur, enregistrez d’abord au format CSV.',
    'file.too_long': (detail) =>
      `Ce fichier est trop long : seules ses ${detail} premières lignes sont lues.`,
    'file.too_many': (detail) =>
      `Les éléments de cet agenda sont enfermés les uns dans les autres sur plus de ${detail} niveaux : ce n’est pas un agenda.`,
    'file.unknown_field': (detail) =>
      `La colonne « ${detail} » n’est pas comprise : elle est laissée de côté.`,
    'timezone.not_a_timezone': (detail) =>
      `Le fuseau horaire « ${detail} » n’est pas connu : ses heures sont lues à l’heure du lieu. Vérifiez-les.`,
    'file.too_short': 'L’agenda s’arrête au milieu : il en manque peut-être une partie.',
    'recurrence.not_a_date': (detail) => `Une date de cette série n’est pas comprise : ${detail}`,
    'recurrence.invalid': (detail) =>
      `Cette répétition n’est pas comprise (${detail}) : annoncez ses dates une par une.`,
    'recurrence.number_out_of_range': (detail) =>
      `Cette répétition est trop longue : seules ses ${detail} premières dates sont lues.`,
    'class.invalid': 'Cet événement est privé dans l’agenda : il n’est pas importé.',
    'startsAt.required': 'Le jour et l’heure de début sont nécessaires.',
  } as { readonly [fieldAndCode: string]: string | ((detail: string) => string) },
  confirm: (n: number) => `Importer ${plural(n, 'café', 'cafés')}`,
  nothing: 'Il n’y a rien à importer.',
  again: 'Choisir un autre fichier',
  keep: 'Que faire',
  keepRow: (title: string) => `Que faire de « ${title} » ?`,
  choose: {
    publish: 'Publier',
    draft: 'Garder en brouillon',
    skip: 'Laisser de côté',
    apply: 'Mettre à jour',
  },
  chooseAll: { publish: 'Tout publier', draft: 'Tout en brouillon', skip: 'Tout laisser de côté' },
  publicationLater: 'Les cafés que l’agenda apportera ensuite',
  tooManyToChoose:
    'Il y a trop de lignes pour les choisir une par une : tout est importé, ou rien.',
  horizon: (days: number) =>
    `Une série qui a une fin donne toutes ses dates d’ici un an, une répétition sans fin celles des ${days} jours à venir.`,
  horizonFollowed: 'Un agenda suivi ajoute les dates suivantes au fil des jours.',
  keepVenues: (n: number): string =>
    n < 2
      ? 'Garder cette adresse pour la prochaine fois'
      : 'Garder ces adresses pour la prochaine fois',
  morePlaces: (n: number) => ` et ${plural(n, 'autre', 'autres')}`,
  publication: 'Que faire des nouveaux cafés ?',
  publish: 'Les publier tout de suite',
  draft: 'Les garder comme brouillons',
  follow: 'Suivre cet agenda',
  followHint: (every: string) =>
    `Il est relu ${every} : nouveaux cafés, changements et annulations suivent sans vous.`,
  everyHour: 'toutes les heures',
  everyMinutes: (n: number) => `toutes les ${n} minutes`,
  confirmChosen: 'Importer comme choisi',
  nowFollowed: 'Cet agenda est suivi.',
  seeFollowed: 'Voir les agendas suivis',
  onlyFollow: 'Il n’y a rien à importer pour le moment.',
  startFollowing: 'Suivre cet agenda',
  followed: {
    heading: 'Agendas suivis',
    at: (clock: string) => `à ${clock}`,
    on: (moment: string) => `le ${moment}`,
    read: (when: string, cafes: number, aside: number) =>
      `Lu ${when} : ${plural(cafes, 'café', 'cafés')}${aside > 0 ? `, ${plural(aside, 'laissé', 'laissés')} de côté` : ''}.`,
    notYet: 'Première lecture dans la minute.',
    publication: {
      published: 'Ses nouveaux cafés sont publiés.',
      draft: 'Ses nouveaux cafés attendent comme brouillons.',
    },
    failing: (since: string) => `Impossible de le lire ${since}.`,
    stays: (when: string) => `Vos cafés restent comme ils sont. Prochain essai ${when}.`,
    missing: (n: number) =>
      plural(n, 'café n’est plus dans cet agenda', 'cafés ne sont plus dans cet agenda'),
    doubtful: 'C’est beaucoup d’un coup : rien n’est annulé sans vous.',
    soon: 'Nous attendons un jour : ce qui ne revient pas dans l’agenda sera annulé.',
    cancelThem: 'Les annuler',
    keepThem: 'Les garder',
    readNow: 'Lire maintenant',
    details: 'Voir ligne par ligne',
    stop: 'Ne plus suivre',
  },
  differences: {
    title: 'L’agenda dit autre chose',
    lead: 'Vous avez changé ces textes ici ; un agenda que vous suivez dit maintenant autre chose. Rien n’est remplacé sans vous.',
    none: 'Les agendas suivis ne disent rien d’autre que vous.',
    stale: 'Ce café a été modifié entre-temps : regardez de nouveau les deux versions.',
    first: (n: number) => `Les ${n} premiers cafés ; les autres viendront ensuite.`,
    field: 'Rubrique',
    here: 'Ici',
    there: 'Dans l’agenda',
    nothing: 'rien',
    take: 'Prendre',
    keep: 'Garder',
  },
  overridden: {
    heading: 'L’agenda dit autre chose',
    lead: 'Ce que vous avez changé ici est gardé. La date, l’heure, le lieu et l’image suivent l’agenda s’il change à son tour ; un fichier importé montre d’abord ce qu’il remplace.',
    nothing: 'rien',
  },
  doneTitle: 'Import terminé',
  seeCafes: 'Voir les cafés',
}
