import { typesetFrench } from '../typography.ts'

/** The texts of the frame of every page, the home page, the site map, the API’s page and errors. */
export const siteFr = typesetFrench({
  layout: {
    inThisLanguage: 'Français',
    skip: 'Aller au contenu',
    description:
      'Des rencontres gratuites pour parler ensemble d’intelligence artificielle, autour d’un café.',
    mainNav: 'Menu principal',
    menuButton: 'Menu',
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
  guides: {
    title: 'Guides',
    lead: 'Pas à pas, pour une première fois comme pour un site entier.',
    groups: { organise: 'Organiser et annoncer', people: 'Animer, relier', site: 'Tenir un site' },
    others: 'Les autres guides',
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
    restored: {
      title: 'Ce site revient',
      text: 'Il a été remis en place d’après une sauvegarde. Avant de montrer ses cafés, il demande à son annuaire ce qui a été supprimé depuis. Revenez dans un instant.',
    },
    diskFull: {
      title: 'Le disque de ce site est plein',
      text: 'Rien n’a été enregistré, et rien de ce qui l’était n’est perdu. Revenez en arrière : le navigateur garde d’habitude ce que vous aviez écrit. Recommencez plus tard.',
      pendingForm:
        'Rien n’a été enregistré, mais ce que vous aviez écrit est là : gardez cette page ouverte, et envoyez-la quand il y a de nouveau de la place.',
    },
    reference: (id: string) => `Si cela continue, donnez ce numéro à l’équipe : ${id}`,
    home: 'Aller à l’accueil',
    cafes: 'Voir les cafés à venir',
    find: 'Trouver un café',
    signIn: 'Se connecter',
    teamSignIn: 'Vous êtes de l’équipe ? Connectez-vous',
  },
})

/** The texts that explain what an AI café is: the three steps, the questions, and the page about it. */
export const welcomeFr = typesetFrench({
  title: 'C’est quoi, un café IA ?',
  lead: 'On se retrouve dans un lieu de tous les jours pour apprendre, essayer et débattre. Puis chacun décide de ce qu’il veut faire avec l’intelligence artificielle, ou sans elle.',
  scene: 'Des personnes parlent autour d’une table, une tasse à la main.',
  how: 'Un café IA, comment ça se passe ?',
  steps: {
    door: {
      title: 'Vous poussez la porte',
      text: 'D’une bibliothèque, d’un bureau de poste, d’un café associatif. C’est gratuit, souvent sans inscription.',
    },
    talk: {
      title: 'On en parle ensemble',
      text: 'Une question, un jeu ou une démonstration lance la conversation. Il n’y a rien à savoir avant.',
    },
    clearer: {
      title: 'Vous y voyez plus clair',
      text: 'Vous repartez avec des repères, des idées et, souvent, l’envie de revenir.',
    },
  },
  principles: 'Trois principes, et c’est tout',
  free: {
    title: 'Gratuit pour le public',
    text: 'On entre, on s’assoit, on parle. Personne ne paie pour participer.',
  },
  anyFormat: {
    title: 'Tous les formats',
    text: 'Un débat, un atelier, un jeu, une projection, une heure de questions : aucune méthode n’est imposée, aucun avis non plus.',
  },
  anyMeans: {
    title: 'Chaque lieu choisit ses moyens',
    text: 'Qui organise trouve ses moyens comme il l’entend : un chapeau qui passe, une participation libre, un soutien.',
  },
  where: 'Où, et avec qui ?',
  whereText:
    'À l’école, à la médiathèque, à la mairie, au centre social, dans un tiers-lieu, une association, une entreprise ou une université. Entre voisins, entre collègues ou en famille. Des conseillères et des conseillers numériques se forment pour animer ces rencontres, mais tout le monde peut en accueillir une.',
  origin: 'D’où ça vient ?',
  originText:
    'D’une idée simple : le numérique change nos vies, nous devons pouvoir en parler. En 2022, le Conseil national du numérique ouvre ce débat par un livre, puis par des centaines de rencontres dans tout le pays. En mars 2024, la commission de l’intelligence artificielle recommande, avant toute autre chose, de créer des lieux de dialogue dans la vie de tous les jours.',
  since:
    'Le 21 mai 2024, le président de la République confie au Conseil le soin de donner corps à Café IA. La première année, il y en a plus d’un par jour, dont quatre sur cinq hors de Paris, et plus de 10 000 personnes y participent. Une deuxième étape a commencé : des référentes et des référents près de chez vous, et des outils comme ce site pour trouver le prochain café.',
  resources: 'Des idées d’animation, des supports et des jeux à reprendre :',
  questions: 'Vos questions',
  asked: {
    know: {
      title: 'Faut-il s’y connaître ?',
      text: 'Non. On vient avec ses questions, ses doutes, sa curiosité. Personne ne vous interroge.',
    },
    free: {
      title: 'Est-ce vraiment gratuit ?',
      text: 'Oui, toujours, et personne ne vous vendra rien. Si un chapeau passe, vous donnez ce que vous voulez, ou rien.',
    },
    who: {
      title: 'Qui organise ?',
      text: 'Des bibliothèques, des tiers-lieux, des bureaux de poste, des écoles, des associations, des habitants. Chaque lieu annonce ses propres cafés.',
    },
    far: {
      title: 'Et s’il n’y a rien près de chez moi ?',
      text: 'Des cafés se tiennent aussi en ligne. Et vous pouvez dire que vous en aimeriez un chez vous : ces demandes comptent.',
    },
  },
  ask: 'Choisir mon territoire',
  toFind: 'Trouver un café',
  toOrganise: 'Organiser un café',
  elsewhere: 'Des cafés ailleurs',
  elsewhereText:
    'Une autre date, une autre ville ? L’annuaire montre les cafés de tous les lieux :',
})
