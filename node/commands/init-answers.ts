/** What `init` asks, by the names of the options that answer without a question, in the words of its help. */
export const ANSWERS = {
  site: {
    domain: 'Nom de domaine du site',
    port: 'Port où le programme écoute (sinon 3000)',
    name: 'Nom de la structure',
    email: 'Adresse e-mail de qui administre',
    directory: 'Annuaire à rejoindre',
  },
  place: {
    street: 'Adresse du lieu : numéro et rue',
    'postal-code': 'Code postal et commune du lieu',
    phone: 'Téléphone du lieu',
  },
  legal: {
    'legal-name': 'Dénomination légale de qui publie (sinon --name)',
    'legal-address': 'Siège de qui publie',
    'legal-phone': 'Téléphone de qui publie',
    'publication-director': 'Qui dirige la publication',
    'host-name': 'Hébergeur : son nom',
    'host-address': 'Hébergeur : son adresse',
    'host-phone': 'Hébergeur : son téléphone',
    'data-contact': 'Qui répond au sujet des données personnelles (sinon --email)',
  },
  colour: { colour: 'Couleur des liens et des boutons' },
  cafe: {
    'cafe-title': 'Titre du premier café, gardé comme brouillon',
    'cafe-date': 'Sa date',
    'cafe-time': 'Son heure',
  },
} as const

type Groups = typeof ANSWERS
export type AnswerName = { [group in keyof Groups]: keyof Groups[group] }[keyof Groups]

/** The answers that were given, by their names. */
export type GivenAnswers = { readonly [name in AnswerName]?: string | undefined }

/** The words for each answer, by its name. */
export const ANSWER_WORDS: Readonly<Record<AnswerName, string>> = {
  ...ANSWERS.site,
  ...ANSWERS.place,
  ...ANSWERS.legal,
  ...ANSWERS.colour,
  ...ANSWERS.cafe,
}

export const ANSWER_NAMES = Object.keys(ANSWER_WORDS) as AnswerName[]
