import { isWebAddress } from '../node/domain/values/web-address.ts'

/** The addresses that pages link to, in one place; routes mount the same. */
export const paths = {
  home: '/',
  cafes: '/cafes',
  pastCafes: '/cafes?passes=1',
  month: (month: Temporal.PlainYearMonth) => `/cafes?mois=${month}`,
  day: (day: Temporal.PlainDate) => `/cafes?jour=${day}`,
  cafe: (id: string) => `/cafes/${id}`,
  /** Of a café of another server: our copy of its picture. The end of its address there tells two of them apart. */
  cafePicture: (id: string, size: 'photo' | 'vignette', address: string) =>
    `/cafes/${id}/${size}.webp?${new URLSearchParams({ v: address.slice(-24) })}`,
  cafeCode: (id: string) => `/cafes/${id}/code.svg`,
  cafeCalendar: (id: string) => `/cafes/${id}.ics`,
  agenda: '/agenda.ics',
  atom: '/agenda.atom',
  jsonFeed: '/agenda.json',
  siteMap: '/plan-du-site',
  /** Of a directory: `r-53`, `35`, `e-243500139`, `c-35238`. */
  territory: (code: string) => `/territoires/${code}`,
  territoryPicture: (code: string) => `/territoires/${code}/carte.png`,
  /** Of a directory; takes the parameters of a search. */
  map: '/carte',
  /** The same as a picture; takes the parameters of a search, and `theme=sombre`. */
  mapPicture: '/carte.svg',
  /** How to hear of the next cafés: GET shows, POST asks the visitor's own server. */
  followPage: '/suivre',
  /** One feed of a directory: `cafes-ille-et-vilaine`. */
  followFeed: (name: string) => `/suivre?compte=${name}`,
  territories: '/territoires',
  /** Any of its cafés may be searched there. */
  territorySearch: (code: string) => `/?territoire=${code}`,
  /** Its cafés to come as a file to subscribe to. */
  territoryFile: (code: string, format: 'ics' | 'atom' | 'json') =>
    `/export/cafes.${format}?territory=${code}`,
  /** Of a directory: the coming two weeks, to paste into a mail; also `.html`, `.md`, `.txt`. */
  newsletter: '/lettre',
  /** Cafés that two servers announce: POST tells them apart, or takes them for one again. */
  duplicates: '/administration/doublons',
  adminNewsletter: '/administration/lettre',
  letterCafe: (id: string) => `/administration/lettre/cafes/${id}`,
  newsletterSent: '/administration/lettre/envoyee',
  /** Of a directory: what it counts. */
  statistics: '/chiffres',
  statisticsCsv: '/chiffres.csv',
  statisticsJson: '/api/v1/figures',
  facilitators: '/animation',
  facilitator: (handle: string) => `/animation/${handle}`,
  /** Of a directory: its copy of a photo; `v` changes with the profile. */
  facilitatorPhoto: (id: string, v: string) => `/animation/${id}/photo.jpg?v=${v}`,
  /** POST: a message to somebody whose address stays hidden. */
  writeToFacilitator: (handle: string) => `/animation/${handle}/message`,
  /** GET asks, POST sends a link to who wants to appear. */
  askFacilitator: '/animation/demande',
  /** GET asks for an address, POST sends a new link there. */
  ownProfileLink: '/animation/moi',
  /** A person's own profile, by their link: what follows it is what they do. */
  ownProfile: (token: string, action?: OwnProfileAction) =>
    `/animation/moi/${token}${action ? `/${action}` : ''}`,
  /** Where a withdrawn profile was told to be erased. */
  withdrawal: (token: string) => `/animation/retrait/${token}`,
  adminFacilitators: '/administration/animation',
  /** Asks the directories. */
  findRemoteFacilitators: '/administration/animation/trouver',
  /** POST: to one of those found. */
  writeToFound: '/administration/animation/trouver/message',
  facilitatorInvitations: '/administration/animation/invitations',
  /** POST. */
  decideFacilitator: (id: string, decision: 'accepter' | 'refuser' | 'retirer' | 'effacer') =>
    `/administration/animation/${id}/${decision}`,
  structures: '/structures',
  structure: (id: string) => `/structures/${id}`,
  /** Networks that structures belong to; `?apres=` for the next of its structures. */
  structureNetworks: '/reseaux',
  structureNetwork: (slug: string) => `/reseaux/${slug}`,
  networkStatisticsCsv: (slug: string) => `/reseaux/${slug}/chiffres.csv`,
  /** Any of its cafés may be searched there. */
  networkSearch: (slug: string) => `/?reseau=${slug}`,
  networkFile: (slug: string, format: 'ics' | 'atom' | 'json' | 'csv' | 'geojson') =>
    `/export/cafes.${format}?network=${slug}`,
  /** For who may look at a network and change nothing. */
  dashboards: '/administration/tableau-de-bord',
  dashboard: (slug: string) => `/administration/tableau-de-bord/${slug}`,
  dashboardCsv: (slug: string) => `/administration/tableau-de-bord/${slug}/structures.csv`,
  adminNetworks: '/administration/tetes-de-reseau',
  /** GET looks up the address and asks, POST sends the request. */
  askNetwork: '/administration/tetes-de-reseau/demander',
  declareNetwork: '/administration/tetes-de-reseau/nouveau',
  /** Of our structure; GET asks first. */
  ownMembership: (action: OwnMembershipAction) =>
    `/administration/tetes-de-reseau/appartenance/${action}`,
  adminNetwork: (slug: string) => `/administration/tetes-de-reseau/reseaux/${slug}`,
  /** GET looks up the address and asks, POST invites. */
  inviteStructure: (slug: string) => `/administration/tetes-de-reseau/reseaux/${slug}/inviter`,
  /** Of another structure in a network of ours; GET asks first. */
  networkMember: (slug: string, action: NetworkMemberAction) =>
    `/administration/tetes-de-reseau/reseaux/${slug}/structures/${action}`,
  networkManagers: (slug: string) => `/administration/tetes-de-reseau/reseaux/${slug}/responsables`,
  removeManager: (slug: string, accountId: string) =>
    `/administration/tetes-de-reseau/reseaux/${slug}/responsables/${accountId}/retirer`,
  endNetwork: (slug: string) => `/administration/tetes-de-reseau/reseaux/${slug}/fermer`,
  /** What an AI café is. */
  about: '/cest-quoi',
  organise: '/organiser',
  /** The guides that the program brings, for people. */
  guides: '/guides',
  /** The picture of the site, where a link to it is shown. */
  sitePicture: '/partage.png',
  guide: (name: string) => `/guides/${name}`,
  guidePicture: (file: string) => `/public/guides/${file}`,
  /** GET asks for an address, POST sends a link there. */
  alerts: '/alertes',
  /** GET shows a button, POST confirms or renews. */
  keepAlert: (token: string) => `/alertes/confirmation/${token}`,
  /** GET shows a button, POST stops and erases, from the page or by a mail reader's button (RFC 8058). */
  stopAlert: (token: string) => `/alertes/arret/${token}`,
  /** Of a directory: who answers for which territory. */
  referents: '/referents',
  /** GET shows a form, POST hands a message to who answers for the territory. */
  writeToReferent: (code: string) => `/referents/ecrire/${code}`,
  /** The person's own: GET shows what they are asked and what would be public, POST answers, or ends it. */
  mandate: (token: string) => `/referents/mandat/${token}`,
  /** GET asks for a password, POST opens the administration of a territory, once. */
  referentAccess: (token: string) => `/referents/acces/${token}`,
  /** POST: « J’aimerais un café ici ». */
  demands: '/demandes',
  /** What other software may read and write, for people. */
  api: '/api',
  openApi: '/api/v1/openapi.json',
  verify: '/verifier',
  verifyScript: '/public/verification.js',
  registryScript: '/public/registry.js',
  registry: '/registry.json',
  openData: '/donnees-ouvertes',
  openDataFile: (name: string) => `/donnees-ouvertes/${name}`,
  tableSchema: '/donnees-ouvertes/schema.json',
  /** What the columns of `/export/cafes.csv` mean. */
  exportSchema: '/export/schema.json',
  tableExample: '/donnees-ouvertes/exemple.csv',
  dataPackage: '/donnees-ouvertes/datapackage.json',
  /** How to show the list on another site. */
  embed: '/integrer',
  /** The list, framed by another site. */
  embedFrame: '/integrer/cadre',
  embedColour: '/integrer/couleur.css',
  legalNotice: '/mentions-legales',
  personalData: '/donnees-personnelles',
  accessibility: '/accessibilite',
  contact: '/contact',
  source: '/code-source',
  /** The operator's own colour; `v` changes with it, so that no copy of the old one is kept. */
  theme: (colour: string) => `/public/theme.css?v=${encodeURIComponent(colour.slice(1))}`,
  admin: '/administration',
  /** All of one's own: `etat`, `mots`, `mois`, `page`. */
  adminCafes: '/administration/cafes',
  signIn: '/administration/connexion',
  signOut: '/administration/deconnexion',
  /** GET asks for an address, POST sends a link there. */
  mailedLink: '/administration/connexion/lien',
  /** POST: what was typed before signing in by a link. */
  resumeKept: '/administration/connexion/reprise',
  /** POST: uses the link up and sets a new password. */
  newPassword: (token: string) => `/administration/lien/${token}/mot-de-passe`,
  /** The link of the mail « a-t-il toujours lieu ? »: GET shows a button, POST confirms, without signing in. */
  confirmationLink: (token: string) => `/administration/confirmation/${token}`,
  /** GET shows a form, POST uses the invitation up. */
  teamInvitation: (code: string) => `/administration/invitation/${code}`,
  /** GET shows a button, POST uses the link up: a mail scanner that opens it spends nothing. */
  signInLink: (token: string) => `/administration/lien/${token}`,
  /** GET shows a button, POST puts another address of an account in force. */
  confirmEmail: (token: string) => `/administration/adresse/${token}`,
  firstPassword: (token: string) => `/administration/premier-acces/${token}`,
  /** The first steps of a new account: its name, e-mail and password. */
  choosePassword: '/administration/bienvenue',
  newCafe: '/administration/cafes/nouveau',
  editCafe: (id: string) => `/administration/cafes/${id}`,
  /** What became of it, where it is shown, and what next. */
  cafeOnline: (id: string) => `/administration/cafes/${id}/en-ligne`,
  /** A new café with the words of this one, a week later; `duplicateCafe` leaves the day to be said. */
  copyCafe: (id: string) => `/administration/cafes/nouveau?copie=${id}`,
  duplicateCafe: (id: string) => `/administration/cafes/nouveau?copie=${id}&jour=`,
  cancelCafe: (id: string) => `/administration/cafes/${id}/annuler`,
  /** Cancel, postpone, move online, full or as planned: one question. */
  cafeSituation: (id: string) => `/administration/cafes/${id}/situation`,
  /** The team's word that it takes place. */
  confirmCafe: (id: string) => `/administration/cafes/${id}/confirmer`,
  publishCafe: (id: string) => `/administration/cafes/${id}/publier`,
  deleteCafe: (id: string) => `/administration/cafes/${id}/supprimer`,
  venues: '/administration/lieux',
  newVenue: '/administration/lieux/nouveau',
  /** GET shows a form, POST reads a file and fills in the form of an address. */
  venueFile: '/administration/lieux/fichier',
  venue: (id: string) => `/administration/lieux/${id}`,
  deleteVenue: (id: string) => `/administration/lieux/${id}/supprimer`,
  import: '/administration/import',
  confirmImport: '/administration/import/confirmer',
  readCalendar: (id: string) => `/administration/import/agendas/${id}/lire`,
  unfollowCalendar: (id: string) => `/administration/import/agendas/${id}/arreter`,
  /** What a followed calendar no longer has: GET asks before it is cancelled, POST does what `decision` says. */
  absentCafes: (id: string) => `/administration/import/agendas/${id}/absents`,
  network: '/administration/reseau',
  /** A site that asks to be in the directory, is in it, or was refused: what it says of itself, and the answer. */
  admission: (id: string) => `/administration/reseau/${id}`,
  /** Of a member that lost its data. */
  settleRecovery: (id: string) => `/administration/reseau/${id}/reprise`,
  peerAction: (id: string, action: PeerAction) => `/administration/reseau/${id}/${action}`,
  join: '/administration/reseau/rejoindre',
  follow: '/administration/reseau/suivre',
  stopFollowing: (id: string) => `/administration/reseau/suivis/${id}/arreter`,
  retryFollowing: (id: string) => `/administration/reseau/suivis/${id}/reessayer`,
  retryDeliveries: '/administration/reseau/envois/reessayer',
  decideCafe: (id: string, decision: 'montrer' | 'ecarter') =>
    `/administration/reseau/cafes/${id}/${decision}`,
  invitations: '/administration/reseau/invitations',
  blocks: '/administration/reseau/blocages',
  /** Asks before: GET, with the domain. */
  newBlock: '/administration/reseau/blocages/nouveau',
  unblock: (domain: string) =>
    `/administration/reseau/blocages/${encodeURIComponent(domain)}/lever`,
  tokens: '/administration/jetons',
  revokeToken: (id: string) => `/administration/jetons/${id}/revoquer`,
  team: '/administration/equipe',
  audit: '/administration/equipe/journal',
  /** GET asks before the role of an administrator is taken away, POST changes it. */
  teamRole: (id: string) => `/administration/equipe/${id}/role`,
  removeColleague: (id: string) => `/administration/equipe/${id}/retirer`,
  teamInvitations: '/administration/equipe/invitations',
  /** GET asks before, POST withdraws. */
  withdrawInvitation: (id: string) => `/administration/equipe/invitations/${id}/retirer`,
  backups: '/administration/sauvegardes',
  /** POST: what becomes of what waits since a restore. */
  settleHeld: '/administration/sauvegardes/retenu',
  /** POST: pages are shown before the directories have said what went after the backup. */
  openPages: '/administration/sauvegardes/ouvrir',
  /** What a directory says went after the backup: GET asks before, POST decides. */
  claims: '/administration/sauvegardes/effaces',
  mails: '/administration/courriels',
  /** POST: the team gave it to its reader. */
  handOverMail: (id: string) => `/administration/courriels/${id}/remis`,
  prepareMail: (id: string) => `/administration/courriels/${id}/preparer`,
  adminRequests: '/administration/demandes',
  adminRequestsFile: '/administration/demandes.csv',
  /** Of the team: who is proposed, appointed, silent; of a place: whom it proposes. */
  adminReferents: '/administration/referents',
  adminReferent: (id: string) => `/administration/referents/${id}`,
  referentAction: (id: string, action: ReferentAction) =>
    `/administration/referents/${id}/${action}`,
  referentSettings: '/administration/referents/reglages',
  journal: '/administration/referents/journal',
  /** The administration of a referent. */
  referentDashboard: '/administration/territoire',
  referentDashboardOf: (code: string) => `/administration/territoire/${code}`,
  territoryJournal: (code: string) => `/administration/territoire/${code}/journal`,
  /** The form of a café, for a structure of a territory. */
  announceFor: (code: string) => `/administration/cafes/nouveau/${code}`,
  /** POST, with a reason. */
  territoryAct: (code: string, act: string) => `/administration/territoire/${code}/${act}`,
  place: '/administration/lieu',
  /** GET shows a form, POST reads a file and fills in the form of the place. */
  placeFile: '/administration/lieu/fichier',
  settings: '/administration/reglages',
  onboarding: '/administration/premiers-pas',
  onboardingDirectory: '/administration/premiers-pas/annuaire',
  skipDirectory: '/administration/premiers-pas/annuaire/passer',
  /** Of a form of the administration, by its own address. */
  historyOf: (form: string) => `${form}/historique`,
  account: '/administration/compte',
  /** GET leads to the field on one's account; POST saves how often one is written to. */
  toDoMail: '/administration/compte/courriels',
  /** GET shows a button, POST stops them, from the page or by a mail reader's button (RFC 8058). */
  stopToDo: (token: string) => `/courriels/arret/${token}`,
  password: '/administration/compte/mot-de-passe',
  withoutPassword: '/administration/compte/sans-mot-de-passe',
  /** POST: `which` is `others` or `all`. */
  endSessions: '/administration/compte/sessions/fermer',
  endSession: (id: string) => `/administration/compte/sessions/${id}/fermer`,
} as const

export type OwnProfileAction =
  | 'profil'
  | 'apercu'
  | 'annuaires'
  | 'mandats'
  | 'adresse'
  | 'liens'
  | 'donnees'
  | 'masquer'
  | 'retrait'
export type ReferentAction = 'nommer' | 'prolonger' | 'terminer' | 'lien' | 'retirer'

export const OWN_MEMBERSHIP_ACTIONS = ['accepter', 'refuser', 'retirer', 'quitter'] as const
export type OwnMembershipAction = (typeof OWN_MEMBERSHIP_ACTIONS)[number]
export type NetworkMemberAction = 'accueillir' | 'refuser' | 'annuler' | 'retirer'

export type PeerAction = 'accepter' | 'refuser' | 'reessayer' | 'bloquer' | 'arreter'

/** A link that leaves the page: only the web's own schemes, whatever a stranger wrote. */
export const webHref = (url: string | undefined): string | undefined =>
  url !== undefined && isWebAddress(url) ? url : undefined

export const telHref = (phone: string): string => `tel:${phone.replace(/[^+\d]/gu, '')}`
