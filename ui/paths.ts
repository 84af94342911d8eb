/** The addresses that pages link to; the routes are mounted at the same paths. */
export const paths = {
  home: '/',
  cafes: '/cafes',
  pastCafes: '/cafes?passes=1',
  month: (month: Temporal.PlainYearMonth) => `/cafes?mois=${month}`,
  day: (day: Temporal.PlainDate) => `/cafes?jour=${day}`,
  cafe: (id: string) => `/cafes/${id}`,
  /**
   * Our copy of the picture of a café of another server. The end of the original address distinguishes an old copy from
   * a new one.
   */
  cafePicture: (id: string, size: 'photo' | 'vignette', address: string) =>
    `/cafes/${id}/${size}.webp?${new URLSearchParams({ v: address.slice(-24) })}`,
  /** A QR code of the short address. */
  cafeCode: (id: string) => `/cafes/${id}/code.svg`,
  /** A QR code of the address with the hour, the town and the place's signature. */
  signedCode: (id: string) => `/cafes/${id}/code-signe.svg`,
  /** `affiche`, `tract`, `vignettes` or `diapositive`; a poster or flyer takes `modele` and `fond-perdu`. */
  cafeSheet: (id: string, sheet: string, template?: string) =>
    `/cafes/${id}/${sheet}.pdf${template ? `?modele=${template}` : ''}`,
  /** The sheets, pictures and words of a café, for its team. */
  kit: (id: string) => `/administration/cafes/${id}/kit`,
  kitPreview: (id: string, sheet: string) => `/administration/cafes/${id}/kit/${sheet}.webp`,
  /** A picture to share: `paysage`, `carre` or `portrait`. */
  cafeShared: (id: string, frame: string) => `/cafes/${id}/partage/${frame}.png`,
  /** The short address of a café or series of ours, by `shortCodeOf`. */
  shortAddress: (code: string) => `/c/${code}`,
  cafeCalendar: (id: string) => `/cafes/${id}.ics`,
  /** A series: its words, its next dates; `.ics` is one event that repeats. */
  series: (id: string) => `/series/${id}`,
  /** The poster of a series; it takes `modele`. */
  seriesSheet: (id: string) => `/series/${id}/affiche.pdf`,
  seriesCalendar: (id: string) => `/series/${id}.ics`,
  seriesFeed: (id: string) => `/series/${id}.atom`,
  adminSeries: (id: string) => `/administration/series/${id}`,
  agenda: '/agenda.ics',
  atom: '/agenda.atom',
  jsonFeed: '/agenda.json',
  siteMap: '/plan-du-site',
  /** Only at a directory: `r-53`, `35`, `e-243500139`, `c-35238`. */
  territory: (code: string) => `/territoires/${code}`,
  /** The cafés of a month to print; `mois` is `2027-03`. */
  territoryProgramme: (code: string) => `/territoires/${code}/programme.pdf`,
  /** The same for the cafés that this site lists. */
  programme: '/programme.pdf',
  /** A programme, a sheet to count on and a list to tick, for a first café. */
  starterKit: '/premier-cafe.pdf',
  territoryPicture: (code: string) => `/territoires/${code}/carte.png`,
  /** Only at a directory; it takes the parameters of a search. */
  map: '/carte',
  /** GET shows how to hear of the next cafés, POST asks the visitor's own server. */
  followPage: '/suivre',
  /** One feed of a directory, such as `cafes-ille-et-vilaine`. */
  followFeed: (name: string) => `/suivre?compte=${name}`,
  territories: '/territoires',
  /** The search among all cafés of the territory. */
  territorySearch: (code: string) => `/?territoire=${code}`,
  /** The territory's cafés to come as a file to subscribe to. */
  territoryFile: (code: string, format: 'ics' | 'atom' | 'json') =>
    `/export/cafes.${format}?territory=${code}`,
  /** Only at a directory: the coming two weeks, to paste into a mail; also as `.html`, `.md`, `.txt`. */
  newsletter: '/lettre',
  /** The letter of a région or département. */
  newsletterOf: (code: string) => `/lettre?territoire=${code}`,
  newsletterFile: (ending: string, code: string | undefined) =>
    `/lettre.${ending}${code === undefined ? '' : `?territoire=${code}`}`,
  /** Cafés that two servers announce: POST says that they are different, or that they are the same. */
  duplicates: '/administration/doublons',
  /** POST decides about the pairs that were chosen: `act`, `item`. */
  manyDuplicates: '/administration/doublons/plusieurs',
  adminNewsletter: '/administration/lettre',
  newsletterCafe: (id: string) => `/administration/lettre/cafes/${id}`,
  newsletterSent: '/administration/lettre/envoyee',
  statistics: '/chiffres',
  statisticsCsv: '/chiffres.csv',
  /** The cafés that a figure counts; `countedHref` adds which. */
  countedCafes: '/chiffres/cafes',
  statisticsJson: '/api/v1/figures',
  facilitators: '/animation',
  facilitator: (handle: string) => `/animation/${handle}`,
  /** Only at a directory: its copy of a photo; `v` changes with the profile. */
  facilitatorPhoto: (id: string, v: string) => `/animation/${id}/photo.jpg?v=${v}`,
  /** POST sends a message to somebody whose address stays hidden. */
  writeToFacilitator: (handle: string) => `/animation/${handle}/message`,
  /** GET shows a form, POST sends a link to somebody who wants to appear. */
  askFacilitator: '/animation/demande',
  /** GET asks for an address, POST sends a new link to it. */
  ownProfileLink: '/animation/moi',
  /** A person's own profile, by their secret link; `action` is what they do. */
  ownProfile: (token: string, action?: OwnProfileAction) =>
    `/animation/moi/${token}${action ? `/${action}` : ''}`,
  /** The report of the servers that were told to delete a withdrawn profile. */
  withdrawal: (token: string) => `/animation/retrait/${token}`,
  adminFacilitators: '/administration/animation',
  /** GET asks the directories. */
  findRemoteFacilitators: '/administration/animation/trouver',
  /** POST sends a message to one of the people found. */
  writeToFound: '/administration/animation/trouver/message',
  facilitatorInvitations: '/administration/animation/invitations',
  /** POST only. */
  manyFacilitators: '/administration/animation/plusieurs',
  decideFacilitator: (id: string, decision: 'accepter' | 'refuser' | 'retirer' | 'effacer') =>
    `/administration/animation/${id}/${decision}`,
  structures: '/structures',
  structure: (id: string) => `/structures/${id}`,
  /** Only of a structure that this site hosts: its cafés to come, to subscribe to. */
  structureAgenda: (slug: string, format: 'ics' | 'atom') => `/structures/${slug}/agenda.${format}`,
  structureProgramme: (id: string) => `/structures/${id}/programme.pdf`,
  /** What a structure has done, as a signed PDF. */
  structureCertificate: (id: string) => `/structures/${id}/attestation.pdf`,
  facilitatorCertificate: (handle: string) => `/animation/${handle}/attestation.pdf`,
  /** The networks that structures belong to; `?apres=` gives the next page of structures. */
  structureNetworks: '/reseaux',
  structureNetwork: (slug: string) => `/reseaux/${slug}`,
  networkStatisticsCsv: (slug: string) => `/reseaux/${slug}/chiffres.csv`,
  /** The search among all cafés of the network. */
  networkSearch: (slug: string) => `/?reseau=${slug}`,
  networkFile: (slug: string, format: 'ics' | 'atom' | 'json' | 'csv' | 'geojson') =>
    `/export/cafes.${format}?network=${slug}`,
  /** For a person who may see a network and change nothing. */
  dashboards: '/administration/tableau-de-bord',
  dashboard: (slug: string) => `/administration/tableau-de-bord/${slug}`,
  dashboardAnswersRead: (slug: string) => `/administration/tableau-de-bord/${slug}/reponses-lues`,
  dashboardCsv: (slug: string) => `/administration/tableau-de-bord/${slug}/structures.csv`,
  adminNetworks: '/administration/tetes-de-reseau',
  declareNetwork: '/administration/tetes-de-reseau/nouveau',
  adminNetwork: (slug: string) => `/administration/tetes-de-reseau/reseaux/${slug}`,
  manyMembers: (slug: string) => `/administration/tetes-de-reseau/reseaux/${slug}/plusieurs`,
  networkManagers: (slug: string) => `/administration/tetes-de-reseau/reseaux/${slug}/responsables`,
  removeManager: (slug: string, accountId: string) =>
    `/administration/tetes-de-reseau/reseaux/${slug}/responsables/${accountId}/retirer`,
  answersRead: (slug: string) => `/administration/tetes-de-reseau/reseaux/${slug}/reponses-lues`,
  endNetwork: (slug: string) => `/administration/tetes-de-reseau/reseaux/${slug}/fermer`,
  /** The page that explains what an AI café is. */
  about: '/cest-quoi',
  /** What people asked at the cafés; `q`, `theme`, `territoire`, `mois`, `page`. */
  questions: '/questions',
  question: (id: string) => `/questions/${id}`,
  questionsCsv: '/questions/questions.csv',
  questionsSchema: '/questions/schema.json',
  questionsAtom: '/questions/questions.atom',
  /** The question of a month, `2026-11`, as a picture. */
  questionPicture: (month: string) => `/questions/${month}.png`,
  /** POST sets a wording apart from its group, or puts it back. */
  wordings: '/administration/questions',
  /** What one needs to lead a café; `q`, `besoin`, `duree`, `theme`, `page`. */
  resources: '/ressources',
  resource: (slug: string) => `/ressources/${slug}`,
  adminResources: '/administration/ressources',
  newResource: '/administration/ressources/nouvelle',
  adminResource: (id: string) => `/administration/ressources/${id}`,
  deleteResource: (id: string) => `/administration/ressources/${id}/supprimer`,
  organise: '/organiser',
  /** Only at a directory: `ou` and `qui` give the answer. */
  start: '/commencer',
  /** Only at a directory. GET shows the form to suggest a café, POST takes it. */
  suggest: '/proposer',
  /** A suggested café, by the secret link of its author. */
  suggestion: (token: string, action?: SuggestionAction) =>
    `/propositions/${token}${action ? `/${action}` : ''}`,
  /** The guides that come with the program. */
  guides: '/guides',
  /** The site's picture for previews of shared links. */
  sitePicture: '/partage.png',
  guide: (name: string) => `/guides/${name}`,
  guidePicture: (file: string) => `/public/guides/${file}`,
  /** GET shows the form to register at a café of this site, POST registers. */
  registrationForm: (cafeId: string) => `/cafes/${cafeId}/inscription`,
  /** GET asks for the code of a registration, POST opens it. */
  findRegistration: '/inscriptions',
  /**
   * A person's own registration, by their secret link or code. POST there proves its mailbox; `action` is what else they
   * do by POST.
   */
  registration: (token: string, action?: OwnRegistrationAction) =>
    `/inscriptions/${token}${action ? `/${action}` : ''}`,
  /** Who comes to a café, for its team; POST adds a person. */
  registrations: (cafeId: string) => `/administration/cafes/${cafeId}/inscrits`,
  /** A registration, for the team of its café; POST does what `act` says. */
  teamRegistration: (cafeId: string, id: string) =>
    `/administration/cafes/${cafeId}/inscrits/${id}`,
  /** Who comes, as a table: with `besoins=1` what they need too. */
  registrationTable: (cafeId: string) => `/administration/cafes/${cafeId}/inscrits.csv`,
  /** GET shows a form, POST shows the mail and then sends it to those who come, or wait. */
  writeToRegistered: (cafeId: string) => `/administration/cafes/${cafeId}/ecrire`,
  /** GET shows who comes, to count at the door; POST saves the count. */
  report: (cafeId: string, action?: ReportAction) =>
    `/administration/cafes/${cafeId}/bilan${action ? `/${action}` : ''}`,
  reportByLink: (token: string, action?: ReportAction) =>
    `/bilans/${token}${action ? `/${action}` : ''}`,
  countRegistrations: (cafeId: string) => `/administration/cafes/${cafeId}/compter`,
  /** Who comes, to print on A4. */
  registrationSheet: (cafeId: string) => `/administration/cafes/${cafeId}/feuille`,
  /** GET asks for an address, POST sends a link to it. */
  alerts: '/alertes',
  /** GET shows a button, POST confirms or renews the alert. */
  keepAlert: (token: string) => `/alertes/confirmation/${token}`,
  /** GET shows a button, POST stops and deletes the alert, from the page or by a mail reader's button (RFC 8058). */
  stopAlert: (token: string) => `/alertes/arret/${token}`,
  /** Only at a directory: the referents of each territory. */
  referents: '/referents',
  /** GET shows a form, POST sends a message to the referents of the territory. */
  writeToReferent: (code: string) => `/referents/ecrire/${code}`,
  /** The person's own page: GET shows the question and what would be public, POST answers, or ends the mandate. */
  mandate: (token: string) => `/referents/mandat/${token}`,
  /** GET asks for a password, POST opens the administration of a territory; the link works once. */
  /** GET asks who has the mailbox of a mandate whether it is not theirs; POST ends the mandate and tells the team. */
  notMyMandate: (token: string) => `/referents/pas-moi/${token}`,
  referentAccess: (token: string) => `/referents/acces/${token}`,
  /** GET asks for an address, or shows the form to flag the page at `objet`; POST flags it. */
  flag: (address?: string) =>
    address === undefined ? '/signaler' : `/signaler?${new URLSearchParams({ objet: address })}`,
  /** What became of a flag, for who flagged it; POST appeals the decision, or erases what they wrote. */
  ownFlag: (token: string) => `/recours/${token}`,
  /** What the team decided, in numbers. */
  transparency: '/transparence',
  flagCases: '/administration/a-traiter',
  /** GET shows all flags of one thing, POST decides about them. */
  flagCase: (id: string) => `/administration/a-traiter/${id}`,
  territoryFlagCases: (code: string) => `/administration/territoire/${code}/signalements`,
  territoryFlagCase: (code: string, id: string) =>
    `/administration/territoire/${code}/signalements/${id}`,
  /** POST records « J’aimerais un café ici ». */
  requests: '/demandes',
  /** The documentation of the API, for people. */
  api: '/api',
  openApi: '/api/v1/openapi.json',
  verify: '/verifier',
  verifyScript: '/public/verification.js',
  registryScript: '/public/registry.js',
  registry: '/registry.json',
  openData: '/donnees-ouvertes',
  openDataFile: (name: string) => `/donnees-ouvertes/${name}`,
  tableSchema: '/donnees-ouvertes/schema.json',
  /** The schema of the columns of `/export/cafes.csv`. */
  exportSchema: '/export/schema.json',
  tableExample: '/donnees-ouvertes/exemple.csv',
  dataPackage: '/donnees-ouvertes/datapackage.json',
  /** The page that explains how to show the list on another site. */
  embed: '/integrer',
  /** The list inside another site's frame. */
  embedFrame: '/integrer/cadre',
  oembed: '/oembed',
  embedColour: '/integrer/couleur.css',
  legalNotice: '/mentions-legales',
  personalData: '/donnees-personnelles',
  accessibility: '/accessibilite',
  contact: '/contact',
  source: '/code-source',
  /** The operator's own colour; `v` changes with it, so that browsers do not use a cached old one. */
  theme: (colour: string) => `/public/theme.css?v=${encodeURIComponent(colour.slice(1))}`,
  admin: '/administration',
  /** All cafés of the structure; parameters: `etat`, `mots`, `mois`, `page`. */
  adminCafes: '/administration/cafes',
  /** POST does something to the cafés that were chosen in the list: `act`, `item`. */
  manyCafes: '/administration/cafes/plusieurs',
  signIn: '/administration/connexion',
  signOut: '/administration/deconnexion',
  /** GET asks for an address, POST sends a link to it. */
  mailedLink: '/administration/connexion/lien',
  /** POST sends what was typed before signing in by a link. */
  resumePendingForm: '/administration/connexion/reprise',
  /** POST uses the link up and sets a new password. */
  newPassword: (token: string) => `/administration/lien/${token}/mot-de-passe`,
  /** The link of the mail « a-t-il toujours lieu ? »: GET shows a button, POST confirms without signing in. */
  confirmationLink: (token: string) => `/administration/confirmation/${token}`,
  /** GET shows a form, POST uses the invitation up. */
  teamInvitation: (code: string) => `/administration/invitation/${code}`,
  /** GET shows a button, POST uses the link up, so that a mail scanner that opens links does not use it up. */
  signInLink: (token: string) => `/administration/lien/${token}`,
  /** GET shows a button, POST confirms an account's new e-mail address. */
  confirmEmail: (token: string) => `/administration/adresse/${token}`,
  firstPassword: (token: string) => `/administration/premier-acces/${token}`,
  /** The first steps of a new account: its name, e-mail and password. */
  choosePassword: '/administration/bienvenue',
  newCafe: '/administration/cafes/nouveau',
  /** A new café that uses a resource, by its slug. */
  newCafeWith: (slug: string) =>
    `/administration/cafes/nouveau?${new URLSearchParams({ ressource: slug })}`,
  editCafe: (id: string) => `/administration/cafes/${id}`,
  /** A café's state, the directories that show it, and the next actions. */
  cafeOnline: (id: string) => `/administration/cafes/${id}/en-ligne`,
  /** A new café with the texts of this one, a week later; with `duplicateCafe`, the date is left to be typed. */
  copyCafe: (id: string) => `/administration/cafes/nouveau?copie=${id}`,
  duplicateCafe: (id: string) => `/administration/cafes/nouveau?copie=${id}&jour=`,
  cancelCafe: (id: string) => `/administration/cafes/${id}/annuler`,
  /** The form to cancel, postpone, move online, mark as full or restore a café. */
  cafeStatus: (id: string) => `/administration/cafes/${id}/situation`,
  /** POST records that the team confirms the café. */
  /** GET `objet` and `annuaire` asks why a directory should show it again, POST tells that directory. */
  appealHiding: '/administration/masques/recours',
  appealHidingOf: (id: string, directory: string) =>
    `/administration/masques/recours?${new URLSearchParams({ objet: id, annuaire: directory })}`,
  hidingSeen: (id: string) => `/administration/masques/${id}/vu`,
  confirmCafe: (id: string) => `/administration/cafes/${id}/confirmer`,
  publishCafe: (id: string) => `/administration/cafes/${id}/publier`,
  deleteCafe: (id: string) => `/administration/cafes/${id}/supprimer`,
  askedPlace: (id: string) => `/administration/cafes/${id}/lieu`,
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
  /** What followed calendars say otherwise than people changed here: GET shows it, POST takes it or keeps ours. */
  differences: '/administration/import/differences',
  settleDifference: (cafeId: string) => `/administration/import/differences/${cafeId}`,
  /** Cafés that a followed calendar no longer has: GET asks before cancelling, POST does what `decision` says. */
  absentCafes: (id: string) => `/administration/import/agendas/${id}/absents`,
  network: '/administration/reseau',
  /** A site that asks to be in the directory, is in it, or was refused: its own answers, and the team's decision. */
  admission: (id: string) => `/administration/reseau/${id}`,
  /** The request of a member that lost its data. */
  settleRecovery: (id: string) => `/administration/reseau/${id}/reprise`,
  peerAction: (id: string, action: PeerAction) => `/administration/reseau/${id}/${action}`,
  /** POST does something to the sites that were chosen in the list: `act`, `item`. */
  manySites: '/administration/reseau/plusieurs',
  join: '/administration/reseau/rejoindre',
  follow: '/administration/reseau/suivre',
  stopFollowing: (id: string) => `/administration/reseau/suivis/${id}/arreter`,
  retryEverybody: '/administration/reseau/reessayer',
  retryFollowing: (id: string) => `/administration/reseau/suivis/${id}/reessayer`,
  retryDeliveries: '/administration/reseau/envois/reessayer',
  manyHeldCafes: '/administration/reseau/cafes/plusieurs',
  decideCafe: (id: string, decision: 'montrer' | 'ecarter') =>
    `/administration/reseau/cafes/${id}/${decision}`,
  /** Only at a directory: GET lists what is hidden of what members publish, POST hides one thing with a reason. */
  hiddenObjects: '/administration/reseau/masques',
  /** GET asks for the reason; `adresse` is the address of the page or of the object. */
  hideObject: (address: string) =>
    `/administration/reseau/masques/nouveau?${new URLSearchParams({ adresse: address })}`,
  /** POST shows it again. */
  showObject: '/administration/reseau/masques/montrer',
  /** POST `cafe` and `participants` counts what its report tells. */
  countReport: '/administration/reseau/masques/compter',
  invitations: '/administration/reseau/invitations',
  stamps: '/administration/reseau/accords',
  manyStamps: '/administration/reseau/accords/plusieurs',
  decideStamp: (id: string, decision: 'accepter' | 'refuser') =>
    `/administration/reseau/accords/${id}/${decision}`,
  /** GET lists what is blocked or limited, POST blocks or limits one domain or account. */
  blocks: '/administration/reseau/blocages',
  /** GET asks for confirmation, with the domain or the account. */
  newBlock: '/administration/reseau/blocages/nouveau',
  /** POST `target` lifts one block. */
  endBlock: '/administration/reseau/blocages/lever',
  /** GET shows what a list of another site would change, POST `file` or `list.address` reads one. */
  blockList: '/administration/reseau/blocages/liste',
  /** POST `version` and `act` takes it over. */
  applyBlockList: '/administration/reseau/blocages/liste/appliquer',
  forgetBlockList: '/administration/reseau/blocages/liste/oublier',
  blockListFile: '/administration/reseau/blocages/domaines.csv',
  tokens: '/administration/jetons',
  revokeToken: (id: string) => `/administration/jetons/${id}/revoquer`,
  webhooks: '/administration/webhooks',
  /** GET of `supprimer` asks before the webhook is deleted; POST does what is named. */
  webhook: (id: string, act: 'tester' | 'reprendre' | 'supprimer') =>
    `/administration/webhooks/${id}/${act}`,
  team: '/administration/equipe',
  audit: '/administration/equipe/journal',
  /** GET asks before an administrator's role is taken away, POST changes it. */
  teamRole: (id: string) => `/administration/equipe/${id}/role`,
  removeColleague: (id: string) => `/administration/equipe/${id}/retirer`,
  teamInvitations: '/administration/equipe/invitations',
  /** GET asks for confirmation, POST withdraws. */
  withdrawInvitation: (id: string) => `/administration/equipe/invitations/${id}/retirer`,
  siteState: '/administration/etat',
  /** The public page about how a directory is. */
  publicState: '/etat',
  backups: '/administration/sauvegardes',
  /** POST decides about what is held back since a restore. */
  settleHeld: '/administration/sauvegardes/retenu',
  /** POST opens the pages, and tells what was changed, before the directories have answered what they know. */
  backUpNow: '/administration/sauvegardes/maintenant',
  openPages: '/administration/sauvegardes/ouvrir',
  /** What a directory says was deleted since the backup: GET asks for confirmation, POST decides. */
  claims: '/administration/sauvegardes/effaces',
  /** What directories have of cafés of this site that differs: GET compares, POST chooses. */
  otherVersions: '/administration/sauvegardes/versions',
  mails: '/administration/courriels',
  /** POST records that the team gave the mail to its reader. */
  removeMail: (id: string) => `/administration/courriels/${id}/enlever`,
  handOverMail: (id: string) => `/administration/courriels/${id}/remis`,
  prepareMail: (id: string) => `/administration/courriels/${id}/preparer`,
  adminRequests: '/administration/demandes',
  requestsSeen: '/administration/demandes/vues',
  adminRequestsFile: '/administration/demandes.csv',
  /** For the team: who is proposed, appointed or inactive; for a site: whom it proposes. */
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
  /** The café form, for a structure of a territory. */
  announceFor: (code: string) => `/administration/cafes/nouveau/${code}`,
  /** POST, with a reason. */
  territoryAct: (code: string, act: string) => `/administration/territoire/${code}/${act}`,
  place: '/administration/lieu',
  /** GET shows a form, POST reads a file and fills in the form of the structure. */
  placeFile: '/administration/lieu/fichier',
  /** GET asks what is to become of a hosted structure, POST closes it. */
  closeStructure: '/administration/lieu/fermer',
  settings: '/administration/reglages',
  /** The structures that this site hosts; GET lists them, POST opens one. */
  hostedStructures: '/administration/structures',
  hostedStructure: (id: string) => `/administration/structures/${id}`,
  suspendStructure: (id: string) => `/administration/structures/${id}/suspendre`,
  structureShare: (id: string) => `/administration/structures/${id}/part`,
  resumeStructure: (id: string) => `/administration/structures/${id}/retablir`,
  /** POST says for which structure the session counts from now on. */
  chooseStructure: '/administration/structures/choisir',
  onboarding: '/administration/premiers-pas',
  onboardingDirectory: '/administration/premiers-pas/annuaire',
  skipDirectory: '/administration/premiers-pas/annuaire/passer',
  register: '/administration/reglages/registre',
  /** The history of a form of the administration, by the form's address. */
  historyOf: (form: string) => `${form}/historique`,
  account: '/administration/compte',
  /** GET leads to the form in the account page; POST saves which mails are sent, and how often. */
  mailsOfAccount: '/administration/compte/courriels',
  /** GET shows a button, POST stops one kind of mail, from the page or by a mail reader's button (RFC 8058). */
  stopMail: (token: string) => `/courriels/arret/${token}`,
  /** GET leads to the account page; POST begins to set the second factor up. */
  secondFactor: '/administration/compte/second-facteur',
  confirmSecondFactor: '/administration/compte/second-facteur/confirmer',
  recoveryCodes: '/administration/compte/second-facteur/codes',
  endSecondFactor: '/administration/compte/second-facteur/retirer',
  /** POST takes the code, after the password or the mailed link. */
  secondStep: '/administration/connexion/code',
  /** POST sets whether every account must have a second factor. */
  factorSetting: '/administration/equipe/second-facteur',
  /** GET asks, POST removes the second factor of a colleague. */
  resetFactor: (id: string) => `/administration/equipe/${id}/second-facteur`,
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
  | 'cafes'
  | 'adresse'
  | 'liens'
  | 'donnees'
  | 'masquer'
  | 'retrait'
  | 'photo'
export type ReferentAction = 'nommer' | 'prolonger' | 'terminer' | 'lien' | 'retirer'

/**
 * What each side can do about a membership of a network, below the page of the structure's networks or of the network:
 * GET asks for confirmation, POST does it. For an offer, GET looks up the address that was typed.
 */
export const MEMBERSHIP_PATHS = {
  subject: {
    offer: 'demander',
    accept: 'appartenance/accepter',
    refuse: 'appartenance/refuser',
    withdraw: 'appartenance/retirer',
    end: 'appartenance/quitter',
  },
  object: {
    offer: 'inviter',
    accept: 'structures/accueillir',
    refuse: 'structures/refuser',
    withdraw: 'structures/annuler',
    end: 'structures/retirer',
  },
} as const

export type PeerAction = 'accepter' | 'refuser' | 'reessayer' | 'bloquer' | 'arreter'

/** Returns the `tel:` link (RFC 3966) of a phone number as it was written: its digits and plus signs alone. */
export const telHref = (phone: string): string => `tel:${phone.replace(/[^+\d]/gu, '')}`

/** What its author does with a suggested café. */
export type SuggestionAction = 'modifier' | 'retirer' | 'effacer'

/** What a person does to their own registration. */
/** What is done to the report of a café besides saving it. */
export type ReportAction = 'effacer'

export type OwnRegistrationAction =
  | ('accepter' | 'laisser')
  | ('places' | 'annuler' | 'effacer' | 'donnees.json')
