import { plural } from '../../../node/domain/values/number-text.ts'
import { ofName, toName } from '../french-articles.ts'
import { typesetFrench } from '../typography.ts'

/** The texts of a site that was restored from a backup, or lost everything: what directories know of it. */
export const restoredFr = typesetFrench({
  lostTitle: 'Vos abonnés, après la perte des données',
  closedTitle: 'Les pages de ce site ne sont pas encore montrées',
  waitingTitle: 'Ce site attend la réponse de l’annuaire',
  openTitle: 'Ce que l’annuaire n’a pas dit',
  answeredTitle: 'Ce que l’annuaire a rendu',
  taken: (total: number, host: string) =>
    `${plural(total, 'café annoncé ou changé après la sauvegarde est revenu', 'cafés annoncés ou changés après la sauvegarde sont revenus')} ${ofName(host)}, sur la foi de la signature de ce site. Une image ajoutée depuis n’est pas revenue : choisissez-la de nouveau.`,
  words: (total: number, host: string) =>
    `${plural(total, 'mot', 'mots')} du lieu ${total === 1 ? 'est revenu' : 'sont revenus'} ${ofName(host)} : sa présentation, ses réseaux, ce qu’il leur a répondu, ou les mandats de ses référents.`,
  aside: (total: number, host: string) =>
    `${host} avait ${plural(total, 'autre texte', 'autres textes')} de la présentation du lieu ou d’un réseau, que ce site ne peut pas choisir seul. Votre équipe choisit ; le texte écarté reste dans l’historique.`,
  refused: (total: number, host: string) =>
    `${host} a ${plural(total, 'texte', 'textes')} dont la signature n’est d’aucune clé de ce site : rien n’en est repris.`,
  noDirectory:
    'Ce site a été remis d’après une sauvegarde, et n’est dans aucun annuaire qui saurait ce qui a changé ensuite : relisez les cafés et les profils.',
  states: {
    waiting: (host: string, since: string) =>
      `Ce site demande ${toName(host)} ce qui a été annoncé, changé, supprimé ou retiré depuis la sauvegarde du ${since}.`,
    unreachable: (host: string, since: string) =>
      `${host} ne répond pas : on ne sait pas encore ce qui a été annoncé, changé, supprimé ou retiré depuis la sauvegarde du ${since}. Le site redemande de lui-même.`,
    unknown: (host: string, _since: string) =>
      `${host} ne reconnaît pas encore ce site, dont les clés ont peut-être changé après la sauvegarde. Le site redemande de lui-même.`,
    endless: (host: string, _since: string) =>
      `La réponse ${ofName(host)} n’a pas de fin : le site a arrêté de la lire. Relisez les cafés et les profils.`,
    unable: (host: string, since: string) =>
      `${host} ne sait pas dire ce qui a été annoncé, changé, supprimé ou retiré depuis la sauvegarde du ${since}. Relisez les cafés et les profils.`,
  },
  answered: (host: string, when: string, isAnything: boolean) =>
    `${host} a répondu le ${when}${isAnything ? '.' : ' : aucun café n’était à reprendre.'}`,
  editsHeld:
    'Ce que vous changez aux cafés d’avant la remise, à la présentation du lieu et aux réseaux est enregistré, mais n’est annoncé qu’après sa réponse : il a peut-être une version plus récente.',
  never:
    'Aucun annuaire n’a les brouillons, les comptes et accès, les réglages, du lieu le logo, les partenaires, les liens et les numéros SIRET et RNA, les images d’origine, les textes des profils (chaque personne donne de nouveau son accord), ni les abonnés arrivés depuis sa dernière lecture, une fois par nuit : qui ne reçoit plus rien vous suit de nouveau.',
  lostStates: {
    waiting: (host: string, _servers: number) =>
      `Ce site a demandé ${toName(host)} quels serveurs le suivaient, pour leur envoyer de nouveau vos annonces. L’équipe de l’annuaire doit d’abord être d’accord : appelez-la. Ce site redemande de lui-même.`,
    answered: (host: string, servers: number) =>
      servers === 0
        ? `${host} ne connaît aucun serveur qui vous suivait. Dites à vos abonnés de vous suivre de nouveau.`
        : `Vos abonnés reçoivent de nouveau vos annonces : ${plural(servers, 'serveur est revenu', 'serveurs sont revenus')} de la liste ${ofName(host)}.`,
    refused: (host: string, _servers: number) =>
      `L’équipe ${ofName(host)} n’a pas donné la liste des serveurs qui vous suivaient. Dites à vos abonnés de vous suivre de nouveau.`,
    unable: (host: string, _servers: number) =>
      `${host} n’a pas pu donner la liste des serveurs qui vous suivaient. Dites à vos abonnés de vous suivre de nouveau.`,
  },
  followers: {
    waiting: (host: string, _servers: number) =>
      `Ce site a demandé ${toName(host)} quels serveurs vous suivent depuis la sauvegarde. ${host} en connaît que ce site n’a pas, et son équipe doit d’abord être d’accord pour les nommer : appelez-la.`,
    answered: (host: string, servers: number) =>
      servers === 0
        ? `${host} ne connaît pas d’autre serveur qui vous suit que ceux de la sauvegarde.`
        : `${plural(servers, 'serveur qui vous suivait depuis la sauvegarde est revenu', 'serveurs qui vous suivaient depuis la sauvegarde sont revenus')} de la liste ${ofName(host)}.`,
    refused: (host: string, _servers: number) =>
      `L’équipe ${ofName(host)} n’a pas nommé les serveurs qui vous suivent depuis la sauvegarde : dites à vos abonnés récents de vous suivre de nouveau.`,
    unable: (host: string, _servers: number) =>
      `${host} n’a pas pu nommer les serveurs qui vous suivent depuis la sauvegarde : dites à vos abonnés récents de vous suivre de nouveau.`,
  },
  openHow:
    'Vous pouvez ne pas attendre. Ce qui a été supprimé ou retiré après la sauvegarde est alors montré de nouveau, et vos changements partent, jusqu’à la réponse.',
  open: 'Montrer les pages sans attendre',
  sendHow:
    'Vous pouvez ne pas attendre. Vos abonnés reçoivent alors vos changements, même s’ils contredisent une version plus récente ; l’annuaire, lui, ne les reçoit qu’après avoir répondu.',
  send: 'Annoncer sans attendre',
  claimsTitle: (total: number) =>
    total === 1
      ? 'Supprimé après la sauvegarde, d’après l’annuaire'
      : `${total} suppressions après la sauvegarde, d’après l’annuaire`,
  claims:
    'L’annuaire dit que c’était supprimé, ou retiré, avant la panne. C’est caché en attendant votre réponse, et rien n’est effacé. Si c’est vrai, effacez pour de bon ; sinon, remettez. Un profil remis attend encore l’accord de la personne.',
  much: (total: number, shown: number) =>
    `C’est beaucoup : ${plural(total, 'suppression', 'suppressions')}, et ce site ne montre plus que ${plural(shown, 'café ou profil', 'cafés et profils')}. Si votre équipe n’a pas tout supprimé elle-même, l’annuaire se trompe : remettez.`,
  which: 'Lesquels ?',
  whichHint: 'Les cinquante premiers. Les autres viennent ensuite.',
  none: 'Cochez au moins un café ou un profil.',
  claim: ({
    name,
    when,
    directory,
    at,
  }: {
    name: string
    when: string | undefined
    directory: string
    at: string
  }) => `${name}${when ? `, ${when}` : ' (profil)'} : supprimé le ${at}, d’après ${directory}`,
  confirm: 'Effacer pour de bon…',
  reject: 'Remettre…',
  versions: {
    title: 'Ce que l’annuaire a de plus récent',
    lead: 'Un annuaire a une autre version que ce site, qui ne peut pas choisir seul. D’ici là, rien n’en est annoncé.',
    count: (total: number) =>
      total === 1
        ? 'Une version de l’annuaire attend votre choix'
        : `${total} versions de l’annuaire attendent votre choix`,
    nouns: { cafe: 'Un café', structure: 'La présentation du lieu', network: 'Un réseau' },
    see: 'Comparer et choisir',
    none: 'Rien n’est à choisir.',
    first: (shown: number) => `Les ${shown} premières. Les autres viennent ensuite.`,
    reasons: {
      both: (host: string, when: string) =>
        `Votre site avait cette version le ${when}, après la sauvegarde (${host} l’a gardée), et une autre a été enregistrée ici depuis la remise.`,
      key: (host: string, when: string) =>
        `${host} a une version du ${when}, signée d’une clé que ce site n’a plus : il ne peut pas vérifier qu’elle vient de votre équipe. Relisez-la bien.`,
      clock: (host: string, when: string) =>
        `${host} a une version signée par ce site, du ${when}, donc d’après la remise : l’horloge de cette machine, ou celle d’avant, n’est pas à l’heure.`,
    },
    field: 'Champ',
    here: 'Ici',
    there: 'À l’annuaire',
    state: 'État',
    picture: 'Image',
    hasPicture: (isThere: boolean): string => (isThere ? 'oui' : 'aucune, ou à choisir de nouveau'),
    nothing: 'rien',
    missing: 'Ce café n’est pas sur ce site.',
    same: 'Les deux versions se lisent de la même façon.',
    keep: 'Garder celle d’ici',
    take: (host: string) => `Prendre celle ${ofName(host)}`,
    bring: 'Remettre ce café',
    erase: 'Ne pas le reprendre',
    sure: {
      title: 'Ne pas reprendre ce café ?',
      effects:
        'Son adresse ne servira plus jamais.\nL’annuaire et les sites qui suivent le vôtre seront priés de l’effacer.',
      submit: 'Oui, ne pas le reprendre',
    },
    stale: 'La version d’ici a changé entre-temps : relisez-la, puis choisissez.',
    ofCafe: (isAdministrator: boolean) =>
      `Un annuaire a une autre version de ce café, d’avant la remise du site. Vos changements sont enregistrés ici, et ne seront annoncés qu’une fois la bonne version choisie${isAdministrator ? '.' : ', par une personne qui administre ce site.'}`,
    wordsHeld:
      'Ce site a été remis d’après une sauvegarde. Vos changements ici sont enregistrés, et ne seront annoncés qu’une fois que les annuaires auront répondu et que les bonnes versions seront choisies.',
    ofAsking:
      'Ce site a été remis d’après une sauvegarde, et l’annuaire n’a pas encore dit s’il a une version plus récente de ce café. Vos changements sont enregistrés ici, et annoncés après sa réponse.',
  },
})
