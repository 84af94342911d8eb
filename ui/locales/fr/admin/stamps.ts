import { plural } from '../../../../node/domain/values/number-text.ts'

/** The texts about what other servers quote of ours, or list in their collections. */
export const adminStampsFr = {
  title: 'Citations et listes',
  lead: 'Qui cite vos cafés et vos annonces, et quelles listes de comptes à suivre contiennent les vôtres. Un café est annoncé pour être repris : l’accord est donné tout de suite. Ce qui est à une personne attend votre réponse pendant 30 jours ; demandez-lui d’abord. Retirer un accord prévient le serveur qui l’avait ; la même citation n’en aura pas d’autre.',
  states: 'État des accords',
  state: { asked: 'À décider', given: 'Donnés', refused: 'Refusés ou retirés' },
  words: 'Adresse',
  found: (n: number) => plural(n, 'accord', 'accords'),
  none: 'Rien ici.',
  noneFound: 'Aucun accord ne correspond.',
  who: 'Qui',
  what: 'Quoi',
  kind: { quote: 'Cite', feature: 'Met dans une liste' },
  where: 'Dans',
  when: 'Quand',
  actions: 'Décision',
  give: 'Accepter',
  refuse: 'Refuser',
  withdraw: 'Retirer',
}
