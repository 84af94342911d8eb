import { plural } from '../../../../node/domain/values/number-text.ts'
import { inTerritoryText, ofName } from '../../french-articles.ts'
import { typesetFrench } from '../../typography.ts'

/** The texts of the search for facilitators, at a directory and in a structure's administration. */
export const facilitatorSearchFr = typesetFrench({
  lead: 'Trouvez qui peut animer un café IA près de chez vous. Chaque personne a choisi ce qu’elle montre ici.',
  form: 'Chercher une animatrice ou un animateur',
  where: 'Où',
  whereHint: 'Code postal, ville, territoire…',
  radius: 'Distance',
  km: (km: number) => `${km} km`,
  territory: 'Territoire',
  territoryHint: 'Département, région, intercommunalité',
  theme: 'Thème',
  themeHint: 'Emploi, école…',
  format: 'Format',
  formatHint: 'Débat, atelier…',
  language: 'Langue',
  anyLanguage: 'Toutes les langues',
  training: 'Formation',
  anyTraining: 'Avec ou sans formation',
  trained: 'Formation suivie',
  begun: 'Formation en cours',
  enrolled: 'Inscription faite à une formation',
  texts: 'Mots',
  wordsHint: 'Nom, présentation…',
  submit: 'Chercher',
  more: 'Plus d’options',
  found: (n: number) => plural(n, 'personne', 'personnes'),
  foundAt: (n: number, { label, isAround }: { label: string; isAround: boolean }) =>
    `${plural(n, 'personne', 'personnes')} ${isAround ? `autour ${ofName(label)}` : inTerritoryText(label)}`,
  next: 'Personnes suivantes',
  away: (km: string) => `à ${km}`,
  comes: 'vient jusqu’à vous',
  all: 'Voir tout le monde',
  nobody: {
    title: 'Personne ne correspond',
    wider: (km: number) => `Chercher jusqu’à ${km} km`,
    without: (what: string) => `Chercher sans le critère « ${what} »`,
    online: 'Un café peut aussi se tenir en ligne, avec quelqu’un de plus loin.',
    ask: 'Écrire à l’équipe de l’annuaire',
  },
  empty:
    'Personne n’a encore publié son profil. Les structures du réseau invitent les personnes qui animent leurs cafés.',
  unknownTerritory: (text: string) => `Aucun territoire ne s’appelle « ${text} ».`,
  appear: {
    title: 'Vous animez des cafés ?',
    text: 'Votre profil se crée auprès d’une structure qui organise des cafés près de chez vous : demandez-lui de vous inviter.',
    action: 'Trouver une structure',
  },
  origin: 'Voir le profil sur le site qui le publie',
  write: {
    lead: 'Votre message part vers le site de cette personne, qui le lui remet par courriel. Son adresse reste cachée ; elle verra la vôtre, pour vous répondre.',
    siteFull:
      'Le site de cette personne a déjà reçu beaucoup de messages de visiteurs aujourd’hui, et le vôtre n’est pas parti. Réessayez demain, ou écrivez à l’équipe de ce site.',
    full: 'Cette personne a déjà reçu beaucoup de messages aujourd’hui, et le vôtre n’est pas parti. Réessayez demain, ou écrivez à l’équipe du site qui publie son profil.',
    tooMany:
      'Trop de messages partent d’ici aujourd’hui, et le vôtre n’est pas parti. Réessayez demain, ou écrivez à l’équipe du site qui publie son profil.',
    onItsWayTitle: 'Message en route',
    onItsWay:
      'Il part vers le site de cette personne, qui le lui remettra par courriel. Si ce site ne peut pas le transmettre, nous essayons de vous le dire par courriel.',
  },
  admin: {
    title: 'Trouver une animatrice, un animateur',
    lead: 'Ces profils viennent des annuaires que votre site a rejoints. Certains ne sont montrés qu’aux structures du réseau : gardez-les pour vous.',
    none: 'Aucun annuaire n’a encore accepté votre site.',
    join: 'Rejoindre un annuaire',
    failed: (name: string) =>
      `${name} ne répond pas pour l’instant. Réessayez dans quelques minutes.`,
    networkOnly: 'Montré aux structures seulement',
    from: (name: string) => `Annuaire : ${name}`,
    write: 'Lui écrire',
    empty: 'Écrivez votre message : la date, le lieu, le public.',
    long: (max: number) => `Ce message est trop long : ${max} caractères au plus.`,
    nobody: 'Personne ne correspond. Essayez plus loin, ou avec moins de critères.',
    submit: 'Envoyer',
    message: 'Votre message',
    messageHint:
      'La date, le lieu, le public. Votre nom et votre adresse e-mail sont joints, pour la réponse.',
    look: 'Voir son profil',
  },
})
