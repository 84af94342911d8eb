import type { Lang } from '../../node/domain/values/lang.ts'
import type { Problem, ProblemCode } from '../../node/domain/values/problem.ts'
import { teamEn } from './en/accounts.ts'
import { adminEn } from './en/admin.ts'
import { alertEn } from './en/alerts.ts'
import { cafeAudienceEn } from './en/cafe-audience.ts'
import { confirmationEn } from './en/cafe-confirmation.ts'
import { duplicatesEn } from './en/cafe-duplicates.ts'
import { cafeLifeEn } from './en/cafe-status.ts'
import { dataEn } from './en/data.ts'
import { exploreEn } from './en/explore.ts'
import { facilitatorSearchEn } from './en/facilitator-search.ts'
import { facilitatorEn } from './en/facilitators.ts'
import { visitorEn } from './en/follow.ts'
import { legalEn } from './en/legal.ts'
import { linksEn } from './en/links.ts'
import { mapEn } from './en/map.ts'
import { structureNetworksEn } from './en/networks.ts'
import { newsletterEn } from './en/newsletter.ts'
import { onboardingEn } from './en/onboarding.ts'
import { publicEn } from './en/public.ts'
import { referentAdminEn } from './en/referent-admin.ts'
import { referentDashboardEn } from './en/referent-dashboard.ts'
import { referentEn } from './en/referents.ts'
import { safetyEn } from './en/safety.ts'
import { findEn } from './en/search.ts'
import { statisticsEn } from './en/statistics.ts'
import { structureFilesEn } from './en/structure-files.ts'
import { structureProfileEn } from './en/structure-profile.ts'
import { followAreaEn, organiseEn, structureEn } from './en/structures.ts'
import { territoryEn } from './en/territories.ts'
import { verifyEn } from './en/verify.ts'
import { teamFr } from './fr/accounts.ts'
import { adminFr } from './fr/admin.ts'
import { alertFr } from './fr/alerts.ts'
import { cafeAudienceFr } from './fr/cafe-audience.ts'
import { confirmationFr } from './fr/cafe-confirmation.ts'
import { duplicatesFr } from './fr/cafe-duplicates.ts'
import { cafeLifeFr } from './fr/cafe-status.ts'
import { dataFr } from './fr/data.ts'
import { exploreFr } from './fr/explore.ts'
import { facilitatorSearchFr } from './fr/facilitator-search.ts'
import { facilitatorFr } from './fr/facilitators.ts'
import { visitorFr } from './fr/follow.ts'
import { legalFr } from './fr/legal.ts'
import { linksFr } from './fr/links.ts'
import { mapFr } from './fr/map.ts'
import { structureNetworksFr } from './fr/networks.ts'
import { newsletterFr } from './fr/newsletter.ts'
import { onboardingFr } from './fr/onboarding.ts'
import { publicFr } from './fr/public.ts'
import { referentAdminFr } from './fr/referent-admin.ts'
import { referentDashboardFr } from './fr/referent-dashboard.ts'
import { referentFr } from './fr/referents.ts'
import { safetyFr } from './fr/safety.ts'
import { findFr } from './fr/search.ts'
import { statisticsFr } from './fr/statistics.ts'
import { structureFilesFr } from './fr/structure-files.ts'
import { structureProfileFr } from './fr/structure-profile.ts'
import { followAreaFr, organiseFr, structureFr } from './fr/structures.ts'
import { territoryFr } from './fr/territories.ts'
import { verifyFr } from './fr/verify.ts'
import { frenchSpaces } from './typography.ts'

const fr = {
  lang: 'fr' as Lang,
  ...publicFr,
  ...visitorFr,
  ...cafeLifeFr,
  admin: adminFr,
  legal: legalFr,
  place: structureProfileFr,
  onboarding: onboardingFr,
  team: teamFr,
  confirmationRequest: confirmationFr,
  find: findFr,
  explore: exploreFr,
  alert: alertFr,
  territory: territoryFr,
  structure: structureFr,
  structureNetworks: structureNetworksFr,
  organise: organiseFr,
  followArea: followAreaFr,
  audience: cafeAudienceFr,
  safety: safetyFr,
  profile: structureFilesFr,
  map: mapFr,
  statistics: statisticsFr,
  newsletter: newsletterFr,
  duplicates: duplicatesFr,
  data: dataFr,
  verify: verifyFr,
  facilitator: facilitatorFr,
  links: linksFr,
  referent: referentFr,
  referentAdmin: referentAdminFr,
  referentDashboard: referentDashboardFr,
  facilitatorSearch: facilitatorSearchFr,
}

/** Every word of every page, in one language. */
export type Messages = typeof fr

const en: Messages = {
  lang: 'en',
  ...publicEn,
  ...visitorEn,
  ...cafeLifeEn,
  admin: adminEn,
  legal: legalEn,
  place: structureProfileEn,
  onboarding: onboardingEn,
  team: teamEn,
  confirmationRequest: confirmationEn,
  find: findEn,
  explore: exploreEn,
  alert: alertEn,
  territory: territoryEn,
  structure: structureEn,
  structureNetworks: structureNetworksEn,
  organise: organiseEn,
  followArea: followAreaEn,
  audience: cafeAudienceEn,
  safety: safetyEn,
  profile: structureFilesEn,
  map: mapEn,
  statistics: statisticsEn,
  newsletter: newsletterEn,
  duplicates: duplicatesEn,
  data: dataEn,
  verify: verifyEn,
  facilitator: facilitatorEn,
  links: linksEn,
  referent: referentEn,
  referentAdmin: referentAdminEn,
  referentDashboard: referentDashboardEn,
  facilitatorSearch: facilitatorSearchEn,
}

const dictionaries: Record<Lang, Messages> = { fr, en }

export const messagesFor = (lang: Lang): Messages => dictionaries[lang]

type Message = string | ((detail: string) => string)

const problemsFr: Record<ProblemCode, Message> = {
  required: 'Ce champ est nécessaire.',
  too_many: (detail) => `Il y en a trop${detail ? ` : ${detail} au plus` : ''}.`,
  too_long: (detail) => `Ce texte est trop long${detail ? ` : ${detail} caractères au plus` : ''}.`,
  too_short: (detail) =>
    `Ce texte est trop court${detail ? ` : ${detail} caractères au moins` : ''}.`,
  invalid: 'Cette réponse n’est pas comprise.',
  unknown_place: 'Cette commune n’est pas connue. Essayez avec son code postal, par exemple 35000.',
  ambiguous_place: (detail) =>
    `Plusieurs communes correspondent : choisissez la bonne${detail ? ` (${detail})` : ''}.`,
  outside_place: 'Ce territoire n’est pas dans celui que nomme le lieu : donnez l’un ou l’autre.',
  place_required:
    'Pour ranger par distance, donnez aussi un lieu : un code postal, une ville ou un point.',
  not_a_past_month: 'Donnez une année et un mois déjà passés. Exemple : 2026-05.',
  not_a_date: 'Cette date n’existe pas. Exemple : 2026-12-03.',
  not_a_time: 'Cette heure n’existe pas. Exemple : 18:30.',
  in_the_past: 'Cette date est déjà passée.',
  ends_before_start: 'La fin doit venir après le début.',
  published_too_late: 'Choisissez une date de publication avant le début du café.',
  too_long_event: 'Un café dure au plus une semaine. Vérifiez la date et l’heure de fin.',
  not_an_url: 'Donnez une adresse complète, qui commence par https://',
  not_a_timezone: 'Ce fuseau horaire n’est pas connu. Exemple : Europe/Paris.',
  price_refused: 'Un café IA est gratuit : il ne peut pas avoir de prix.',
  alt_required: 'Décrivez l’image en quelques mots, pour les personnes qui ne la voient pas.',
  image_unreadable:
    'Cette image ne peut pas être lue. Choisissez un fichier JPEG, PNG, WebP, AVIF ou GIF.',
  image_too_large:
    'Cette image est trop grande : 10 Mo et 24 millions de points au plus, 12 millions en AVIF.',
  number_out_of_range: (detail) =>
    detail ? `Donnez un nombre dans ces limites : ${detail}.` : 'Ce nombre est hors des limites.',
  venue_required: 'Dites où le café a lieu, ou choisissez « En ligne ».',
  online_url_required: 'Donnez le lien pour rejoindre le café en ligne.',
  registration_url_required: 'Donnez l’adresse de la page d’inscription.',
  sign_up_required:
    'Dites comment s’inscrire : le lien en ligne n’est donné qu’aux personnes inscrites.',
  phone_required: 'Donnez le numéro de téléphone à appeler pour s’inscrire.',
  adults_only:
    'Il faut avoir 18 ans ou plus pour figurer ici. Avant, parlez-en à la structure : elle peut vous accueillir à un café sans publier votre nom.',
  consent_required: 'Sans votre accord sur ce point, rien n’est publié.',
  not_an_email: 'Cette adresse e-mail est incomplète. Exemple : prenom@exemple.fr.',
  contact_required: 'Donnez une adresse e-mail ou un numéro de téléphone à montrer.',
  not_json: 'Le corps de la requête n’est pas du JSON.',
  unknown_field: 'Ce champ n’existe pas.',
}

const whereFr = (detail: string) =>
  `Plusieurs territoires correspondent : choisissez le bon${detail ? ` (${detail})` : ''}.`
const whereEn = (detail: string) =>
  `Several territories match: choose the right one${detail ? ` (${detail})` : ''}.`

/** Where a sentence for any field would not say what to write. */
const problemsOfFieldFr: { readonly [fieldAndCode: string]: Message } = {
  'ou.ambiguous_place': whereFr,
  'near.ambiguous_place': whereFr,
  'phone.invalid': 'Donnez un numéro de téléphone, par exemple 02 99 00 00 00.',
  'registration.capacity.invalid': 'Donnez un nombre entier, par exemple 15.',
  'registration.capacity.number_out_of_range': 'Donnez un nombre de 1 à 100 000.',
  'latitude.invalid':
    'Donnez la latitude et la longitude, ou aucune des deux. La latitude va de -90 à 90, par exemple 48,1113.',
  'longitude.invalid':
    'Donnez la latitude et la longitude, ou aucune des deux. La longitude va de -180 à 180, par exemple -1,68.',
}
const problemsOfFieldEn: typeof problemsOfFieldFr = {
  'ou.ambiguous_place': whereEn,
  'near.ambiguous_place': whereEn,
  'phone.invalid': 'Give a telephone number, for example 02 99 00 00 00.',
  'registration.capacity.invalid': 'Give a whole number, for example 15.',
  'registration.capacity.number_out_of_range': 'Give a number from 1 to 100,000.',
  'latitude.invalid':
    'Give both latitude and longitude, or neither. Latitude goes from -90 to 90, for example 48.1113.',
  'longitude.invalid':
    'Give both latitude and longitude, or neither. Longitude goes from -180 to 180, for example -1.68.',
}

const problemsEn: Record<ProblemCode, Message> = {
  required: 'This field is required.',
  too_many: (detail) => `There are too many${detail ? `: at most ${detail}` : ''}.`,
  too_long: (detail) => `This text is too long${detail ? `: at most ${detail} characters` : ''}.`,
  too_short: (detail) =>
    `This text is too short${detail ? `: at least ${detail} characters` : ''}.`,
  invalid: 'This value is not understood.',
  unknown_place: 'This town is not known. Try its postcode, for example 35000.',
  ambiguous_place: (detail) =>
    `Several towns match: choose the right one${detail ? ` (${detail})` : ''}.`,
  outside_place:
    'This territory is not within the one that the place names: give one or the other.',
  place_required: 'To sort by distance, give a place as well: a postcode, a town or a point.',
  not_a_past_month: 'Give a year and a month that are over. Example: 2026-05.',
  not_a_date: 'This date does not exist. Example: 2026-12-03.',
  not_a_time: 'This time does not exist. Example: 18:30.',
  in_the_past: 'This date is already past.',
  ends_before_start: 'The end must come after the start.',
  published_too_late: 'Choose a date of publication before the café begins.',
  too_long_event: 'A café lasts a week at most. Check the date and time of its end.',
  not_an_url: 'Give a complete address that begins with https://',
  not_a_timezone: 'This time zone is not known. Example: Europe/Paris.',
  price_refused: 'A Café IA is free of charge: it cannot have a price.',
  alt_required: 'Describe the image in a few words, for people who do not see it.',
  image_unreadable: 'This image cannot be read. Choose a JPEG, PNG, WebP, AVIF or GIF file.',
  image_too_large:
    'This image is too large: at most 10 MB and 24 million pixels, 12 million in AVIF.',
  number_out_of_range: (detail) =>
    detail ? `Give a number within these limits: ${detail}.` : 'This number is out of range.',
  venue_required: 'Say where the café takes place, or choose "online".',
  online_url_required: 'Give the link to join the café online.',
  registration_url_required: 'Give the address of the page to sign up.',
  sign_up_required: 'Say how to sign up: the online link is given to registered people only.',
  phone_required: 'Give the telephone number to call to sign up.',
  adults_only:
    'One must be 18 or older to appear here. Until then, talk to the structure: it can welcome you at a café without publishing your name.',
  consent_required: 'Without your consent to this, nothing is published.',
  not_an_email: 'This e-mail address is incomplete. Example: name@example.org.',
  contact_required: 'Give an e-mail address or a telephone number to show.',
  not_json: 'The body of the request is not JSON.',
  unknown_field: 'This field does not exist.',
}

/**
 * A problem in one plain sentence. `detail`, where it is known, is the limit for `too_long` and `too_short` (a
 * number), the limits for `number_out_of_range` (`1–500`) and the candidates for `ambiguous_place`.
 */
export function problemMessage(problem: Problem, lang: Lang): string {
  const ofField = lang === 'fr' ? problemsOfFieldFr : problemsOfFieldEn
  const ofAny = lang === 'fr' ? problemsFr : problemsEn
  const message = ofField[`${problem.field}.${problem.code}`] ?? ofAny[problem.code]
  const sentence = typeof message === 'string' ? message : message(problem.detail ?? '')
  return lang === 'fr' ? frenchSpaces(sentence) : sentence
}
