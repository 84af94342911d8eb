import { plural } from '../../../../node/domain/values/number-text.ts'
import { typesetFrench } from '../../typography.ts'

/** The texts of a referent's administration: what waits in their territory, and what they may do. */
export const referentDashboardFr = typesetFrench({
  title: (territory: string) => `Votre territoire : ${territory}`,
  nav: {
    territory: 'Mon territoire',
    announce: 'Annoncer pour une structure',
    journal: 'Journal',
    site: 'Voir le site',
  },
  lead: (until: string) => `Votre mandat court jusqu’au ${until}.`,
  switch: 'Vos territoires',
  otherWorkspaces: 'Vos autres espaces',
  team: 'Administration du site',
  network: (name: string) => `Tableau de bord : ${name}`,
  territory: (name: string) => `Territoire : ${name}`,
  none: 'Vous n’avez pas de territoire en ce moment',
  noneLead:
    'Votre mandat n’a pas commencé, ou il est terminé. Pour en parler, écrivez à l’équipe de l’annuaire.',
  waits: 'Ce qui attend',
  nothing: 'Rien n’attend. Merci !',
  joining: 'Lieux qui demandent à rejoindre l’annuaire',
  joiningLead: {
    recommend: 'Dites à l’équipe ce que vous en savez : elle décide.',
    admit: 'Vous pouvez les accepter.',
  },
  recommend: 'Recommander un lieu',
  recommendLead:
    'Un lieu que vous connaissez demande à entrer dans l’annuaire, et n’est pas dans la liste ? Donnez son adresse : l’équipe lit votre avis auprès de sa demande, et votre mot lui garde une place.',
  recommendAddress: 'Adresse de son site',
  advised: (reason: string) => `Votre avis : ${reason}`,
  duplicates: 'Peut-être le même café, annoncé par deux sites',
  duplicatesLead:
    'Les deux sont montrés. Si ce sont deux cafés, dites-le ; si c’est le même, l’équipe de l’annuaire choisit lequel est montré.',
  duplicateOne: (by: string) => `Annoncé par ${by}.`,
  duplicateOther: (title: string, by: string) => `« ${title} », annoncé par ${by}.`,
  hidden: 'Cafés cachés',
  hiddenLead: 'Retenus à leur arrivée, ou cachés par quelqu’un.',
  suggested: 'Cafés proposés',
  suggestedLead:
    'Des personnes sans site ni compte les proposent. Publiez-les pour leur structure, ou refusez-les en disant pourquoi.',
  examine: 'Lire et décider',
  silent: 'Sites qui ne répondent plus',
  silentLead: 'Un appel suffit souvent : un serveur éteint, une adresse qui a changé.',
  requests: (n: number) =>
    n === 0
      ? 'Personne n’a demandé de café ici depuis un an.'
      : `${plural(n, 'demande', 'demandes')} de café ici depuis un an.`,
  requestsAt: (commune: string, n: number) => `${commune} : ${n}`,
  announced: 'Annoncés pour une structure',
  announcedLead:
    'L’annuaire les publie, vous vous en occupez : une autre référente ou un autre référent de ce territoire aussi.',
  edit: 'Modifier, annuler ou supprimer',
  seePage: 'Voir la page',
  cafes: 'Les cafés à venir',
  noCafe: 'Aucun café à venir.',
  past: (n: number) =>
    n === 0
      ? 'Aucun café n’a encore eu lieu ici.'
      : `${plural(n, 'café a déjà eu lieu', 'cafés ont déjà eu lieu')} ici.`,
  structures: 'Les structures',
  noStructure: 'Aucune structure.',
  structure: (name: string, toCome: number, held: number) =>
    `${name} : ${toCome} à venir, ${held} déjà tenus`,
  more: (n: number) => `Et ${n} de plus.`,
  all: 'Voir la page du territoire',
  people: 'Animatrices et animateurs',
  noPerson: 'Personne n’est montré ici.',
  act: {
    hide: 'Cacher',
    show: 'Montrer',
    apart: 'Ce sont deux cafés',
    recommend: 'Donner mon avis',
    recommendAgain: 'Changer mon avis',
    admit: 'Accepter',
  },
  hideTold:
    'Si le site de ce lieu est membre de l’annuaire, son équipe lira cette raison, sans votre nom.',
  reports: {
    title: 'Les bilans',
    lead: 'Ce que les équipes ont raconté en dernier. Un bilan ou une question que vous cachez ne se lit plus nulle part dans l’annuaire ; le lieu lit votre raison, sans votre nom, et peut la contester.',
    what: 'Quoi',
    whole: 'Tout le bilan, avec son nombre',
    cacher: 'Cacher du bilan',
    montrer: 'Montrer de nouveau',
    nothing: 'Choisissez au moins une chose.',
  },
  reason: 'Pourquoi',
  reasonMissing: 'Dites pourquoi, en quelques mots : c’est écrit dans le journal.',
  announce: {
    title: 'Annoncer un café pour une structure',
    lead: 'Une structure de votre territoire vous le demande, et n’a pas encore son propre site ? L’annuaire publie le café pour elle. La page le dit.',
  },
  resign: 'Arrêter',
  resignLead:
    'Votre nom quitte l’annuaire tout de suite, et l’attestation est révoquée. Une autre personne prendra la suite.',
  resignSubmit: 'Oui, j’arrête',
  done: 'C’est fait, et c’est dans le journal.',
})
