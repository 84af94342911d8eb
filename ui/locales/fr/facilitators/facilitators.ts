import { plural } from '../../../../node/domain/values/number-text.ts'
import { ofName, toName } from '../../french-articles.ts'
import { typesetFrench } from '../../typography.ts'
import { facilitatorAdminFr, facilitatorMailsFr } from './mails.ts'
import {
  ownProfileConsentFr,
  ownProfileDataFr,
  ownProfileFormFr,
  ownProfileFr,
  ownProfilePreviewFr,
  ownProfileWithdrawalFr,
} from './own.ts'

/** The texts of facilitators' pages, of their own profile, and of the mails to them. */
export const facilitatorFr = typesetFrench({
  title: 'Animatrices et animateurs',
  menu: 'Animatrices, animateurs',
  menuShort: 'Animer',
  lead: 'Des personnes qui animent des cafés IA, et qui ont accepté de figurer ici.',
  none: 'Personne n’a encore publié son profil ici.',
  count: (n: number) => plural(n, 'personne', 'personnes'),
  word: { animatrice: 'Animatrice', animateur: 'Animateur', neutre: 'Anime des cafés IA' },
  role: {
    animatrice: 'Animatrice de cafés IA',
    animateur: 'Animateur de cafés IA',
    neutre: 'Anime des cafés IA',
  },
  statuses: {
    'conseiller-numerique': 'Conseillère ou conseiller numérique',
    mediateur: 'Médiatrice ou médiateur',
    benevole: 'Bénévole',
    agent: 'Agente ou agent d’un service public',
    autre: 'Autre',
  },
  trainings: {
    none: 'Pas encore de formation',
    enrolled: 'Inscription faite à une formation',
    'in-progress': 'Formation en cours',
    trained: 'Formation suivie',
  },
  trainedSince: (month: string) => `Formation suivie en ${month}`,
  radius: {
    around: (km: number) => `se déplace jusqu’à ${km} km autour`,
    within: 'reste sur ce territoire',
  },
  facts: {
    formats: 'Ses formats',
    themes: 'Ses thèmes',
    languages: 'Langues',
    status: 'Statut',
    training: 'Formation',
    availability: 'Disponibilités',
    contact: 'Contact',
    led: 'Cafés déjà animés',
  },
  led: (n: number, month: string) => `${plural(n, 'café', 'cafés')} depuis ${month}`,
  meet: {
    animatrice: 'La rencontrer',
    animateur: 'Le rencontrer',
    neutre: 'Ses prochains cafés',
  },
  ledBy: 'Animé par',
  shownBy: (site: string) => `Ce profil est publié par ${site}, avec l’accord de la personne.`,
  ownLink: 'C’est votre profil ? Modifier ou retirer',
  gone: {
    title: 'Ce profil n’est plus ici',
    lead: 'Rien n’en est gardé à cette adresse.',
  },
  write: {
    title: (name: string) => `Écrire ${toName(name)}`,
    lead: 'Votre message part par courriel. L’adresse de la personne reste cachée ; elle verra la vôtre, pour vous répondre.',
    leadNoMail: (site: string) =>
      `Ce site n’envoie pas de courriels : l’équipe ${ofName(site)} remettra votre message. La personne verra votre adresse, pour vous répondre.`,
    name: 'Votre nom',
    structure: 'Votre structure',
    email: 'Votre adresse e-mail',
    message: 'Votre message',
    messageHint: 'La date, le lieu, le public : ce qui aide à vous répondre.',
    submit: 'Envoyer',
    sentTitle: 'Message en route',
    sent: 'La personne vous répondra directement, si elle le souhaite. Si le message ne peut pas lui être remis, nous essayons de vous le dire par courriel. Sans réponse, écrivez à l’équipe du site par la page « Contact ».',
    toTeamTitle: 'Message confié à l’équipe',
    toTeam: (site: string) =>
      `Ce site n’envoie pas de courriels : l’équipe ${ofName(site)} remettra votre message. La personne vous répondra directement, si elle le souhaite.`,
    tooMany:
      'Trop de messages viennent de votre réseau, et le vôtre n’est pas parti. Attendez une heure, ou écrivez à l’équipe du site par la page « Contact ».',
    full: 'Cette personne a déjà reçu beaucoup de messages aujourd’hui, et le vôtre n’est pas parti. Réessayez demain, ou écrivez à l’équipe du site par la page « Contact ».',
    back: 'Revenir au profil',
  },
  ask: {
    title: 'Demander à figurer ici',
    lead: (site: string) =>
      `Vous animez des cafés IA près d’ici ? Remplissez votre profil en quatre minutes. L’équipe ${ofName(site)} vous répond avant la publication.`,
    name: 'Votre nom, ou un pseudonyme',
    email: 'Votre adresse e-mail',
    emailHint: 'Elle n’est jamais publiée. Elle sert à vous envoyer votre lien.',
    submit: 'Recevoir mon lien',
    trap: 'Laissez ce champ vide',
    full: 'Trop de demandes attendent déjà notre équipe, et la vôtre n’a pas pu s’y ajouter. Réessayez dans quelques jours, ou écrivez-nous par la page « Contact » : une personne que l’équipe invite n’attend pas.',
    tooMany: 'Trop de demandes viennent de votre réseau. Attendez une heure, puis recommencez.',
    sentTitle: 'Regardez vos courriels',
    sent: 'Un lien vous attend, pour vous seule ou vous seul. Ouvrez-le pour remplir votre profil.',
    sentNoMail: (site: string) =>
      `Ce site n’envoie pas de courriels : l’équipe ${ofName(site)} vous donnera votre lien.`,
  },
  link: {
    title: 'Modifier ou retirer mon profil',
    lead: 'Votre profil s’ouvre par un lien, sans compte. Vous ne l’avez plus ? Nous vous en envoyons un autre.',
    submit: 'Recevoir un nouveau lien',
    sent: 'Si un profil a cette adresse, un lien vient d’y partir.',
  },
  own: ownProfileFr,
  mandates: {
    title: 'Référente, référent d’un territoire',
    add: 'Lier mon profil à mon mandat',
    lead: 'Un annuaire vous confie un territoire ? Votre profil et votre mandat peuvent se montrer l’un l’autre. Dites-le ici, puis sur la page de votre mandat.',
    label: 'Adresse de votre mandat',
    hint: 'Sur la page de votre mandat, que vous ouvrez par le lien reçu de l’annuaire.',
    submit: 'Ce mandat est le mien',
    of: (territory: string, host: string) => `${territory}, annuaire ${host}`,
    tied: 'L’annuaire montre votre profil avec ce mandat.',
    waits:
      'L’annuaire ne montre pas encore votre profil : dites oui sur la page de votre mandat. S’il est fini, retirez-le ici.',
    drop: 'Ne plus nommer ce mandat',
    wrong: {
      address:
        'Ce n’est pas l’adresse d’un mandat. Copiez-la en entier depuis la page de votre mandat.',
      directory: (host: string) =>
        `Votre profil n’est pas dans l’annuaire ${host}. Acceptez d’abord d’y être, plus haut sur cette page.`,
      notPublic: 'Publiez d’abord votre profil pour tout le monde.',
      full: 'Votre profil nomme déjà cinq mandats. Retirez-en un d’abord.',
    },
  },
  ownData: ownProfileDataFr,
  levels: {
    public: 'Tout le monde',
    network: 'Les structures du réseau',
    nobody: 'Personne',
  },
  levelsMean: {
    public: 'Tout le monde : sur ce site, dans l’annuaire, et par les moteurs de recherche',
    network:
      'Les structures du réseau : les équipes des sites membres de l’annuaire, rien sur les pages publiques',
    nobody: 'Personne : seule l’équipe de ce site voit mon profil',
  },
  form: ownProfileFormFr,
  preview: ownProfilePreviewFr,
  consent: ownProfileConsentFr,
  withdraw: ownProfileWithdrawalFr,
  admin: facilitatorAdminFr,
  mails: facilitatorMailsFr,
})
