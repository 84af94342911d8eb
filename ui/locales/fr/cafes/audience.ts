import { plural } from '../../../../node/domain/values/number-text.ts'
import { typesetFrench } from '../../typography.ts'

/** The texts that say, before a click, who will see its effect. */
export const cafeAudienceFr = typesetFrench({
  title: {
    new: 'Quand vous publiez',
    change: 'Quand vous enregistrez',
    cancellation: 'Quand vous annulez',
    removal: 'Quand vous supprimez',
  },
  page: 'La page du café est visible de tout le monde, sur ce site.',
  newDate:
    'Si vous changez le jour ou l’heure, la page dit « Nouvelle date », et l’ancienne reste écrite à côté.',
  directory: {
    new: (name: string) => `${name} le montre en quelques secondes.`,
    change: (name: string) => `${name} montre le changement en quelques secondes.`,
    removal: (name: string) => `${name} l’enlève en quelques secondes.`,
  },
  ownDirectory: {
    new: 'Cet annuaire le montre tout de suite.',
    change: 'Cet annuaire montre le changement tout de suite.',
    removal: 'Cet annuaire l’enlève tout de suite.',
  },
  noDirectory: {
    new: 'Ce site n’a rejoint aucun annuaire : le café n’est montré qu’ici.',
    change: 'Ce site n’a rejoint aucun annuaire : le changement n’est montré qu’ici.',
    removal: 'Ce site n’a rejoint aucun annuaire : le café n’était montré qu’ici.',
  },
  otherDirectory: {
    asked: (name: string) =>
      `${name} n’a pas encore répondu à votre demande : d’ici là, il ne montre rien de ce site.`,
    silent: (name: string) => `${name} ne répond pas en ce moment : il l’apprendra à son retour.`,
    hiding: (name: string) => `${name} ne montre pas ce café.`,
  },
  held: 'Rien ne part de ce site pour le moment : il a été remis d’après une sauvegarde, et une personne qui l’administre doit dire ce que devient ce qui attendait.',
  nobodyFollows: 'Aucun compte ne suit ce lieu pour le moment.',
  followers: {
    new: (n: number) =>
      `${plural(n, 'compte qui suit ce lieu reçoit', 'comptes qui suivent ce lieu reçoivent')} l’annonce.`,
    change: (n: number) =>
      `${plural(n, 'compte qui suit ce lieu reçoit', 'comptes qui suivent ce lieu reçoivent')} le changement.`,
    removal: (n: number) =>
      `Chez ${plural(n, 'compte qui suit ce lieu', 'comptes qui suivent ce lieu')}, l’annonce s’efface sans explication.`,
  },
  copies: {
    new: 'D’autres sites peuvent en garder une copie, même si vous le supprimez ensuite.',
    removal:
      'Nous demandons aux autres sites de l’effacer. Nous ne pouvons pas garantir qu’ils le fassent tous.',
  },
  seen: 'Ce qui sera montré sur Mastodon, les réseaux compatibles et dans l’annuaire',
  told: 'Le message que reçoivent les comptes qui suivent ce lieu',
  changed: {
    title: 'Enregistrer ce changement ?',
    lead: 'Rien n’est encore enregistré. Voici ce que le public va lire.',
    before: 'Avant',
    after: 'Après',
    submit: 'Oui, enregistrer',
    edit: 'Revenir au formulaire',
  },
  yourWords: 'votre explication',
  publish: {
    title: 'Publier ce café ?',
    submit: 'Oui, publier ce café',
    edit: 'Le modifier d’abord',
  },
})
