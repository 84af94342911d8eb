import { plural } from '../../../../node/domain/values/number-text.ts'
import { ofName } from '../../french-articles.ts'
import { typesetFrench } from '../../typography.ts'

/** The texts about the structures that a site hosts. */
export const hostedFr = typesetFrench({
  nav: 'Structures',
  title: 'Structures accueillies',
  lead: 'Ce site annonce aussi les cafés de structures qui n’ont pas le leur. Chacune a sa page, son compte à suivre, son équipe, et ne voit que ce qui est à elle.',
  none: 'Ce site n’accueille encore aucune structure.',
  states: 'État',
  state: { all: 'Toutes', open: 'En ligne', suspended: 'Suspendues' },
  words: 'Nom de la structure',
  found: (n: number) => plural(n, 'structure', 'structures'),
  noneFound: 'Aucune structure ne correspond.',
  col: {
    name: 'Structure',
    state: 'État',
    people: 'Équipe',
    toCome: 'À venir',
    actions: 'Actions',
  },
  online: 'En ligne',
  suspended: 'Suspendue',
  reasonSaid: (reason: string) => `Raison dite : ${reason}`,
  people: (n: number) => (n === 0 ? 'personne' : plural(n, 'personne', 'personnes')),
  toCome: (n: number) => (n === 0 ? 'aucun café' : plural(n, 'café', 'cafés')),
  see: 'Ouvrir',
  of: (name: string) => ` : ${name}`,
  open: {
    heading: 'Accueillir une structure',
    lead: 'Sa page et son compte existent aussitôt ; invitez ensuite son équipe.',
    name: 'Son nom',
    nameHint: 'Médiathèque de Bruz',
    slug: 'Son adresse sur ce site',
    slugHint:
      'Lettres sans accent, chiffres et traits d’union. Laissez vide pour la tirer du nom. Elle ne change plus ensuite.',
    submit: 'Accueillir cette structure',
    slugWrong:
      'Écrivez 3 à 40 lettres sans accent, chiffres ou traits d’union : mediatheque-de-bruz.',
    slugTaken: 'Cette adresse est prise ou réservée : choisissez-en une autre.',
    nameMissing: 'Écrivez le nom de la structure.',
    nameTooLong: 'Ce nom est trop long : 100 caractères au plus.',
  },
  one: {
    page: 'Sa page',
    since: (day: string) => `Accueillie depuis le ${day}.`,
    handle: 'Son compte à suivre',
    use: 'Ce qu’elle fait ici',
    nobody: 'Personne ne travaille encore pour elle',
    nobodyLead:
      'Invitez sa première personne comme administratrice, par courriel ou avec une invitation à imprimer : elle choisira ses salles et son équipe.',
    invite: 'Inviter sa première personne',
    work: 'Travailler pour elle',
    workLead:
      'Vous verrez l’administration comme son équipe, et pourrez agir pour elle : cafés, équipe, page.',
    suspend: 'Suspendre',
    resume: 'Rétablir',
    isSuspended: (day: string, reason: string) =>
      `Suspendue depuis le ${day}. Raison dite à son équipe : ${reason}`,
  },
  share: {
    heading: 'Sa part du site',
    cafes: 'Cafés à venir, brouillons compris',
    pictures: 'Images gardées',
    calendars: 'Agendas suivis',
    of: (used: string, most: string) => `${used} sur ${most}`,
    change: 'Changer sa part',
    lead: 'Une part donne 1 000 cafés à venir, 1 000 images et 2 000 courriels par jour aux personnes qui viennent. Les agendas suivis sont 20 pour chaque structure. Ce qui est déjà là reste, même si vous réduisez la part.',
    shares: 'Nombre de parts',
    hint: 'Une suffit à une médiathèque. Un réseau de 200 lieux en a besoin de dix ou vingt.',
    submit: 'Enregistrer cette part',
    wrong: (most: number) => `Écrivez un nombre entre 1 et ${most}.`,
  },
  suspend: {
    title: (name: string) => `Suspendre ${name} ?`,
    effects:
      'Sa page, son compte et ses cafés ne sont plus montrés à personne ici ; les annuaires cessent de les montrer à leur prochaine visite.\nSon équipe lit la raison, par courriel et dans l’administration, et ne peut plus rien changer.\nRien n’est effacé : vous pouvez la rétablir.',
    submit: 'Suspendre et prévenir',
    hint: 'Son équipe la lira.',
    missing: 'Écrivez la raison.',
    tooLong: 'Cette raison est trop longue : 500 caractères au plus.',
  },
  mail: {
    subject: (name: string) => `${name} : structure suspendue`,
    text: ({
      siteName,
      name,
      reason,
      contact,
    }: {
      siteName: string
      name: string
      reason: string
      contact: string
    }) => `Bonjour,

L’équipe ${ofName(siteName)} a suspendu ${name} : sa page et ses cafés n’y sont plus montrés.

La raison qu’elle donne :
${reason}

Rien n’est effacé. Pour en parler avec elle :
${contact}
`,
  },
  choose: {
    label: 'Vous travaillez pour',
    all: (n: number) => plural(n, 'autre structure', 'autres structures'),
    account: 'Vous travaillez aussi pour d’autres structures.',
  },
  home: {
    suspended: 'Votre structure est suspendue',
    suspendedLead: (reason: string) =>
      `L’équipe du site ne montre plus sa page ni ses cafés, et rien ne peut y être changé. Raison : ${reason}`,
  },
})
