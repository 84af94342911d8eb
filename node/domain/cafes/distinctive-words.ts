/** What a title or the name of a venue tells apart from others of its kind. */
export type TellingWords = {
  /** Folded (lower case, no accents, no plural); `true` for a name or a word that always tells two apart. */
  words: Map<string, boolean>
  /** Figures, ordinals, Roman numerals and single letters (« salle B »), sorted. */
  labels: string
}

const list = (words: string): Set<string> => new Set(words.split(/\s+/))

const SMALL_WORDS =
  list(`a au aux avec ce ces cet cette chez comme comment d dans de des du e elle eme en er ere es est
  et eux il ils j je l la le les leur leurs lui ma mais me mes moi mon n nd nde ne no nos notre nous numero on ou par pas
  pour quel quelle qu que qui re s sa se ses si son st sur t ta te tes toi ton tu un une vos votre vous y`)

/** Words that every title of the movement has. */
const TITLE_WORDS = list('cafe ia intelligence artificielle atelier rencontre')

/** Words that tell two cafés of one title apart, however they are written. */
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

/** The kinds of place that a name may begin with, with those that people say for one another. */
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

/** One word per match, in linear time: no alternative begins like another. */
const TOKEN = /\d+|\p{L}+/gu
const ELISION = /(?<![\p{L}\p{N}])(?:[ldsncjmt]|qu)['’]/giu

/** Of a title: without the words that every café's title has. */
export const wordsOfTitle = (title: string): TellingWords =>
  read(title, (word) => TITLE_WORDS.has(word))

/** Of a venue's name: what it is called, and what kind of place it says to be. */
export function wordsOfVenue(name: string): TellingWords & { kinds: Set<string> } {
  const kinds = new Set<string>()
  const read_ = read(name, (word) => {
    const kind = KINDS[word]
    if (kind !== undefined) kinds.add(kind)
    return kind !== undefined
  })
  return { ...read_, kinds }
}

/** Of an address or of any other text: all but small words. */
export const wordsOf = (text: string): TellingWords => read(text, () => false)

function read(text: string, isCommon: (word: string) => boolean): TellingWords {
  const plain = text
    // « ① » is 1, full-width letters are letters.
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
    // « Est » is a direction, « est » a verb.
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

/** Words of the first that the second has not; a word that `isKnown` tells nothing apart. */
export const leftOver = (
  { words }: TellingWords,
  other: TellingWords,
  isKnown: (word: string) => boolean,
): { word: string; isName: boolean }[] =>
  [...words].flatMap(([word, isName]) =>
    other.words.has(word) || isKnown(word) ? [] : [{ word, isName }],
  )
