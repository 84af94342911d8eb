import { LINK_MINUTES } from '../../../node/domain/values/link.ts'
import { minutesInFrench } from '../durations.ts'
import { ofName, toName } from '../french-articles.ts'
import { typesetFrench } from '../typography.ts'
import { departementsText } from './departements.ts'

const structures = (total: number): string =>
  total === 0 ? 'aucune structure' : total === 1 ? '1 structure' : `${total} structures`
const cafes = (total: number): string =>
  total === 0 ? 'aucun café à venir' : total === 1 ? '1 café à venir' : `${total} cafés à venir`

/** The texts about networks of structures, for the public and for those who manage one. */
export const structureNetworksFr = typesetFrench({
  list: {
    title: 'Les réseaux',
    lead: 'Des structures qui se connaissent : une fédération de bibliothèques, les bureaux d’un service public, les lieux d’une association. Chaque réseau a sa page, sa carte et son compte à suivre.',
    none: 'Aucun réseau ne s’est encore déclaré ici.',
    more: 'Les réseaux suivants',
    counts: (members: number, toCome: number) => `${structures(members)}, ${cafes(toCome)}`,
    join: 'Votre structure fait partie d’un réseau ? Demandez-le dans votre administration, page « Réseaux partenaires ».',
  },
  page: {
    title: (name: string) => `Le réseau ${name}`,
    kicker: 'Réseau',
    description: (name: string) => `Les cafés IA et les structures du réseau ${name}.`,
    counts: (members: number, toCome: number) => `${structures(members)}, ${cafes(toCome)}.`,
    structures: (members: number) => `${structures(members)}.`,
    toCome: 'Cafés à venir',
    noneToCome: 'Aucun café à venir pour le moment.',
    more: 'Voir tous les cafés du réseau',
    map: 'Où sont les structures',
    mapLead:
      'Plus un département est foncé, plus le réseau y annonce de cafés. Un point : une commune où sont des structures.',
    members: 'Les structures du réseau',
    noMember: 'Aucune structure n’en fait encore partie.',
    nextMembers: 'Structures suivantes',
    point: (names: number, commune: string) => `${commune} : ${structures(names)}`,
    statistics: 'Les chiffres du réseau',
    noFigures: 'Aucun café n’a encore été annoncé par une structure du réseau.',
    held: (n: number): string => (n < 2 ? 'café tenu' : 'cafés tenus'),
    coming: (n: number): string => (n < 2 ? 'café à venir' : 'cafés à venir'),
    active: (n: number): string =>
      n < 2 ? 'structure active depuis un an' : 'structures actives depuis un an',
    departements: departementsText,
    csv: 'Ces chiffres, mois par mois (CSV)',
    about: 'À propos',
    website: 'Site web',
    declaredAt: 'Ce réseau est déclaré sur',
    follow: 'Suivre ce réseau',
    followHow:
      'Depuis Mastodon et les réseaux compatibles, cherchez cette adresse : chaque café du réseau y est annoncé une fois, avec ses changements.',
    followOwn: 'Suivre depuis mon compte',
    files: 'Les cafés du réseau en fichiers',
    calendar: 'S’abonner à l’agenda',
    spreadsheet: 'Tableau des cafés',
    otherFiles: 'D’autres formats',
    feed: 'Lecteur de flux',
    join: 'Votre structure en fait partie ?',
    joinHow:
      'Dans votre administration, page « Réseaux partenaires », donnez cette adresse. Le réseau répond, et vous pouvez le quitter quand vous voulez.',
  },
  closed: {
    title: 'Ce réseau est fermé',
    text: 'Il n’existe plus. Les structures qui en faisaient partie et leurs cafés sont toujours là.',
  },
  belongs: 'Fait partie de',
  chip: (name: string) => `Réseau ${name}`,
  ofNetwork: (name: string) => `du réseau ${name}`,
  admin: {
    nav: 'Réseaux partenaires',
    answersRead: 'C’est lu',
    title: 'Réseaux partenaires',
    lead: 'Un réseau rassemble des structures : une fédération, un service public, une association. Faire partie d’un réseau se décide à deux, et chacun peut y mettre fin.',
    mine: 'Les réseaux de votre structure',
    none: 'Votre structure ne fait partie d’aucun réseau.',
    name: 'Réseau',
    structure: 'Structure',
    state: 'Où en est-on',
    actions: 'Actions',
    on: (name: string) => ` : ${name}`,
    askLead:
      'Donnez l’adresse de la page du réseau. L’étape suivante dit ce qui sera public, avant tout envoi.',
    askLabel: 'Adresse de la page du réseau',
    askHint: 'Par exemple https://annuaire.example/reseaux/federation-des-mediatheques',
    askSubmit: 'Continuer',
    askDirectory: 'Voir les réseaux de l’annuaire',
    wrong: {
      required: 'Donnez l’adresse de la page du réseau.',
      structureRequired: 'Donnez l’adresse du site de la structure.',
      member: 'Cette structure fait déjà partie du réseau.',
      email: 'Donnez une adresse e-mail complète.',
      tooMany: 'Ce réseau a déjà 20 personnes qui le suivent : retirez-en une d’abord.',
      ended: 'Ce réseau n’existe plus.',
    },
    own: 'Les réseaux que vous animez',
    ownNone: 'Vous n’en animez aucun.',
    ownCounts: (members: number, waiting: number) =>
      waiting === 0
        ? structures(members)
        : `${structures(members)}, ${waiting === 1 ? '1 demande attend' : `${waiting} demandes attendent`} votre réponse`,
    others: 'Les autres réseaux de l’annuaire',
    othersLead:
      'Déclarés sur d’autres sites. Vous pouvez donner accès à leur tableau de bord ici, où tous leurs cafés sont connus.',
    declare: 'Déclarer un réseau',
    declareLead:
      'Si votre structure est une tête de réseau, déclarez-le ici. Il a aussitôt une page publique.',
    fields: {
      name: 'Nom du réseau',
      presentation: 'Présentation',
      website: 'Site web',
      address: 'Adresse du site de la structure',
      email: 'E-mail',
    },
    hints: {
      name: 'Son adresse en est faite et ne change plus.',
      presentation: 'Quelques phrases, 1 000 caractères au plus.',
      address: 'Par exemple https://mediatheque.example ou @cafes@mediatheque.example',
      email:
        'Cette personne voit les structures, les cafés et les chiffres. Elle ne peut rien changer.',
    },
    declareSubmit: 'Déclarer le réseau',
    seen: 'Ce qui sera public : le nom, la présentation, le site web et la liste des structures membres, ici et dans les annuaires dont vous faites partie.',
    save: 'Enregistrer',
    describe: 'Nom et présentation',
    publicPage: 'Voir la page publique',
    back: 'Revenir aux réseaux partenaires',
    members: 'Structures membres',
    belonging: 'Les structures de ce réseau',
    memberState: {
      asked: 'Demandes à rejoindre',
      'in-force': 'Structures membres',
      invited: 'Invitations sans réponse',
      ended: 'Terminé',
    },
    list: {
      words: 'Nom ou adresse',
      found: structures,
      none: 'Aucune structure ici.',
      noneFound: 'Aucune structure ne correspond.',
    },
    inviteSubmit: 'Continuer',
    managers: 'Personnes qui suivent ce réseau',
    managersLead:
      'Une ou un responsable voit le tableau de bord du réseau, sans pouvoir rien changer. Qui a déjà un compte ici se connecte comme d’habitude.',
    addManager: 'Donner accès',
    removeManager: 'Retirer l’accès',
    newLink: 'Envoyer un nouveau lien',
    newPaperLink: 'Faire un nouveau lien',
    neverEntered: 'n’est pas encore entrée ou entré',
    person: 'Personne',
    link: `Le lien à donner à cette personne, qui choisira son mot de passe. Il sert une fois, pendant ${minutesInFrench(LINK_MINUTES['first-password'])}, et n’est plus montré ensuite :`,
    endNetwork: 'Fermer ce réseau',
    endLead: 'La page disparaît, les structures n’en font plus partie, leurs cafés restent.',
    /** Where a membership stands, seen from our structure; what has ended, from both sides. */
    states: {
      asked: 'demande envoyée, sans réponse pour le moment',
      invited: 'vous invite',
      inForce: 'membre',
      ended: { subject: 'a dit non ou est partie', object: 'terminé par le réseau' },
    },
    /** A structure of ours, about a network. */
    subject: {
      offer: {
        label: 'Demander à rejoindre un réseau',
        title: (name: string) => `Demander à rejoindre ${name} ?`,
        effects: (name: string) =>
          `Votre demande part vers ${name}, avec le nom et l’adresse de votre structure.\nSi le réseau accepte, tout le monde le voit : votre structure est nommée sur la page du réseau, le réseau est nommé sur la vôtre.\nVos cafés sont montrés sur la page du réseau, dans ses fichiers et par son compte à suivre.\nVous pouvez quitter le réseau quand vous voulez.`,
        submit: 'Envoyer la demande',
      },
      accept: {
        label: 'Accepter',
        title: (name: string) => `Faire partie ${ofName(name)} ?`,
        effects: (name: string) =>
          `Votre structure est nommée sur la page ${ofName(name)}, le réseau est nommé sur la vôtre.\nVos cafés sont montrés sur la page du réseau, dans ses fichiers et par son compte à suivre.\nVous pouvez quitter le réseau quand vous voulez.`,
        submit: 'Accepter l’invitation',
      },
      refuse: {
        label: 'Refuser',
        title: (name: string) => `Refuser l’invitation ${ofName(name)} ?`,
        effects: () =>
          'Le réseau voit votre réponse. Rien n’est public.\nIl peut vous inviter de nouveau.',
        submit: 'Refuser l’invitation',
      },
      withdraw: {
        label: 'Retirer la demande',
        title: (name: string) => `Retirer votre demande ${toName(name)} ?`,
        effects: () =>
          'Le réseau voit que la demande est retirée. Vous pourrez demander de nouveau.',
        submit: 'Retirer la demande',
      },
      end: {
        label: 'Quitter',
        title: (name: string) => `Quitter ${name} ?`,
        effects: (name: string) =>
          `Votre structure n’est plus nommée sur la page ${ofName(name)}.\nVos cafés n’y sont plus montrés, et son compte ne les annonce plus ; ils restent dans l’annuaire.\nPour revenir, il faudra de nouveau l’accord du réseau.`,
        submit: 'Quitter le réseau',
      },
    },
    /** A network of ours, about a structure. */
    object: {
      offer: {
        label: 'Inviter une structure',
        title: (name: string) => `Inviter ${name} dans le réseau ?`,
        effects: (name: string) =>
          `L’invitation part vers ${name}, avec le nom et la présentation du réseau.\nRien n’est public avant sa réponse.\nSi la structure accepte, elle est nommée sur la page du réseau, et ses cafés y sont montrés.`,
        submit: 'Envoyer l’invitation',
      },
      accept: {
        label: 'Accepter',
        title: (name: string) => `Accueillir ${name} dans le réseau ?`,
        effects: (name: string) =>
          `La page du réseau nomme ${name} et montre ses cafés.\nLe compte à suivre du réseau annonce ses prochains cafés.\nLa structure peut partir, et vous pouvez y mettre fin, à tout moment.`,
        submit: 'Accueillir',
      },
      refuse: {
        label: 'Refuser',
        title: (name: string) => `Refuser la demande ${ofName(name)} ?`,
        effects: () =>
          'La structure voit votre réponse. Rien n’est public.\nElle peut demander de nouveau.',
        submit: 'Refuser la demande',
      },
      withdraw: {
        label: 'Retirer l’invitation',
        title: (name: string) => `Retirer l’invitation ${ofName(name)} ?`,
        effects: () => 'La structure voit que l’invitation est retirée.',
        submit: 'Retirer l’invitation',
      },
      end: {
        label: 'Retirer du réseau',
        title: (name: string) => `Retirer ${name} du réseau ?`,
        effects: (name: string) =>
          `${name} n’est plus nommée sur la page du réseau, et ses cafés n’y sont plus montrés.\nSes cafés restent dans l’annuaire.\nPour revenir, il faudra l’accord des deux côtés.`,
        submit: 'Retirer du réseau',
      },
    },
    question: {
      endNetwork: {
        title: (name: string) => `Fermer le réseau ${name} ?`,
        effects:
          'La page du réseau et son compte à suivre disparaissent.\nToutes les structures en sont averties et n’en font plus partie.\nLeurs cafés restent.\nUn réseau fermé ne peut pas être rouvert, et son adresse n’est plus donnée.',
        submit: 'Fermer le réseau',
      },
      removeManager: {
        title: (name: string) => `Retirer l’accès ${ofName(name)} ?`,
        effects: 'Cette personne ne voit plus le tableau de bord du réseau, dès maintenant.',
        submit: 'Retirer l’accès',
      },
    },
  },
  invitationAnswers: 'Réponses à vos invitations',
  dashboard: {
    title: 'Tableau de bord',
    choose: 'Vos réseaux',
    lead: 'Vous voyez les structures, les cafés et les chiffres de ce réseau. Vous ne pouvez rien changer ici : ce sont les structures et la tête de réseau qui décident.',
    structures: 'Structures membres',
    structuresCsv: 'Les structures (CSV)',
    cafesCsv: 'Les cafés à venir (CSV)',
    town: 'Commune',
    toCome: 'Cafés à venir',
    held: 'Cafés tenus',
    lastWord: 'Dernière annonce',
    publicPage: 'La page publique du réseau',
    elsewhere:
      'Ce site ne connaît que ses propres cafés. Ceux de tout le réseau, avec les chiffres et la carte, sont dans l’annuaire :',
  },
})
