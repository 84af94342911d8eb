import type { Page } from 'playwright-core'
import type { Stage } from './stage.ts'

/** One kind of page, with an address at which a visitor finds it. */
export type PageType = {
  /** The name is also that of its picture. */
  name: string
  at: 'node' | 'hub' | 'broken' | 'mailing'
  path: string | ((stage: Stage) => string)
  /** The status is 200 unless another one is given. */
  status?: number
  /** The session of the person, if somebody must be signed in. */
  as?: keyof Stage['sessions']
  /** Opens the part to be checked, once the page is loaded. */
  act?: (page: Page) => Promise<void>
  /** The language is French unless another one is given. */
  lang?: 'en'
  /** The page lists cafés: with their pictures, with the numbers of a map, or the next ones as small cards. */
  lists?: 'pictures' | 'numbers' | 'cards'
  /** The page is one that the public opens first: a home page or a search. */
  isFirst?: boolean
  /** The page is a search without results. */
  isNothing?: boolean
  /** The page loads its pictures while one scrolls. */
  isPictured?: boolean
  /** The page is about one café. */
  cafe?: boolean
}

const today = () => Temporal.Now.plainDateISO('Europe/Paris')

const press = (name: string) => async (page: Page) => {
  await page.getByRole('button', { name }).first().click()
  await page.waitForLoadState()
}

const follow = (name: string) => async (page: Page) => {
  await page.getByRole('main').getByRole('link', { name }).first().click()
  await page.waitForLoadState()
}

const networkAdmin =
  (rest: string) =>
  ({ paths }: Pick<Stage, 'paths'>) =>
    `/administration/tetes-de-reseau/reseaux/${paths.network}${rest}`

const seats =
  (rest: string) =>
  ({ cafes }: Pick<Stage, 'cafes'>) =>
    `/administration/cafes/${cafes.open}/${rest}`

const dashboard = ({ paths }: Stage) => `/administration/tableau-de-bord/${paths.network}`

const PUBLIC: PageType[] = [
  { name: 'accueil-lieu', at: 'node', path: '/', lists: 'pictures' },
  { name: 'cest-quoi', at: 'node', path: '/cest-quoi' },
  { name: 'chiffres-lieu', at: 'node', path: '/chiffres' },
  { name: 'liste', at: 'node', path: '/cafes', lists: 'pictures' },
  {
    name: 'liste-mois',
    at: 'node',
    path: () => `/cafes?mois=${today().add({ days: 5 }).toPlainYearMonth()}`,
  },
  { name: 'liste-passes', at: 'node', path: '/cafes?passes=1' },
  { name: 'cafe', at: 'node', path: ({ cafes }) => `/cafes/${cafes.planned}`, cafe: true },
  { name: 'cafe-annule', at: 'node', path: ({ cafes }) => `/cafes/${cafes.cancelled}`, cafe: true },
  {
    name: 'cafe-reporte',
    at: 'node',
    path: ({ cafes }) => `/cafes/${cafes.postponed}`,
    cafe: true,
  },
  { name: 'cafe-deplace', at: 'node', path: ({ cafes }) => `/cafes/${cafes.moved}`, cafe: true },
  { name: 'cafe-complet', at: 'node', path: ({ cafes }) => `/cafes/${cafes.full}`, cafe: true },
  { name: 'cafe-en-ligne', at: 'node', path: ({ cafes }) => `/cafes/${cafes.online}`, cafe: true },
  { name: 'cafe-passe', at: 'node', path: ({ cafes }) => `/cafes/${cafes.past}`, cafe: true },
  { name: 'serie', at: 'node', path: ({ made }) => `/series/${made.series}` },
  { name: 'inscription', at: 'node', path: ({ cafes }) => `/cafes/${cafes.open}/inscription` },
  {
    name: 'inscription-erreurs',
    at: 'node',
    path: ({ cafes }) => `/cafes/${cafes.open}/inscription`,
    status: 422,
    act: async (page) => {
      await page
        .locator('main form[method=post] button[type=submit], main form[method=post] button')
        .last()
        .click()
      await page.waitForLoadState()
    },
  },
  { name: 'suivre', at: 'node', path: '/suivre' },
  {
    name: 'suivre-erreur',
    at: 'node',
    path: '/suivre',
    status: 400,
    act: press('Suivre depuis mon compte'),
  },
  { name: 'animation', at: 'node', path: '/animation' },
  { name: 'animation-demande', at: 'node', path: '/animation/demande' },
  { name: 'animation-lien', at: 'node', path: '/animation/moi' },
  { name: 'animation-lien-mort', at: 'node', path: '/animation/moi/perdu', status: 410 },
  { name: 'plan', at: 'node', path: '/plan-du-site' },
  { name: 'guides', at: 'node', path: '/guides' },
  { name: 'guide', at: 'node', path: '/guides/organiser-un-cafe' },
  { name: 'guide-images', at: 'hub', path: '/guides/installer', isPictured: true },
  { name: 'donnees-logiciels', at: 'node', path: '/api' },
  { name: 'mentions-legales', at: 'node', path: '/mentions-legales' },
  { name: 'donnees-personnelles', at: 'node', path: '/donnees-personnelles' },
  { name: 'accessibilite', at: 'node', path: '/accessibilite' },
  { name: 'contact', at: 'node', path: '/contact' },
  { name: 'code-source', at: 'node', path: '/code-source' },
  { name: 'erreur-404', at: 'node', path: '/nulle-part', status: 404 },
  { name: 'erreur-410', at: 'node', path: ({ cafes }) => `/cafes/${cafes.deleted}`, status: 410 },
  { name: 'erreur-500', at: 'broken', path: '/', status: 500 },
  { name: 'annuaire', at: 'hub', path: '/', lists: 'cards', isFirst: true },
  { name: 'questions', at: 'hub', path: '/questions' },
  { name: 'ressources', at: 'hub', path: '/ressources' },
  { name: 'ressource', at: 'hub', path: '/ressources/le-debat-qui-bouge' },
  { name: 'annuaire-cest-quoi', at: 'hub', path: '/cest-quoi' },
  { name: 'reseaux', at: 'hub', path: '/reseaux' },
  {
    name: 'annuaire-recherche',
    at: 'hub',
    path: '/?ou=35000+Rennes&rayon=10',
    lists: 'numbers',
    isFirst: true,
  },
  {
    name: 'annuaire-distance',
    at: 'hub',
    path: '/?ou=35000+Rennes&rayon=10&tri=distance',
    isFirst: true,
    lists: 'numbers',
  },
  { name: 'annuaire-rien', at: 'hub', path: '/?ou=97400+Saint-Denis&rayon=10', isNothing: true },
  { name: 'annuaire-communes', at: 'hub', path: '/?ou=Saint-Denis&rayon=10' },
  { name: 'annuaire-erreur', at: 'hub', path: '/?ou=zzzz&rayon=10' },
  { name: 'annuaire-liste', at: 'hub', path: '/cafes', lists: 'pictures' },
  {
    name: 'annuaire-cafe',
    at: 'hub',
    path: ({ copies }) => `/cafes/${copies.planned}`,
    cafe: true,
  },
  {
    name: 'annuaire-cafe-annule',
    at: 'hub',
    path: ({ copies }) => `/cafes/${copies.cancelled}`,
    cafe: true,
  },
  {
    name: 'annuaire-cafe-deplace',
    at: 'hub',
    path: ({ copies }) => `/cafes/${copies.moved}`,
    cafe: true,
  },
  { name: 'annuaire-suivre', at: 'hub', path: '/suivre' },
  { name: 'annuaire-plan', at: 'hub', path: '/plan-du-site' },
]

const DOORS: PageType[] = [
  { name: 'connexion', at: 'node', path: '/administration/connexion' },
  { name: 'connexion-lien', at: 'node', path: ({ made }) => made.signInLink },
  { name: 'connexion-courriel', at: 'mailing', path: '/administration/connexion/lien' },
  { name: 'invitation', at: 'node', path: ({ made }) => made.invitation },
  { name: 'invitation-morte', at: 'node', path: '/administration/invitation/abcd', status: 410 },
]

const ADMIN: PageType[] = [
  { name: 'equipe-animation', at: 'node', path: '/administration/animation' },
  { name: 'equipe-trouver', at: 'node', path: '/administration/animation/trouver' },
  { name: 'equipe-tetes-de-reseau', at: 'node', path: '/administration/tetes-de-reseau' },
  { name: 'bureau', at: 'node', path: '/administration' },
  { name: 'bureau-cafes', at: 'node', path: '/administration/cafes' },
  {
    name: 'bureau-en-ligne',
    at: 'node',
    path: ({ cafes }) => `/administration/cafes/${cafes.planned}/en-ligne`,
  },
  {
    name: 'bureau-cafes-passes',
    at: 'node',
    path: '/administration/cafes?etat=passes&q=introuvable',
  },
  { name: 'bureau-annoncer', at: 'node', path: '/administration/cafes/nouveau' },
  { name: 'bureau-serie', at: 'node', path: ({ made }) => `/administration/series/${made.series}` },
  { name: 'bureau-inscrits', at: 'node', path: seats('inscrits') },
  { name: 'bureau-inscrits-tous', at: 'node', path: seats('inscrits?etat=attente') },
  { name: 'bureau-compter', at: 'node', path: seats('compter') },
  { name: 'bureau-ecrire', at: 'node', path: seats('ecrire') },
  { name: 'bureau-kit', at: 'node', path: seats('kit'), isPictured: true },
  {
    name: 'bureau-annoncer-erreurs',
    at: 'node',
    path: '/administration/cafes/nouveau',
    status: 422,
    act: press('Publier'),
  },
  {
    name: 'bureau-modifier',
    at: 'node',
    path: ({ cafes }) => `/administration/cafes/${cafes.planned}`,
  },
  {
    name: 'bureau-brouillon',
    at: 'node',
    path: ({ cafes }) => `/cafes/${cafes.draft}`,
    cafe: true,
  },
  {
    name: 'bureau-situation',
    at: 'node',
    path: ({ cafes }) => `/administration/cafes/${cafes.planned}/situation`,
  },
  {
    name: 'bureau-signalement',
    at: 'node',
    path: ({ cafes }) => `/cafes/${cafes.planned}`,
    act: async (page) => {
      await follow('Signaler ce café')(page)
      await page.getByLabel('Payant').check()
      await page.getByLabel('Vos mots').fill('On m’a demandé 15 euros à l’entrée la dernière fois.')
      await press('Envoyer le signalement')(page)
      await page.goto(new URL('/administration/a-traiter', page.url()).href)
      await page.locator('table a').first().click()
      await page.waitForLoadState()
    },
  },
  {
    name: 'bureau-annuler',
    at: 'node',
    path: ({ cafes }) => `/administration/cafes/${cafes.planned}/annuler`,
  },
  {
    name: 'bureau-nouvelle-date',
    at: 'node',
    path: ({ cafes }) => `/administration/cafes/${cafes.planned}`,
    act: async (page) => {
      await page.getByLabel('Jour', { exact: true }).fill(today().add({ days: 40 }).toString())
      await press('Enregistrer les changements')(page)
    },
  },
  {
    name: 'bureau-publier',
    at: 'node',
    path: ({ cafes }) => `/administration/cafes/${cafes.draft}/publier`,
  },
  {
    name: 'bureau-supprimer',
    at: 'node',
    path: ({ cafes }) => `/administration/cafes/${cafes.planned}/supprimer`,
  },
  { name: 'bureau-adresses', at: 'node', path: '/administration/lieux' },
  { name: 'bureau-adresse', at: 'node', path: ({ made }) => made.venue },
  { name: 'bureau-adresse-fichier', at: 'node', path: '/administration/lieux/fichier' },
  { name: 'bureau-adresse-supprimer', at: 'node', path: ({ made }) => `${made.venue}/supprimer` },
  { name: 'bureau-ressources', at: 'node', path: '/administration/ressources' },
  { name: 'bureau-ressource', at: 'node', path: '/administration/ressources/nouvelle' },
  { name: 'bureau-importer', at: 'node', path: '/administration/import' },
  { name: 'bureau-reseau', at: 'node', path: '/administration/reseau' },
  { name: 'bureau-equipe', at: 'node', path: '/administration/equipe' },
  { name: 'bureau-equipe-journal', at: 'node', path: '/administration/equipe/journal' },
  { name: 'bureau-retirer', at: 'node', path: ({ made }) => made.colleague },
  { name: 'bureau-blocages', at: 'node', path: '/administration/reseau/blocages' },
  {
    name: 'bureau-liste-de-blocage',
    at: 'node',
    path: '/administration/reseau/blocages/liste',
  },
  { name: 'bureau-accords', at: 'node', path: '/administration/reseau/accords' },
  { name: 'bureau-differences', at: 'node', path: '/administration/import/differences' },
  { name: 'bureau-etat', at: 'node', path: '/administration/etat' },
  { name: 'bureau-sauvegardes', at: 'node', path: '/administration/sauvegardes' },
  { name: 'bureau-courriels', at: 'node', path: '/administration/courriels' },
  { name: 'bureau-lieu', at: 'node', path: '/administration/lieu' },
  { name: 'bureau-reglages', at: 'node', path: '/administration/reglages' },
  { name: 'bureau-registre', at: 'node', path: '/administration/reglages/registre' },
  { name: 'bureau-jetons', at: 'node', path: '/administration/jetons' },
  { name: 'bureau-webhooks', at: 'node', path: '/administration/webhooks' },
  { name: 'bureau-compte', at: 'node', path: '/administration/compte' },
  { name: 'bureau-compte-courriels', at: 'mailing', path: '/administration/compte' },
  { name: 'bureau-structures', at: 'mailing', path: '/administration/structures' },
  {
    name: 'bureau-structure',
    at: 'mailing',
    path: '/administration/structures',
    act: follow('Médiathèque de Bruz'),
  },
  {
    name: 'bureau-structure-suspendre',
    at: 'mailing',
    path: '/administration/structures',
    act: async (page) => {
      await follow('Médiathèque de Bruz')(page)
      await follow('Suspendre')(page)
    },
  },
  { name: 'structure-accueillie', at: 'mailing', path: '/structures/mediatheque-de-bruz' },
  { name: 'bureau-premiers-pas-debut', at: 'mailing', path: '/administration/premiers-pas' },
  {
    name: 'bureau-premiers-pas-annuaire-debut',
    at: 'mailing',
    path: '/administration/premiers-pas/annuaire',
  },
  { name: 'bureau-premiers-pas', at: 'node', path: '/administration/premiers-pas' },
  { name: 'bureau-premiers-pas-lieu', at: 'node', path: '/administration/lieu?premiers-pas' },
  {
    name: 'bureau-premiers-pas-annuaire',
    at: 'node',
    path: '/administration/premiers-pas/annuaire',
  },
  { name: 'bureau-annuaire', at: 'hub', path: '/administration' },
  { name: 'bureau-lieu-fichier', at: 'node', path: '/administration/lieu/fichier' },
  { name: 'bureau-annuaire-lettre', at: 'hub', path: '/administration/lettre' },
  { name: 'bureau-annuaire-demandes', at: 'hub', path: '/administration/demandes' },
  { name: 'bureau-annuaire-reseau', at: 'hub', path: '/administration/reseau' },
  {
    name: 'bureau-annuaire-admission',
    at: 'hub',
    path: '/administration/reseau?etat=membres',
    act: async (page) => {
      await page.locator('th a[href^="/administration/reseau/"]').first().click()
      await page.waitForLoadState()
    },
  },
  { name: 'bureau-annuaire-referents', at: 'hub', path: '/administration/referents' },
  { name: 'bureau-annuaire-journal', at: 'hub', path: '/administration/referents/journal' },
  { name: 'bureau-referents', at: 'node', path: '/administration/referents' },
]

const DIRECTORY: PageType[] = [
  { name: 'carte', at: 'hub', path: '/carte' },
  { name: 'carte-autour', at: 'hub', path: '/carte?ou=35000+Rennes&rayon=10' },
  { name: 'animation-annuaire', at: 'hub', path: '/animation' },
  { name: 'animation-personne', at: 'hub', path: '/animation?ou=29200&rayon=10&theme=danse' },
  { name: 'animation-inconnue', at: 'hub', path: '/animation?ou=Xyzabc', status: 422 },
  { name: 'territoires', at: 'hub', path: '/territoires' },
  { name: 'territoire', at: 'hub', path: '/territoires/35' },
  { name: 'territoire-vide', at: 'hub', path: '/territoires/48' },
  { name: 'referents', at: 'hub', path: '/referents' },
  { name: 'referent-ecrire', at: 'hub', path: '/referents/ecrire/35' },
  { name: 'structures', at: 'hub', path: '/structures' },
  { name: 'structure', at: 'hub', path: '/structures', act: follow('Médiathèque du Canal') },
  { name: 'organiser', at: 'hub', path: '/organiser' },
  { name: 'commencer', at: 'hub', path: '/commencer' },
  { name: 'commencer-reponse', at: 'hub', path: '/commencer?ou=35500+Vitr%C3%A9&qui=ados' },
  { name: 'commencer-inconnu', at: 'hub', path: '/commencer?ou=Xyzabc&qui=tous', status: 422 },
  { name: 'alertes', at: 'hub', path: '/alertes' },
  { name: 'chiffres', at: 'hub', path: '/chiffres' },
  { name: 'chiffres-cafes', at: 'hub', path: '/chiffres/cafes' },
  { name: 'etat', at: 'hub', path: '/etat' },
  { name: 'lettre', at: 'hub', path: '/lettre' },
  { name: 'integrer', at: 'hub', path: '/integrer' },
  { name: 'verifier', at: 'hub', path: '/verifier' },
  { name: 'verifier-rien', at: 'hub', path: '/verifier', act: press('Vérifier') },
  { name: 'donnees-ouvertes', at: 'hub', path: '/donnees-ouvertes' },
  { name: 'suivre-territoire', at: 'hub', path: '/suivre?compte=cafes-ille-et-vilaine' },
  { name: 'structure-lieu', at: 'node', path: '/structures/cafes' },
]

/** Pages of people who lead cafés, and of their own profiles. */
const PEOPLE: PageType[] = [
  { name: 'personne', at: 'node', path: ({ paths }) => paths.facilitator.atNode },
  { name: 'annuaire-personne', at: 'hub', path: ({ paths }) => paths.facilitator.atHub },
  { name: 'moi', at: 'node', path: ({ paths }) => paths.facilitator.own },
  { name: 'moi-profil', at: 'node', path: ({ paths }) => `${paths.facilitator.own}/profil` },
  {
    name: 'moi-profil-erreurs',
    at: 'node',
    path: ({ paths }) => `${paths.facilitator.own}/profil`,
    status: 422,
    act: async (page) => {
      await page.getByLabel(/^Votre nom/u).fill('')
      await press('Continuer')(page)
    },
  },
  { name: 'moi-apercu', at: 'node', path: ({ paths }) => `${paths.facilitator.own}/apercu` },
  { name: 'moi-retrait', at: 'node', path: ({ paths }) => `${paths.facilitator.own}/retrait` },
  { name: 'moi-retire', at: 'node', path: ({ paths }) => paths.withdrawal },
]

/** Pages of networks of structures and of their managers. */
const NETWORKS: PageType[] = [
  { name: 'reseau-lieu', at: 'node', path: ({ paths }) => `/reseaux/${paths.network}` },
  {
    name: 'reseau',
    at: 'hub',
    path: ({ paths }) => `/reseaux/${paths.network}`,
    lists: 'numbers',
  },
  { name: 'equipe-reseau', at: 'node', path: networkAdmin(''), as: 'team' },
  {
    name: 'equipe-reseau-accueillir',
    at: 'node',
    path: ({ paths }) =>
      `${networkAdmin('/structures/accueillir?')({ paths })}${new URLSearchParams({ structure: paths.asking })}`,
    as: 'team',
  },
  { name: 'equipe-reseau-fermer', at: 'node', path: networkAdmin('/fermer'), as: 'team' },
  {
    name: 'equipe-reseau-demander',
    at: 'hub',
    path: ({ paths }) =>
      `/administration/tetes-de-reseau/demander?${new URLSearchParams({ adresse: paths.networkUri })}`,
    as: 'team',
  },
  { name: 'tableau-de-bord', at: 'node', path: dashboard, as: 'manager' },
  { name: 'annuaire-tableau-de-bord', at: 'hub', path: dashboard, as: 'manager' },
]

/** Pages of referents. */
const REFERENTS: PageType[] = [
  {
    name: 'referent-mandat-propose',
    at: 'hub',
    path: ({ paths }) => paths.mandate.proposed,
  },
  {
    name: 'referent-mandat-erreurs',
    at: 'hub',
    path: ({ paths }) => paths.mandate.proposed,
    status: 422,
    act: press('Accepter'),
  },
  { name: 'referent-mandat', at: 'hub', path: ({ paths }) => paths.mandate.appointed },
  { name: 'referent-bureau', at: 'hub', path: '/administration/territoire/35', as: 'referent' },
  {
    name: 'referent-annoncer',
    at: 'hub',
    path: '/administration/cafes/nouveau/35',
    as: 'referent',
  },
  {
    name: 'referent-bureau-sans-raison',
    at: 'hub',
    path: '/administration/territoire/35',
    as: 'referent',
    status: 422,
    act: async (page) => {
      const folded = page.getByRole('main').locator('details:has(form.act)').first()
      await folded.locator('summary').click()
      await folded.locator('form.act button[type="submit"]').click()
      await page.waitForLoadState()
    },
  },
  {
    name: 'referent-journal',
    at: 'hub',
    path: '/administration/territoire/35/journal',
    as: 'referent',
  },
  { name: 'equipe-referent', at: 'hub', path: ({ paths }) => paths.mandate.admin, as: 'team' },
]

/** Pages in English. */
const ENGLISH: PageType[] = [
  { name: 'en-accueil-lieu', at: 'node', path: '/?lang=en', lang: 'en' },
  {
    name: 'en-cafe',
    at: 'node',
    path: ({ cafes }) => `/cafes/${cafes.planned}?lang=en`,
    lang: 'en',
  },
  { name: 'en-annuaire', at: 'hub', path: '/?lang=en', lang: 'en' },
  { name: 'en-accessibilite', at: 'node', path: '/accessibilite?lang=en', lang: 'en' },
  { name: 'en-connexion', at: 'node', path: '/administration/connexion?lang=en', lang: 'en' },
]

/** Every kind of page that somebody may open. */
export const PAGE_TYPES: readonly PageType[] = [
  ...PUBLIC,
  ...DIRECTORY,
  ...PEOPLE,
  ...NETWORKS,
  ...REFERENTS,
  ...ENGLISH,
  ...DOORS,
  ...ADMIN.map((type) => ({ ...type, as: 'team' as const })),
]
