import { plural } from '../../../../node/domain/values/number-text.ts'

/** The texts about the addresses of other programs that are told of changes. */
export const adminWebhooksFr = {
  title: 'Webhooks',
  lead: 'Un webhook prévient un autre logiciel de ce qui change ou disparaît dans une recherche de cafés.',
  fromTokens: 'Voir les webhooks créés avec ces jetons',
  how: 'Un logiciel crée les siens par l’API, avec un jeton qui permet les webhooks :',
  api: 'Comment s’en servir',
  none: 'Aucun webhook.',
  madeWith: (token: string) => `Créé avec le jeton « ${token} ».`,
  search: 'Recherche :',
  wholeSearch: 'les cafés à venir, ouverts à tout le monde.',
  ended: 'Ce jeton est terminé : plus rien n’est envoyé.',
  failing: (since: string) =>
    `Les messages n’arrivent plus ${since}. Le premier qui attend est renvoyé, de plus en plus tard, pendant sept jours.`,
  stopped: (ago: string) =>
    `Arrêté ${ago} : les messages n’arrivaient plus. « Reprendre » renvoie celui qui attend, puis la suite.`,
  notUnderstood:
    'Ce site ne comprend plus cette recherche : rien n’est envoyé. Supprimez ce webhook, puis faites-en un autre.',
  noMessage: 'Aucun message pour le moment.',
  messages: 'Derniers messages',
  col: { when: 'Quand', what: 'Quoi', answer: 'Réponse' },
  kind: {
    changes: (items: number) => plural(items, 'café', 'cafés'),
    restart: () => 'tout recopier',
    test: () => 'essai',
  },
  delivered: (status: number) => `reçu (${status})`,
  waiting: 'en attente',
  status: (status: number) => `refusé (${status})`,
  noAnswer: 'pas de réponse',
  attempts: (n: number) => plural(n, 'envoi', 'envois'),
  test: 'Envoyer un essai',
  resume: 'Reprendre',
  delete: 'Supprimer',
}
