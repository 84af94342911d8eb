import type { SiteState } from '../../../../node/domain/monitoring/site-state.ts'
import type { Trouble } from '../../../../node/domain/monitoring/trouble.ts'
import { longDate } from '../../../../node/domain/values/date-text.ts'
import { dayInParis } from '../../../../node/domain/values/days.ts'
import { fileSize, plural } from '../../../../node/domain/values/number-text.ts'
import { ofName } from '../../french-articles.ts'
import { typesetFrench } from '../../typography.ts'

type TroubleText = {
  title: string
  /** What follows from it, with the facts that are known. */
  means: (state: SiteState) => string
  todo: string
}

const dayOf = (at: Temporal.Instant): string => longDate(dayInParis(at))

const troubles: Record<Trouble, TroubleText> = {
  'not-writable': {
    title: 'Rien ne peut être enregistré',
    means: () => 'La base de données refuse d’écrire : ce que les visiteurs envoient est perdu.',
    todo: 'Disque plein, ou droits du dossier : « cafe-ia doctor » dit lequel.',
  },
  'little-disk': {
    title: 'Le disque est presque plein',
    means: ({ disk }) =>
      disk
        ? `Il reste ${fileSize(disk.freeBytes)} sur ${fileSize(disk.totalBytes)}. Une fois plein, plus rien ne s’enregistre.`
        : '',
    todo: 'Faites de la place sur la machine, ou agrandissez le disque chez votre hébergeur.',
  },
  'pages-closed': {
    title: 'Les pages publiques sont fermées',
    means: () => 'Le site a été remis d’après une sauvegarde, et attend ce que sait l’annuaire.',
    todo: 'Ouvrez « Sauvegardes » : on peut y rouvrir le site sans attendre.',
  },
  'requests-failing': {
    title: 'Des pages ont échoué',
    means: ({ failures }) =>
      `${plural(failures, 'demande a', 'demandes ont')} eu une erreur du programme depuis une à deux heures.`,
    todo: 'Le journal de la machine dit laquelle : cherchez « a page failed ».',
  },
  'memory-high': {
    title: 'La mémoire est presque pleine',
    means: ({ memory }) =>
      `Le site en prend ${fileSize(memory.bytes)} sur ${fileSize(memory.limit)}. Une fois pleine, le système l’arrête.`,
    todo: 'Redémarrez le site à une heure calme. Si cela revient, donnez-lui plus de mémoire.',
  },
  'backup-late': {
    title: 'Pas de sauvegarde récente',
    means: ({ backup, backupProblem }) =>
      [
        backup.lastAt
          ? `La dernière est du ${dayOf(Temporal.Instant.from(backup.lastAt))}. Si la machine tombait en panne, ce qui a changé depuis serait perdu.`
          : 'Il n’y en a encore aucune. Si la machine tombait en panne, tout serait perdu.',
        ...(backupProblem ? [`Ce qui l’empêche : ${backupProblem}`] : []),
      ].join(' '),
    todo: 'Ouvrez « Sauvegardes », ou lancez « cafe-ia doctor » sur la machine.',
  },
  'backup-copy-failing': {
    title: 'Les sauvegardes ne sont plus copiées ailleurs',
    means: ({ backupProblem }) =>
      [
        'Si la machine tombait en panne, elles seraient perdues avec elle.',
        ...(backupProblem ? [`Ce qui l’empêche : ${backupProblem}`] : []),
      ].join(' '),
    todo: 'Ouvrez « Sauvegardes » : la page nomme le réglage et dit quoi vérifier.',
  },
  'certificate-ending': {
    title: 'Le certificat se termine',
    means: ({ certificate }) =>
      certificate
        ? `Il vaut jusqu’au ${dayOf(certificate.until)}. Ensuite, les navigateurs et les autres sites refusent celui-ci.`
        : '',
    todo: 'Il aurait dû être renouvelé seul : voyez le journal du serveur web (Caddy) ; les ports 80 et 443 doivent être ouverts.',
  },
  'sending-held': {
    title: 'Rien ne part : le site a été remis d’après une sauvegarde',
    means: () => 'Les annonces et les courriels attendent votre choix.',
    todo: 'Ouvrez « Sauvegardes » et répondez à la question.',
  },
  'sending-late': {
    title: 'Les annonces n’avancent plus',
    means: ({ lateMinutes }) =>
      `La plus ancienne attend depuis ${plural(lateMinutes, 'minute', 'minutes')} : les autres sites ne savent pas ce qui change ici.`,
    todo: 'Redémarrez le site. Si cela dure, lisez le journal de la machine.',
  },
  'not-delivered': {
    title: 'Des cafés ne sont pas arrivés',
    means: ({ undelivered }) =>
      `${plural(undelivered, 'serveur n’a', 'serveurs n’ont')} pas vos cafés tels qu’ils sont.`,
    todo: 'Ouvrez la page de l’annuaire (« Sites » chez un annuaire), et réessayez.',
  },
  'mails-late': {
    title: 'Des courriels ne partent pas',
    means: ({ lateMails }) =>
      `${plural(lateMails, 'courriel attend', 'courriels attendent')} : leurs lecteurs ne savent pas ce qu’ils devraient savoir.`,
    todo: 'Le serveur de courriels répond-il ? « cafe-ia doctor --mail vous@exemple.fr » l’essaie.',
  },
  'jobs-late': {
    title: 'Le travail de fond s’est arrêté',
    means: () => 'Rien n’a été fait à heure fixe depuis trois heures : ni rappels, ni sauvegardes.',
    todo: 'Redémarrez le site ; avec plusieurs processus, celui de CAFE_IA_PROCESS=worker.',
  },
  'cut-off': {
    title: 'Ce site n’atteint plus le réseau',
    means: () => 'La plupart des autres sites ont cessé de répondre en même temps.',
    todo: 'Cette machine atteint-elle encore internet ? « cafe-ia doctor » le vérifie.',
  },
  'members-silent': {
    title: 'Des sites ne répondent plus',
    means: ({ silent }) =>
      `${silent.slice(0, 5).join(', ')}${silent.length > 5 ? ` et ${silent.length - 5} de plus` : ''} : depuis trois jours au moins. Leurs cafés sont montrés avec un conseil d’appeler avant de venir.`,
    todo: 'Prévenez leur équipe, ou attendez : ils sont essayés chaque heure, puis chaque jour.',
  },
}

/** The texts of « État du site », of its alerts, and of the public page of a directory. */
export const monitoringFr = typesetFrench({
  title: 'État du site',
  allWell: 'Tout va bien.',
  butOne: 'Le site répond, sauf une chose à regarder :',
  butSome: (count: number) => `Le site répond, sauf ${count} choses à regarder :`,
  troubles,
  seen: (when: string) => `Regardé le ${when}.`,
  sending: {
    title: 'Envois',
    span: '14 jours',
    says: (sent: number, resent: number, givenUp: number): string =>
      sent + resent + givenUp === 0
        ? 'Rien n’a été envoyé.'
        : `${[
            `${plural(sent, 'envoi reçu', 'envois reçus')} du premier coup`,
            ...(resent > 0 ? [plural(resent, 'repris', 'repris')] : []),
            ...(givenUp > 0 ? [plural(givenUp, 'refusé', 'refusés')] : []),
          ].join(', ')}.`,
    first: 'du premier coup',
    again: 'repris',
    refused: 'Refusés',
  },
  queue: {
    title: 'File d’attente',
    span: '24 heures',
    says: (waiting: number, minutes: number): string =>
      waiting === 0
        ? 'Rien n’attend.'
        : `${plural(waiting, 'message attend', 'messages attendent')}${minutes > 0 ? `, le plus ancien depuis ${plural(minutes, 'minute', 'minutes')}` : ', aucun n’est en retard'}.`,
    waiting: 'En attente',
    late: 'Retard (minutes)',
  },
  disk: {
    title: 'Disque',
    span: '30 jours',
    says: (share: number, day: string): string =>
      `${share} % pris.${day ? ` Au même rythme, 90 % le ${day}.` : ''}`,
    unknown: 'Le système ne dit pas la place qui reste.',
    used: 'Pris',
    limit: (size: string) => `alerte : ${size}`,
  },
  memory: {
    title: 'Mémoire',
    span: '24 heures',
    says: (bytes: string, limit: string) => `${bytes} pris sur ${limit}.`,
    used: 'Prise',
  },
  errors: {
    title: 'Erreurs',
    span: '14 jours',
    says: (count: number): string =>
      count === 0
        ? 'Aucune page n’a échoué.'
        : `${plural(count, 'page a échoué', 'pages ont échoué')} par une erreur du programme.`,
    failed: 'Pages en erreur',
  },
  backups: {
    title: 'Sauvegardes',
    span: '30 nuits',
    off: 'Ce site ne se sauvegarde pas lui-même.',
    none: 'Aucune encore : la première vient dans l’heure.',
    last: (when: string) => `La dernière est du ${when}, relue en entier.`,
    state: 'Sauvegarde',
    made: 'faite',
    'not-copied': 'faite, pas copiée ailleurs',
    missing: 'manque',
    unknown: 'on ne sait pas',
  },
  numbers: 'Les nombres',
  day: 'Jour',
  hour: 'Heure',
  today: 'aujourd’hui',
  now: 'maintenant',
  notMeasured: 'pas mesuré',
  since: (when: string) => `Ces mesures commencent le ${when} ; elles sont gardées 30 jours.`,
  noMeasureYet: 'Aucune mesure encore sur cette période.',
  noMeasure: 'La première mesure vient dans l’heure.',
  certificate: (day: string) => `Le certificat vaut jusqu’au ${day}.`,
  alertsTo: (emails: string) =>
    `Quand quelque chose se gâte, puis quand c’est fini, un courriel part pour : ${emails}.`,
  noAlerts:
    'Aucun courriel n’alerte personne : ce site n’a pas de serveur de courriels, ou personne n’a donné d’adresse. Revenez voir cette page.',
  lastAlert: (title: string, from: string, until: string) =>
    `Dernière alerte : ${title}, le ${from}, finie le ${until}.`,
  openAlert: (title: string, from: string) => `Dernière alerte : ${title}, le ${from}.`,
  guide: 'Le guide « Surveiller »',
  publicPage: 'La page publique d’état',
  publicState: {
    title: 'État de l’annuaire',
    well: 'L’annuaire marche.',
    toMend: 'L’annuaire répond, mais quelque chose est à réparer.',
    members: 'Les sites',
    total: (count: number) => plural(count, 'site est membre', 'sites sont membres'),
    heard: (count: number) =>
      `${plural(count, 'a donné de ses nouvelles', 'ont donné de leurs nouvelles')} depuis 24 heures`,
    silent: (count: number) =>
      count === 0
        ? 'Aucun n’est silencieux.'
        : `${plural(count, 'ne répond', 'ne répondent')} plus depuis trois jours. Avant d’aller à l’un de leurs cafés, appelez :`,
    name: 'Site',
    lastHeard: 'Dernières nouvelles',
    never: 'jamais',
    fresh: 'Fraîcheur',
    freshWell:
      'Aucune annonce n’est en retard : d’ordinaire, ce qu’un site annonce est ici en moins d’une minute.',
    freshLate: (minutes: number) =>
      `Les annonces prennent du retard en ce moment : ${plural(minutes, 'minute', 'minutes')}.`,
    incidents: 'Incidents depuis 30 jours',
    noIncident: 'Aucun.',
    notMeasured: 'L’annuaire ne se mesure que depuis peu : rien à dire encore.',
    off: (hours: number) =>
      `L’annuaire n’a pas marché pendant ${plural(hours, 'heure', 'heures')}.`,
    late: (hours: number) =>
      `Les annonces ont eu plus d’une demi-heure de retard pendant ${plural(hours, 'heure', 'heures')}.`,
    failing: (hours: number) =>
      `Des pages ont échoué, à ${plural(hours, 'heure différente', 'heures différentes')}.`,
    for: 'Pour les programmes, ce qui ne va pas a un nom à l’adresse',
  },
  mailSubject: ({ siteName, begun, over }: MailNames): string =>
    begun.length > 0
      ? `${begun.length > 1 ? `${begun.length} choses à regarder` : begun[0]} — ${siteName}`
      : `C’est fini : ${over.length > 1 ? `${over.length} choses` : over[0]} — ${siteName}`,
  mailText: ({ siteName, begun, over, link }: MailParts): string =>
    [
      'Bonjour,',
      '',
      ...begun.flatMap(({ title, means, todo }) => [
        `${title}.`,
        ...(means ? [means] : []),
        `À faire : ${todo}`,
        '',
      ]),
      ...(over.length > 0 ? [`C’est fini : ${over.join(' ; ')}.`, ''] : []),
      begun.length > 0
        ? `L’administration ${ofName(siteName)} en dit plus : ${link}`
        : `L’administration ${ofName(siteName)} : ${link}`,
      '',
      'Ce courriel part une fois quand cela commence, et une fois quand c’est fini.',
      '',
    ].join('\n'),
})

type MailNames = { siteName: string; begun: readonly string[]; over: readonly string[] }
type MailParts = {
  siteName: string
  begun: readonly { title: string; means: string; todo: string }[]
  over: readonly string[]
  link: string
}
