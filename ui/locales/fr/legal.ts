import type { AccessibilityState, LegalGap } from '../../../node/domain/structures/legal-notice.ts'
import type { LegalBasis } from '../../../node/domain/structures/personal-data.ts'
import { toName } from '../french-articles.ts'
import { typesetFrench } from '../typography.ts'

/** The state of accessibility, and whether it rests on an audit that is still valid. */
type Conformity = { name: string; state: AccessibilityState; isAudited: boolean }

const stateWords: Record<AccessibilityState, string> = {
  none: 'non conforme',
  partial: 'partiellement conforme',
  full: 'totalement conforme',
}

const gaps: Record<LegalGap, string> = {
  contact: 'un téléphone ou une adresse e-mail pour le public',
  legalName: 'le nom officiel de votre structure',
  legalAddress: 'l’adresse de son siège',
  legalPhone: 'son numéro de téléphone',
  publicationDirector: 'le nom de la personne responsable de la publication',
  hostName: 'le nom de l’hébergeur',
  hostAddress: 'l’adresse de l’hébergeur',
  hostPhone: 'le téléphone de l’hébergeur',
  dataContact: 'à qui parler des données personnelles',
}

/**
 * The texts of the legally required pages; the sentences of the accessibility statement are those that the State
 * prescribes.
 */
export const legalFr = typesetFrench({
  /**
   * Empty in French, the language of the law; a translation says here that only the French version is authoritative.
   */
  authority: '',
  authorityLink: '',
  footer: {
    accessibility: (state: AccessibilityState) => `Accessibilité : ${stateWords[state]}`,
    personalData: 'Données personnelles',
    legalNotice: 'Mentions légales',
    contact: 'Contact',
    source: 'Code source',
  },
  toComplete: 'À compléter par l’équipe de ce site.',
  notice: {
    title: 'Mentions légales',
    publisher: 'Qui publie ce site',
    director: 'Directrice ou directeur de la publication',
    host: 'Qui l’héberge',
    name: 'Nom',
    address: 'Adresse',
    seat: 'Siège',
    phone: 'Téléphone',
    email: 'E-mail',
    siret: 'SIRET',
    rna: 'RNA',
    reuse: 'Ce que vous pouvez réutiliser',
    texts:
      'Les textes des cafés : licence Creative Commons BY-SA 4.0. Citez le lieu qui les a écrits.',
    data: 'Les données des cafés (titres, dates, lieux) : Licence Ouverte 2.0.',
    photos: 'Les photos : demandez à la personne créditée.',
    report: 'Signaler un contenu',
    reportText:
      'Un texte ou une image de ce site vous semble illégal, ou pose problème ? Signalez-le : vous lirez la décision et ses raisons, et vous pourrez demander qu’on la relise.',
    others:
      'Les cafés des autres lieux sont publiés par eux, sous leur responsabilité. Nous les retirons d’ici si on nous signale qu’ils sont illégaux.',
  },
  accessibility: {
    title: 'Déclaration d’accessibilité',
    commitment: (name: string) =>
      `${name} s’engage à rendre ses sites internet accessibles, conformément à l’article 47 de la loi n° 2005-102 du 11 février 2005.`,
    strategy: 'À cette fin, la stratégie et les actions suivantes sont mises en œuvre :',
    plan: 'Schéma pluriannuel de mise en accessibilité',
    actions: 'Plan d’actions de l’année',
    noPlan: 'Aucun schéma pluriannuel de mise en accessibilité n’est publié pour l’instant.',
    applies: (origin: string) => `Cette déclaration d’accessibilité s’applique à ${origin}.`,
    state: 'État de conformité',
    stateText: ({ name, state, isAudited }: Conformity) =>
      `Le site « ${name} » est ${stateWords[state]} avec le référentiel général d’amélioration de l’accessibilité (RGAA), version 4.1${why({ state, isAudited })}.`,
    results: 'Résultats des tests',
    noAudit: 'Aucun audit de conformité n’a encore été réalisé.',
    audit: (day: string, by: string | undefined) =>
      `L’audit de conformité a été réalisé le ${day}${by ? ` par ${by}` : ''}.`,
    rate: (rate: number) =>
      `${String(rate).replace('.', ',')} % des critères du RGAA sont respectés.`,
    expired: 'Cet audit a plus de trois ans : il ne compte plus, et doit être refait.',
    gaps: 'Contenus non accessibles',
    nonConformities: 'Non-conformités',
    gapsUnknown:
      'Sans audit, nous ne pouvons pas en donner la liste. Le logiciel est vérifié par des outils automatiques, qui ne voient qu’une partie des défauts.',
    gapsNone: 'L’audit n’en a relevé aucune.',
    gapsUnlisted:
      'L’équipe du site n’en a pas encore donné la liste. Demandez-la par la page Contact.',
    burden: 'Dérogations pour charge disproportionnée',
    exempt: 'Contenus non soumis à l’obligation d’accessibilité',
    exemptText: 'Les pages vers lesquelles mènent nos liens, sur d’autres sites.',
    none: 'Aucune.',
    established: 'Établissement de cette déclaration d’accessibilité',
    establishedOn: (day: string) => `Cette déclaration a été établie le ${day}.`,
    notEstablished: 'Cette déclaration n’a pas encore été relue par l’équipe du site.',
    technologies: 'Technologies utilisées pour la réalisation du site',
    technologiesText: 'HTML5, CSS, SVG et JavaScript, dont aucune page n’a besoin.',
    environment: 'Environnement de test',
    environmentText:
      'Chromium, avec le clavier seul, sans JavaScript, à 320 pixels de large et en mode sombre.',
    tools: 'Outils pour évaluer l’accessibilité',
    toolsText: 'axe-core et html-validate, sur chaque type de page.',
    pages: 'Pages du site ayant fait l’objet de la vérification de conformité',
    pagesText:
      'Vérification automatique : accueil, liste des cafés, page d’un café, recherche, connexion, mentions légales, données personnelles, accessibilité, contact, pages d’erreur, administration.',
    feedback: 'Retour d’information et contact',
    feedbackText: (name: string) =>
      `Si vous n’arrivez pas à accéder à un contenu ou à un service, vous pouvez contacter le responsable du site « ${name} » pour être orienté vers une alternative accessible ou obtenir le contenu sous une autre forme.`,
    writeTo: 'Écrire à :',
    contactPage: 'Voir la page Contact',
    remedy: 'Voies de recours',
    remedyText:
      'Cette procédure est à utiliser dans le cas suivant : vous avez signalé au responsable du site internet un défaut d’accessibilité qui vous empêche d’accéder à un contenu ou à un des services du portail et vous n’avez pas obtenu de réponse satisfaisante.',
    remedyWays: 'Vous pouvez :',
    defenderForm: 'écrire un message au Défenseur des droits',
    defenderDelegate: 'contacter le délégué du Défenseur des droits dans votre région',
    defenderPost:
      'envoyer un courrier par la poste (gratuit, ne pas mettre de timbre) : Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.',
  },
  contact: {
    title: 'Contact',
    lead: (name: string) => `Pour une question sur un café, écrivez ou téléphonez ${toName(name)}.`,
    forCafe:
      'Un café de l’annuaire est organisé par un lieu : son téléphone est sur la page du café.',
    other: 'Pour autre chose',
    accessibility: 'Signaler un défaut d’accessibilité',
    data: 'Parler de vos données personnelles',
    report: 'Signaler un contenu illégal',
  },
  source: {
    title: 'Code source',
    lead: (version: string) =>
      `Ce site fonctionne avec Cafés IA ${version}, un logiciel libre sous licence GNU Affero GPL, version 3 ou suivante.`,
    right:
      'Cette licence vous donne le droit de recevoir le code source de la version qui fonctionne ici, avec ses modifications s’il y en a.',
    at: 'Le code source est à cette adresse :',
    ask: 'Demandez-le à l’équipe de ce site, par la page Contact : elle doit vous le donner sans frais.',
  },
  missing: {
    gaps,
  },
  settings: {
    title: 'Réglages du site',
    lead: 'Ces réponses remplissent les mentions légales et les autres pages obligatoires, en bas de chaque page.',
    groups: {
      publisher: 'Qui publie le site',
      host: 'Qui l’héberge',
      data: 'Données personnelles',
      accessibility: 'Accessibilité',
      look: 'Couleur',
      source: 'Code source',
    },
    labels: {
      legalName: 'Nom officiel de la structure',
      legalAddress: 'Adresse du siège',
      legalPhone: 'Téléphone de la structure',
      publicationDirector: 'Directrice ou directeur de la publication',
      hostName: 'Nom de l’hébergeur',
      hostAddress: 'Adresse de l’hébergeur',
      hostPhone: 'Téléphone de l’hébergeur',
      dataContact: 'À qui parler des données personnelles',
      dataContactIsDpo: 'Cette personne',
      legalBasis: 'Votre structure est',
      accessibility: 'Le site est',
      auditedOn: 'Date de l’audit',
      auditedBy: 'Qui l’a fait',
      auditRate: 'Critères respectés, en %',
      accessibilityGaps: 'Ce qui n’est pas encore accessible',
      accessibilityContact: 'À qui signaler un défaut',
      accessibilityPlan: 'Adresse du schéma pluriannuel d’accessibilité',
      accessibilityActions: 'Adresse du plan d’actions de l’année',
      themeColour: 'Couleur des liens et des boutons',
      sourceUrl: 'Adresse du code source',
    },
    hints: {
      legalName: 'La dénomination ou la raison sociale : association, ville, société…',
      legalAddress: 'Rue, code postal, commune.',
      publicationDirector: 'En général la présidente, le président, la maire ou le maire.',
      hostName:
        'L’entreprise ou le service qui fait tourner la machine. Votre structure, si c’est elle.',
      dataContact:
        'Un nom et une adresse e-mail, que tout le monde peut lire sur la page « Données personnelles ».',
      legalBasis:
        'La page « Données personnelles » le dit : intérêt légitime, ou mission d’intérêt public.',
      accessibility:
        'Seul un audit de moins de trois ans permet d’écrire autre chose que « non conforme » : « partiellement » à partir de 50 % des critères, « totalement » à 100 %.',
      auditedOn: 'Un audit vaut trois ans.',
      accessibilityGaps: 'Un défaut par ligne, comme le rapport d’audit les nomme.',
      accessibilityPlan: 'Nécessaire pour un service public. Par exemple : www.exemple.fr/schema',
      accessibilityActions: 'Par exemple : www.exemple.fr/actions',
      accessibilityContact:
        'Adresse e-mail, ou page avec un formulaire. Sans réponse, la page Contact sert.',
      themeColour: 'Un code comme #0b6355. Sans réponse, le vert du logiciel.',
      sourceUrl:
        'Si vous avez modifié le logiciel, l’adresse de votre version. Sinon, celle d’où il a été installé.',
    },
    hostIsUs: 'Nous hébergeons nous-mêmes',
    bases: {
      interest: 'Une association, une entreprise, une personne',
      task: 'Un organisme public : mairie, bibliothèque, école, établissement public',
    } satisfies Record<LegalBasis, string>,
    dpo: 'est notre délégué à la protection des données (DPO)',
    states: stateWords,
    save: 'Enregistrer',
    saveAndGo: 'Enregistrer et continuer',
    wrong: {
      'legalPhone.invalid': 'Donnez un numéro de téléphone, par exemple 02 99 00 00 00.',
      'hostPhone.invalid': 'Donnez un numéro de téléphone, par exemple 02 99 00 00 00.',
      'auditedOn.audit_required':
        'Donnez la date de l’audit. Sans audit, le site est « non conforme », même s’il est bien fait.',
      'auditedOn.in_the_future': 'Cette date n’est pas encore passée.',
      'auditRate.number_out_of_range': 'Donnez un nombre de 0 à 100.',
      'accessibilityContact.invalid':
        'Donnez une adresse e-mail, ou celle d’une page, par exemple www.exemple.fr',
      'themeColour.invalid': 'Une couleur s’écrit avec # et six signes, par exemple #0b6355.',
    } as { readonly [fieldAndCode: string]: string },
    rateTooLow: (min: string) =>
      `Il faut ${min} % des critères au moins pour cette réponse à « Le site est ».`,
    tooPale: (ratio: string) =>
      `Cette couleur est trop claire : son contraste est de ${ratio.replace('.', ',')} pour 1, et il faut 4,5 au moins pour être lue par tout le monde.`,
  },
})

function why({ state, isAudited }: Omit<Conformity, 'name'>): string {
  if (state === 'full') return ''
  return isAudited
    ? ', en raison des non-conformités énumérées ci-dessous'
    : ', en raison de l’absence d’un audit en cours de validité'
}
