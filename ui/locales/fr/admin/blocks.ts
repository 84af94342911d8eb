import { plural } from '../../../../node/domain/values/number-text.ts'

/** The texts about what this site blocks or limits. */
export const adminBlocksFr = {
  title: 'Blocages et limites',
  lead: 'Bloquer refuse les messages d’un site ou d’un compte, et ne montre plus rien de lui. Limiter le retire de toutes les listes : ses pages restent lisibles pour qui a leur adresse. Rien n’est effacé, et un domaine vaut pour ses sous-domaines.',
  states: 'Blocages et limites',
  state: { block: 'Bloqués', limit: 'Limités' },
  words: 'Domaine ou compte',
  found: (n: number) => plural(n, 'ligne', 'lignes'),
  none: 'Rien ici.',
  noneFound: 'Rien ne correspond.',
  listed: 'Vient d’une liste',
  until: 'Jusqu’au',
  open: 'Sans date',
  end: 'Lever',
  heading: 'Bloquer ou limiter',
  submit: 'Continuer',
  target: 'Nom de domaine, ou compte',
  targetHint: 'Par exemple : exemple.fr, ou @nom@exemple.fr, ou l’adresse de la page de ce compte.',
  level: 'Que faire ?',
  levels: {
    block: 'Bloquer : ses messages sont refusés, rien de lui n’est montré',
    limit: 'Limiter : il quitte les listes, ses pages restent à leur adresse',
  },
  reason: 'Raison publique',
  reasonHint:
    'Lue sur la page « Transparence », et par le site bloqué s’il est dans l’annuaire ou l’a demandé.',
  note: 'Note pour l’équipe',
  noteHint: 'Personne d’autre ne la lit.',
  untilHint: 'Cela s’arrête de soi-même dans la nuit qui suit ce jour.',
  public: (n: number) =>
    `${plural(n, 'domaine ou compte', 'domaines ou comptes')} d’après une liste de blocage`,
  list: {
    title: 'Liste de blocage',
    lead: 'Une liste tenue par d’autres, au format de Mastodon (CSV) ou un domaine par ligne. Elle est d’abord comparée à vos blocages : rien ne compte avant que vous ne le décidiez, et rien n’est effacé.',
    choose: 'Lire une liste',
    file: 'Un fichier',
    fileHint: 'CSV de Mastodon (« domain_blocks.csv »), 5 Mo et 100 000 lignes au plus.',
    address: 'Ou l’adresse d’une liste à suivre',
    addressHint: 'Elle est relue chaque nuit. Ce qui y a changé attend ici, et l’accueil le dit.',
    read: 'Lire et comparer',
    download: 'Télécharger vos domaines bloqués et limités (CSV de Mastodon)',
    changes: 'Ce que la liste changerait',
    followed: (address: string) => `Liste suivie : ${address}.`,
    once: 'Liste d’un fichier.',
    readAt: (when: string) => `Lue ${when}.`,
    unread: (n: number) =>
      `${plural(n, 'ligne laissée', 'lignes laissées')} de côté : sans domaine lisible, trop large (« fr »), ou votre propre site.`,
    failed: 'La dernière lecture a échoué.',
    state: { added: 'Nouveaux', changed: 'Changés', gone: 'Disparus', kept: 'À part' },
    none: 'Rien ici.',
    kept: (n: number) =>
      `${plural(n, 'domaine de la liste contient', 'domaines de la liste contiennent')} un site avec lequel vous êtes en lien : une liste ne le bloque jamais. Décidez vous-même, depuis « Blocages et limites ».`,
    take: (n: number) => `Reprendre ${plural(n, 'ligne', 'lignes')}`,
    lift: (n: number) => `Lever ${plural(n, 'blocage disparu', 'blocages disparus')}`,
    forget: 'Écarter cette liste',
    unfollow: 'Ne plus suivre cette liste',
    stale: 'La liste a été relue entre-temps. Voici ce qu’elle changerait maintenant.',
    unreadable: 'Ce n’est pas une liste de domaines.',
  },
  wrong: {
    'block.until.invalid': 'Donnez un jour à venir.',
    'block.domain.invalid':
      'Donnez le nom de domaine d’un autre site, ou l’adresse d’un compte d’un autre site.',
    'block.level.invalid': 'Un compte peut être bloqué ; limiter vaut pour un domaine entier.',
  } as { readonly [fieldAndCode: string]: string },
}
