/** The words by which a title or the name of a venue is told apart from others of its kind. */
export type DistinctiveWords = {
  /**
   * Words folded to lower case, without accents and plural. The value is `true` for a name, or for a word that always
   * tells two apart.
   */
  words: Map<string, boolean>
  /** Figures, ordinals, Roman numerals and single letters (« salle B »), sorted and joined. */
  labels: string
}

const list = (words: string): Set<string> => new Set(words.split(/\s+/))

const SMALL_WORDS =
  list(`a au aux avec ce ces cet cette chez comme comment d dans de des du e elle eme en er ere es est
  et eux il ils j je l la le les leur leurs lui ma mais me mes moi mon n nd nde ne no nos notre nous numero on ou par pas
  pour quel quelle qu que qui re s sa se ses si son st sur t ta te tes toi ton tu un une vos votre vous y`)

/** Words that are common to the titles of all cafés. */
const TITLE_WORDS = list('cafe ia intelligence artificielle atelier rencontre')

/** Words that tell two cafés of the same title apart, in whatever case they are written. */
const APART =
  list(`nord sud ouest haut haute bas basse rive gauche droite matin matinee midi soir soiree apresmidi annexe
  debutant debutante confirme confirmee avance avancee initie enfant ado adolescent jeune senior aine parent famille
  adulte femme homme professionnel enseignant lundi mardi mercredi jeudi vendredi samedi dimanche`)

const ORDINALS: Record<string, string> = {
  premier: '1',
  premiere: '1',
  second: '2',
  seconde: '2',
  deuxieme: '2',
  troisieme: '3',
  quatrieme: '4',
  cinquieme: '5',
}
const ROMAN = ['', '', 'II', 'III', 'IV', '', 'VI', 'VII', 'VIII', 'IX', '', 'XI', 'XII']

/** The kinds of place with which a name may begin; kinds that people confuse are one. */
const KINDS: Record<string, string> = Object.fromEntries([
  ...['mediatheque', 'bibliotheque', 'ludotheque'].map((word) => [word, 'mediatheque']),
  ...['poste', 'bureau', 'agence', 'relais'].map((word) => [word, 'poste']),
  ...['mairie', 'hotel', 'ville'].map((word) => [word, 'mairie']),
  ...`maison quartier centre social socioculturel culturel espace salle tiers lieu fablab ecole college lycee gymnase
    theatre cinema eglise musee universite campus foyer residence france service services commune communal communale
    municipal municipale departemental intercommunal intercommunale associative association`
    .split(/\s+/)
    .map((word) => [stem(word), stem(word)]),
])

/** One word for each match. It takes linear time, since no alternative begins like another. */
const TOKEN = /\d+|\p{L}+/gu
const ELISION = /(?<![\p{L}\p{N}])(?:[ldsncjmt]|qu)['’]/giu

/** Returns the words of a title, without those that every café's title has. */
export const wordsOfTitle = (title: string): DistinctiveWords =>
  read(title, (word) => TITLE_WORDS.has(word))

/** Returns the words of a venue's name, and the kinds of place that it names. */
export function wordsOfVenue(name: string): DistinctiveWords & { kinds: Set<string> } {
  const kinds = new Set<string>()
  const read_ = read(name, (word) => {
    const kind = KINDS[word]
    if (kind !== undefined) kinds.add(kind)
    return kind !== undefined
  })
  return { ...read_, kinds }
}

/** Returns the words of an address or of any other text, without small words such as articles. */
export const wordsOf = (text: string): DistinctiveWords => read(text, () => false)

function read(text: string, isCommon: (word: string) => boolean): DistinctiveWords {
  const plain = text
    // NFKC makes 1 of « ① » and ordinary letters of full-width ones.
    .normalize('NFKC')
    .replace(ELISION, ' ')
    .replace(/apr[èe]s[ -]midi/giu, 'apresmidi')
  const shouts = plain === plain.toUpperCase()
  const words = new Map<string, boolean>()
  const labels: string[] = []
  for (const [index, token] of (plain.match(TOKEN) ?? []).entries()) {
    const folded = token.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    const label = labelOf(token, folded, index)
    if (label !== undefined) labels.push(label)
    // « Est » is a direction, and « est » is a verb.
    else if (token === 'Est' && index > 0) words.set('est', true)
    else if (!SMALL_WORDS.has(folded) && !isCommon(stem(folded))) {
      const word = stem(folded)
      const isName = shouts || token[0] !== token[0]?.toLowerCase() || APART.has(word)
      words.set(word, isName || words.get(word) === true)
    }
  }
  return { words, labels: labels.sort().join(' ') }
}

function labelOf(token: string, folded: string, index: number): string | undefined {
  if (/^\d/.test(token)) return token.replace(/^0+(?=\d)/, '')
  if (ROMAN.indexOf(token) > 0) return String(ROMAN.indexOf(token))
  if (/^[A-Z]$/.test(token) && index > 0) return token
  return ORDINALS[folded]
}

function stem(word: string): string {
  return word.length > 3 ? word.replace(/[sx]$/, '') : word
}

/**
 * Returns the words of the first that the second lacks, without those that `isKnown` accepts, which tell nothing apart.
 */
export const leftOver = (
  { words }: DistinctiveWords,
  other: DistinctiveWords,
  isKnown: (word: string) => boolean,
): { word: string; isName: boolean }[] =>
  [...words].flatMap(([word, isName]) =>
    other.words.has(word) || isKnown(word) ? [] : [{ word, isName }],
  )
