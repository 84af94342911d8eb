import { typesetFrench } from '../typography.ts'

/** The frame of every page, the home, the plan of the site, the API’s page, errors. */
export const siteFr = typesetFrench({
  layout: {
    inThisLanguage: 'Français',
    skip: 'Aller au contenu',
    description:
      'Des rencontres gratuites pour parler ensemble d’intelligence artificielle, autour d’un café.',
    mainNav: 'Menu principal',
    footerNav: 'À propos de ce site',
    menu: {
      home: { node: 'Accueil', hub: 'Trouver un café' },
      cafes: 'Cafés à venir',
      api: 'Données et logiciels',
    },
    free: 'Gratuit, ouvert à toutes et tous',
    admin: 'Administration',
    team: 'Espace de l’équipe',
    signOut: 'Me déconnecter',
  },
  home: {
    title: 'Cafés IA',
    lead: 'Des rencontres gratuites pour parler ensemble d’intelligence artificielle, autour d’un café. Aucune connaissance n’est nécessaire : venez comme vous êtes.',
    next: 'Les prochains cafés',
    all: 'Voir tous les cafés',
    none: 'Aucun café n’est annoncé pour le moment.',
    noneHint: 'Revenez bientôt, ou suivez ce lieu pour être au courant du prochain.',
  },
  programs: {
    calendar: 'Cafés à venir (agenda)',
    feed: 'Cafés à venir (lecteur de flux)',
    oneCafe: 'Ce café (agenda)',
  },
  siteMap: {
    title: 'Plan du site',
    pages: 'Les pages',
    files: 'Pour les agendas et les lecteurs de flux',
    past: 'Cafés passés',
    follow: 'Suivre les cafés',
    calendar: 'Agenda des cafés à venir',
    feed: 'Flux des cafés à venir',
    jsonFeed: 'Flux des cafés à venir, en JSON',
  },
  api: {
    title: 'Données et logiciels',
    lead: 'Les cafés à venir sont des données ouvertes : un site, un agenda ou un tableur peut les reprendre, sans clé.',
    files: 'Fichiers',
    filesText: 'Chaque recherche existe aussi en fichier : ajoutez ses critères à l’adresse, comme',
    read: 'Lire',
    readText: 'Tous les cafés à venir, ou ceux que vous cherchez, en JSON :',
    write: 'Écrire',
    writeText:
      'Annoncer, changer ou annuler un café demande un jeton, que l’équipe du site crée dans l’administration.',
    tokens: 'Créer un jeton',
    contract: 'La description complète',
    openApi: 'Document OpenAPI 3.1',
  },
  error: {
    notFound: {
      title: 'Cette page n’existe pas',
      text: 'L’adresse est peut-être incomplète, ou la page a changé de place.',
    },
    gone: {
      title: 'Ce café a été retiré',
      text: 'La structure qui l’organisait l’a supprimé. Il n’aura pas lieu à cette adresse.',
    },
    forbidden: {
      title: 'Vous n’avez pas accès à cette page',
      text: 'Votre demande n’a pas été acceptée. Si le formulaire est resté ouvert longtemps, revenez en arrière, rechargez la page et recommencez : ce que vous avez écrit est peut-être encore là.',
    },
    invalid: {
      title: 'Quelque chose manque ou n’est pas juste',
      text: 'Nous n’avons pas pu enregistrer votre demande. Revenez en arrière pour corriger.',
    },
    tooMany: {
      title: 'Trop de demandes',
      text: 'Attendez une minute, puis recommencez.',
    },
    internal: {
      title: 'Erreur interne',
      text: 'Quelque chose s’est mal passé de notre côté. Rien de ce qui était enregistré n’est perdu. Réessayez dans quelques minutes.',
    },
    reference: (id: string) => `Si cela continue, donnez ce numéro à l’équipe : ${id}`,
    home: 'Aller à l’accueil',
    cafes: 'Voir les cafés à venir',
    find: 'Trouver un café',
    signIn: 'Se connecter',
  },
})
