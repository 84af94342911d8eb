import type { Purpose } from '../../../../node/domain/structures/personal-data.ts'
import { LINK_MINUTES } from '../../../../node/domain/values/link.ts'
import {
  ALERT_DAYS,
  CONSENT_DAYS,
  RETENTION_DAYS,
} from '../../../../node/domain/values/retention.ts'
import { daysInEnglish, minutesInEnglish } from '../../durations.ts'
import type { DataRow, personalDataFr } from '../../fr/structures/personal-data.ts'
import { sentenceCase } from '../../typography.ts'

const days = daysInEnglish
const { mail, signInMail, audit, edit, session, remoteActor, journal } = RETENTION_DAYS

const SENT = `The text: until it is sent; the trace of its sending: ${days(mail)}`
const EVERYBODY = 'Everybody, as this site is public'

const rows: Record<Purpose, DataRow> = {
  accounts: {
    purpose: 'Accounts of the team and of others who sign in',
    who: 'The team, local referents, heads of networks',
    interest: 'running the site',
    to: 'The team',
    keep: `As long as the account exists; an unused session: at most ${days(session)}; who changed a way in or a setting: ${days(audit)}; who announced, changed, cancelled or deleted a café or a venue, or changed the words of the site: ${days(edit)}`,
  },
  mails: {
    purpose: 'Messages to the team: invitations, links to sign in, questions about a café',
    who: 'The team, people who are invited',
    interest: 'letting in the team alone, and announcing only what takes place',
    to: 'Whoever is written to',
    keep: `${days(mail)}; ${days(signInMail)} for a requested link`,
  },
  notice: {
    purpose: 'Legal notice of this site',
    who: 'The person responsible for what is published, and whoever answers about data',
    basis: 'Legal obligation (French law of 21 June 2004, art. 1-1; GDPR, art. 13)',
    to: EVERYBODY,
    keep: `Until the team changes it; what was there before: ${days(edit)}`,
  },
  cited: {
    purpose: 'People cited in a café: who speaks, who is named, who is on a photo',
    who: 'Speakers, and people of whom a text tells or whom a photo shows',
    interest: 'announcing a public meeting',
    note: 'For a photo: the consent of the person, or of their parents.',
    to: 'Everybody; the directories and accounts that follow this site',
    keep: `As long as the café’s page exists; taken out on request, here and at directories. A name that was taken out is in no history; other former words: ${days(edit)} for the team, or erased on request`,
  },
  registrations: {
    purpose: 'Registrations at a café: keep a seat',
    who: 'People who register',
    note: 'Needs for the welcome are chosen from a closed list.',
    basis: 'The request of the person (GDPR, art. 6 §1 b)',
    to: 'The team of the place; nobody else',
    keep: '',
  },
  suggestions: {
    purpose: 'Suggesting a café to the directory',
    who: 'The people who suggest one',
    note: 'The name of the organisation and what is said of the café are public once it is published; the e-mail address never is.',
    basis: 'The request of the person (GDPR, art. 6 §1 b)',
    to: 'The team of the directory, and the referent of the territory; nobody else',
    keep: `${days(RETENTION_DAYS.suggestion)} after the café or after a refusal; ${days(RETENTION_DAYS.unprovenSuggestion)} without a confirmation; earlier by the link of the person`,
  },
  followers: {
    purpose: 'Accounts that follow this site, from Mastodon and compatible networks',
    who: 'The people who have these accounts',
    interest: 'sending what was asked for',
    to: 'The server of that account',
    keep: `As long as the account follows this site, then ${days(remoteActor)}`,
  },
  security: {
    purpose: 'Security',
    who: 'People who visit this site',
    interest: 'protecting the site',
    note: 'To slow down too many requests.',
    to: 'Nobody',
    keep: `${days(RETENTION_DAYS.requests)} at most, in memory; this software writes them to no disk`,
  },
  joining: {
    purpose: 'Requests between sites: what teams write to each other',
    who: 'The teams of the sites',
    interest: 'knowing who joins the network',
    to: 'The team of the other site',
    keep: `Until the answer; then ${days(RETENTION_DAYS.formerPeer)} after a site has left or was refused`,
  },
  profiles: {
    purpose: 'Profiles of facilitators',
    who: 'People who lead cafés, adults',
    basis: 'The person’s consent, item by item, which they can withdraw at any time by their link',
    note: 'They choose what is published, and for whom. Their e-mail address never is.',
    to: 'Whom the person chose: everybody, the structures of the network, or nobody; the directories that they agreed to, one by one',
    keep: `${sentenceCase(days(CONSENT_DAYS.kept))}, unless they agree again, then ${days(CONSENT_DAYS.expired)} without being shown; erased at once if they withdraw (only a fingerprint of the page’s address stays); an unused link: ${minutesInEnglish(LINK_MINUTES['own-profile'])}`,
  },
  messages: {
    purpose: 'Writing to a facilitator',
    who: 'People who write',
    interest: 'answering the request',
    to: 'The facilitator',
    keep: SENT,
  },
  listedProfiles: {
    purpose: 'Facilitators of the member places',
    who: 'People who agreed to be in this directory',
    basis:
      'The person’s consent, given on the site of their place, which they can withdraw at any time',
    note: 'What they agreed to show here, with a small copy of their photo.',
    to: 'Whom the person chose: everybody, or the structures of the network',
    keep: `As long as their consent lasts and their site confirms it; erased as soon as they withdraw, within ${days(RETENTION_DAYS.unconfirmedProfile)} at most (only a fingerprint of the page’s address stays)`,
  },
  flags: {
    purpose: 'Reporting a page, and appealing the decision',
    who: 'People who report',
    interest: 'examining what is flagged, and answering',
    note: 'Neither the team nor the place reads the address. The words are passed on to the site of origin if the person wants it, without their address.',
    to: 'The site that publishes the page, for the words',
    keep: `Until the decision can no longer be appealed; ${days(RETENTION_DAYS.flag)} at most; deleted at once by the link of the person`,
  },
  relayedMessages: {
    purpose: 'Messages passed on to a facilitator',
    who: 'People who write',
    interest: 'passing the request on to the site of the person',
    to: 'The site of the facilitator',
    keep: `A few minutes, until they are passed on; ${days(RETENTION_DAYS.contactMessage)} at most`,
  },
  alerts: {
    purpose: '“Tell me”: a mail when a café is announced',
    who: 'People who asked for it',
    basis: 'Your consent, confirmed by the link of a mail',
    to: 'Nobody',
    keep: `Until you stop, in one click; ${days(ALERT_DAYS.kept)} at most without new consent; ${days(ALERT_DAYS.unconfirmed)} without confirmation`,
  },
  requests: {
    purpose: '“I would like a café here”: to count once a day',
    who: 'People who visit this site',
    interest: 'to know where cafés are wanted',
    note: 'A fingerprint of the first part of the IP address, with a salt that changes every day; afterwards, a number per town.',
    to: 'Nobody',
    keep: 'The fingerprint: that same day; the number says nothing of anybody',
  },
  mandates: {
    purpose: 'Local referents',
    who: 'People who answer for a territory',
    basis: 'The person’s consent, which they can take back at any time by their link',
    note: 'The e-mail address is never published.',
    to: `${EVERYBODY}, except the e-mail address`,
    keep: `For the mandate; the address, ${days(RETENTION_DAYS.referentAddress)} more; a refusal, ${days(RETENTION_DAYS.declinedMandate)}; a mandate that is over, for the team alone, ${days(RETENTION_DAYS.endedMandate)}; the journal of decisions, ${days(journal)}`,
  },
  referentMessages: {
    purpose: 'Writing to a local referent',
    who: 'People who write',
    interest: 'answering the request',
    to: 'The referent or the team',
    keep: SENT,
  },
}

/** The texts of the page about personal data, and of the register of processing. */
export const personalDataEn: typeof personalDataFr = {
  title: 'Personal data',
  lead: 'You can read this site without telling us anything about yourself.',
  controller: 'Who is responsible',
  controllerText: (name) => `${name} is responsible for the data processed on this site.`,
  dpo: 'Data protection officer',
  contact: 'Whom to ask',
  cookies: 'Cookies and audience measurement',
  cookiesText:
    'This site sets no cookie for the people who visit it, and does not count your visits.',
  nothingElsewhere: 'No page loads anything from another site.',
  tiles: (host) =>
    `A single page loads something from another site: the map that can be moved asks ${host} for its pictures, and so gives it your IP address and the address of this site. Without JavaScript, it asks for nothing.`,
  position:
    'If you press “Around me”, your position is rounded to about a kilometre. It is only in the address of that search.',
  cookiesTeam:
    'There is only one cookie: it keeps open the session of a person who has signed in to the administration. This service needs it, so it does not require consent.',
  drafts: `In the administration, the browser also keeps on the person’s device the café that they are writing: for ${days(RETENTION_DAYS.formDraft)} at most, until it is sent or they sign out. Nobody else sees it.`,
  purposes: 'What we keep, and why',
  col: {
    purpose: 'What for',
    who: 'Of whom',
    what: 'What',
    basis: 'On what legal basis',
    to: 'Who gets it',
    keep: 'How long',
  },
  rows,
  kinds: {
    name: 'name',
    email: 'e-mail address',
    account: 'public address of an account',
    territory: 'territory',
    work: 'what they say of their work',
    contact: 'phone or address to show',
    photo: 'photo',
    words: 'words written about them',
    message: 'text of the message',
    choice: 'choices made here',
    consent: 'consents given, with their text and date',
    acts: 'what was done, and when',
    password: 'fingerprint of the password (not the password itself)',
    factor: 'secret of the second factor',
    link: 'fingerprint of secret links',
    browser: 'browser used',
    network: 'IP address',
    print: 'fingerprint that says nothing by itself',
  },
  basis: {
    interest: (why) => `Legitimate interest: ${why}`,
    task: (why) => `Task in the public interest: ${why}`,
  },
  registrationsKeep: (term) =>
    `Needs: until the day after the café; an address that is not confirmed: 24 hours; the rest: ${daysInEnglish(term)} after the café`,
  limitsInDatabase: `${days(RETENTION_DAYS.requests + 1)} at most, in the database of the site`,
  inBackups: {
    most: (total) => `With backups: ${days(total)} at most.`,
    more: `In backups: ${days(RETENTION_DAYS.backup)} more at most.`,
  },
  backups: `A backup of this site, made each night in case of a breakdown, may hold what is erased for ${days(RETENTION_DAYS.backup)} more at most; the one from before an update of the program, until the next update. If it is put back, what had been erased is erased again before the site answers.`,
  noBackups:
    'This site makes no backups itself, except one before each update of the program, kept until the next. Whoever hosts it may make others.',
  hostLogs:
    'The hosting provider may keep a technical log of visits, with the IP address, for security: at most one year.',
  shared: 'With whom it is shared',
  sharedText:
    'A published café is sent to the directories and to the accounts that follow this site. When we delete it, we ask them to delete it; we cannot guarantee it. The profile of a person who leads cafés goes to the directories that they agreed to, named one by one, and to those alone; to who follows their account, if they agreed to it. A message to a person of another site passes through the directory to that site. No other data is passed on, sold or rented out.',
  directories: (hosts) => `Directories that this site has joined: ${hosts}.`,
  noDirectory: 'This site has joined no directory.',
  members: (count) =>
    `This directory exchanges data with the sites of its members (${count} today).`,
  outside:
    'The servers of the accounts that follow this site, or a person who leads cafés here, may be in any country, also outside the European Union: whoever follows chooses. They get only what is public.',
  processors: 'Who works for us',
  host: (name) => `Hosting: ${name}.`,
  mailRelay: (host) => `E-mails: ${host} delivers them; it sees the address and the text of each.`,
  noMailRelay: 'E-mails: none leave this site, the team hands messages over itself.',
  storage: (host) =>
    `Backups: ${host} keeps an encrypted copy, which it cannot read, for the same time.`,
  copies: {
    encrypted: 'Backups: an encrypted copy is kept elsewhere, for the same time.',
    plain: 'Backups: a copy is kept elsewhere, for the same time.',
  },
  database: (host) => `Database: on another machine, ${host}.`,
  proxy: (host) => `Exchanges with other sites: they pass through ${host}.`,
  tileServer: (host) => `Map tiles: ${host}.`,
  rights: 'Your rights',
  rightsText:
    'You can ask to see your data, to correct it, to delete it, to limit its use, or object to it. You can withdraw at any time a consent that you gave, without changing what was done before. You can receive your data in a file, to take it elsewhere. We answer within one month.',
  cnil: 'If our answer does not satisfy you, you can complain to the CNIL, the French data protection authority:',
  cnilLink: 'file a complaint on cnil.fr',
  register: {
    title: 'Register of processing',
    lead: 'What article 30 of the GDPR asks for, filled in with your answers and the settings of the site. Print it, or save it as PDF. It knows nothing of what you do beside this software: add that.',
    madeOn: (day) => `Made on ${day}.`,
    activities: 'Processing activities',
    transfers: 'Transfers outside the European Union',
    security: 'Security measures',
    measures: `Encrypted exchanges (HTTPS); passwords kept as a fingerprint (Argon2id); secret links kept as a fingerprint.
Rights by role; who changed a way in, a mandate or a setting is noted.
No script and no picture of another site on public pages, except the map tiles if they are named here.
What is erased is erased from the files of the database too, and again if an old backup is put back.
No name and no e-mail address in the technical log.`,
    encrypted: 'Encrypted backups.',
    notEncrypted: 'Backups that are not encrypted: keep them as well as the database.',
    see: 'See the register of processing, to print',
  },
}
