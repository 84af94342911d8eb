/**
 * The kinds of structures: the codes of the national typology (schema of the « lieux de médiation numérique », shared
 * with data·inclusion) that host cafés, and three of ours for kinds that it lacks (école, université, entreprise).
 */
export const KIND_GROUPS = {
  culture: ['BIB', 'RELAIS_LECTURE', 'MJC', 'TIERS_LIEUX', 'FABLAB', 'FABRIQUE'],
  neighbourhood: ['ASSO', 'CS', 'CSC', 'EVS', 'MQ', 'MDH', 'RESSOURCERIE', 'ESS', 'ES'],
  digital: ['EPN', 'EPI', 'ENM', 'RFS', 'LA_POSTE', 'PIMMS', 'PI', 'PAD', 'MSAP'],
  authority: ['MUNI', 'CC', 'EPCI', 'CD', 'REG', 'CCAS', 'CIAS', 'DEPT', 'CDAS', 'MDS', 'PREF'],
  work: ['FT', 'ML', 'MDE', 'MDEF', 'CAP_EMPLOI', 'PLIE', 'CITMET', 'CCONS', 'PIJ_BIJ', 'E2C'],
  care: ['CAF', 'CPAM', 'MSA', 'UDAF', 'CIDFF', 'MDPH', 'RS_FJT', 'ACI', 'EI', 'EA', 'ESAT'],
  learning: ['ecole', 'universite', 'OF', 'AFPA'],
  other: ['entreprise', 'Autre'],
} as const

export type KindGroup = keyof typeof KIND_GROUPS
export type Kind = (typeof KIND_GROUPS)[KindGroup][number]

export const KINDS: readonly Kind[] = Object.values(KIND_GROUPS).flat()

/** Returns whether a text is a kind of structure of the national typology. */
export const isKind = (text: string): text is Kind => (KINDS as readonly string[]).includes(text)
