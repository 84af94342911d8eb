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
  wrong: {
    'block.until.invalid': 'Donnez un jour à venir.',
    'block.domain.invalid':
      'Donnez le nom de domaine d’un autre site, ou l’adresse d’un compte d’un autre site.',
    'block.level.invalid': 'Un compte peut être bloqué ; limiter vaut pour un domaine entier.',
  } as { readonly [fieldAndCode: string]: string },
}
