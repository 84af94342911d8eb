import { toPlainWords } from './plain-text.ts'
import { TEXT_HEADERS } from './text-columns.ts'

/** The meanings of columns, with the headers that people and our own export give them. */
const HEADERS = {
  reference: 'identifiant|reference|ref|id|uid',
  title: 'titre|titre du cafe|nom|nom du cafe|nom de l evenement|intitule|evenement|title',
  summary: 'resume|chapo|chapeau|accroche|description courte|summary',
  description: 'description|description longue|texte|presentation|contenu|details',
  date: 'date|jour|date du cafe|date de l evenement|date et heure|date et horaire',
  start:
    'heure de debut|heure debut|debut|heure|horaire|horaires|date de debut|date debut|starts at|startsat',
  end: 'heure de fin|heure fin|fin|date de fin|date fin|endsat',
  duration: 'duree|duree en minutes|duree minutes',
  timezone: 'fuseau|fuseau horaire|timezone',
  status: 'statut|etat|status',
  statusNote: 'statut note|motif|raison',
  venue: 'lieu|nom du lieu|salle|etablissement|lieu nom',
  address: 'adresse|adresse postale|rue|lieu adresse',
  postalCode: 'code postal|cp|codepostal|lieu code postal',
  commune: 'commune|ville|localite|lieu ville|lieu commune',
  codeInsee: 'code insee|insee|code commune',
  latitude: 'latitude|lat',
  longitude: 'longitude|lon|lng|long',
  mode: 'mode|modalite|mode de participation|presentiel ou en ligne',
  online: 'en ligne|lien en ligne|lien visio|visio|visioconference|lien de connexion',
  price: 'prix|tarif|tarifs|cout|price|payant|participation|conditions',
  free: 'gratuit|gratuite|est gratuit',
  registration: 'inscription|inscriptions|sur inscription|reservation',
  registrationMode: 'inscription mode|mode d inscription',
  registrationUrl:
    'inscription url|lien d inscription|lien inscription|url d inscription|billetterie',
  phone: 'telephone|tel|numero de telephone|contact telephone',
  capacity: 'jauge|places|nombre de places|capacite|jauge max',
  format: 'format|type|type de cafe',
  resources: 'ressources|ressource|resources',
  themes: 'themes|theme|thematique|thematiques|mots cles|tags|categories',
  intentions: 'intentions|intention',
  audiences: 'publics|public|public vise|publics vises',
  access: 'acces|ouvert a',
  languages: 'langues|langue',
  ...TEXT_HEADERS,
  accessHearing: 'access hi',
  accessVisual: 'access vi',
  accessPsychic: 'access pi',
  accessMotor: 'access mi',
  accessMental: 'access ii',
  url: 'lien|url|site|site web|page|page web|lien web',
  series: 'serie|cycle',
  imageUrl: 'image url|image|visuel|photo|affiche',
  imageAlt: 'image alt|texte alternatif|description de l image',
  updatedAt: 'date maj|mise a jour|date de mise a jour',
  /** Columns of our own export whose values are known otherwise. */
  ignored: 'departement|region|geocodage|structure|structure url|organisateur|date de creation',
} as const
export type Column = keyof typeof HEADERS

const COLUMNS = new Map(
  Object.entries(HEADERS).flatMap(([column, headers]) =>
    headers.split('|').map((header): [string, Column] => [header, column as Column]),
  ),
)

/** Finds the column that a header means, whatever its accents, case, underscores, and notes in brackets. */
export const findColumn = (header: string): Column | undefined =>
  COLUMNS.get(
    toPlainWords(header.replaceAll(/\([^()]*\)/g, ''))
      .replaceAll(/[^a-z0-9]+/g, ' ')
      .trim(),
  )
