import { RESOURCES_OF_STRUCTURE } from '../../domain/limits/limits.ts'
import type { TokenScope } from '../../domain/structures/token-scope.ts'
import type { Lang } from '../../domain/values/lang.ts'

/** The kinds of problems of a whole request, each an anchor of the API's page, with their status. */
export const PROBLEM_STATUS = {
  'bad-request': 400,
  'malformed-address': 400,
  unauthorized: 401,
  'insufficient-scope': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'too-slow': 408,
  conflict: 409,
  gone: 410,
  'mark-unknown': 410,
  'precondition-failed': 412,
  'too-large': 413,
  'unsupported-type': 415,
  invalid: 422,
  'key-reused': 422,
  'too-many-requests': 429,
  'headers-too-large': 431,
  internal: 500,
  busy: 503,
  'just-restored': 503,
  'disk-full': 507,
} as const
export type ProblemType = keyof typeof PROBLEM_STATUS

type Words = { title: string; detail?: string }

const fr: Record<ProblemType, Words> = {
  'bad-request': { title: 'Cette demande n’est pas comprise.' },
  'malformed-address': {
    title: 'Cette adresse est mal formée.',
    detail: 'Encodez chaque partie de l’adresse pour elle-même (« %20 » pour une espace).',
  },
  unauthorized: {
    title: 'Il faut un jeton valable.',
    detail: 'Envoyez « Authorization: Bearer » suivi d’un jeton de ce site.',
  },
  'insufficient-scope': { title: 'Ce jeton ne sert pas à cela.' },
  'not-found': { title: 'Il n’y a rien à cette adresse.' },
  'method-not-allowed': { title: 'Cette adresse ne prend pas cette méthode.' },
  'too-slow': {
    title: 'Cette demande arrive trop lentement.',
    detail: 'Envoyez-la en moins de quinze secondes, en plusieurs fois s’il le faut.',
  },
  conflict: { title: 'Cette demande contredit ce qui est enregistré.' },
  gone: { title: 'Ce qui était à cette adresse a été supprimé par qui le publiait.' },
  'mark-unknown': {
    title: 'On ne sait plus ici tout ce qui a changé depuis.',
    detail: 'Lisez tout à nouveau, avec updatedSince et une date ancienne.',
  },
  'precondition-failed': {
    title: 'Ce que vous vouliez modifier a changé depuis.',
    detail: 'Lisez-le à nouveau : son ETag n’est plus celui de If-Match.',
  },
  'too-large': { title: 'Cette demande est trop longue.' },
  'unsupported-type': {
    title: 'Ce type de contenu n’est pas pris.',
    detail: 'Envoyez du JSON avec « Content-Type: application/json ».',
  },
  invalid: { title: 'Il y a des erreurs dans ce qui a été envoyé.' },
  'key-reused': {
    title: 'Cette clé a déjà servi.',
    detail: 'La même Idempotency-Key ne vaut que pour la même demande, mot pour mot.',
  },
  'too-many-requests': {
    title: 'Trop de demandes.',
    detail: 'Attendez le nombre de secondes que dit Retry-After.',
  },
  'headers-too-large': {
    title: 'Les en-têtes de cette demande sont trop longs.',
    detail: 'Au plus 16 Kio en tout. Dans un navigateur, effacez les cookies de ce site.',
  },
  internal: {
    title: 'Une erreur s’est produite chez nous.',
    detail: 'Réessayez plus tard. Si cela dure, écrivez à l’équipe de ce site.',
  },
  busy: {
    title: 'Trop de demandes arrivent en ce moment.',
    detail: 'Attendez le nombre de secondes que dit Retry-After.',
  },
  'just-restored': {
    title: 'Ce site vient d’être remis d’après une sauvegarde, et ne montre encore rien.',
    detail: 'Il demande à son annuaire ce qui a été supprimé depuis. Réessayez dans une minute.',
  },
  'disk-full': {
    title: 'Le disque de ce site est plein : rien n’a été enregistré.',
    detail: 'Réessayez plus tard. Si cela dure, écrivez à l’équipe de ce site.',
  },
}

const en: Record<ProblemType, Words> = {
  'bad-request': { title: 'This request is not understood.' },
  'malformed-address': {
    title: 'This address is malformed.',
    detail: 'Encode each part of the address by itself ("%20" for a space).',
  },
  unauthorized: {
    title: 'A valid token is needed.',
    detail: 'Send "Authorization: Bearer" followed by a token of this site.',
  },
  'insufficient-scope': { title: 'This token is not for that.' },
  'not-found': { title: 'There is nothing at this address.' },
  'method-not-allowed': { title: 'This address does not take this method.' },
  'too-slow': {
    title: 'This request arrives too slowly.',
    detail: 'Send it within fifteen seconds, in several parts if need be.',
  },
  conflict: { title: 'This request contradicts what is stored.' },
  gone: { title: 'What was at this address was deleted by whoever published it.' },
  'mark-unknown': {
    title: 'What changed since then is no longer all known here.',
    detail: 'Read everything again, with updatedSince and a date long ago.',
  },
  'precondition-failed': {
    title: 'What you wanted to change has changed since.',
    detail: 'Read it again: its ETag is no longer that of If-Match.',
  },
  'too-large': { title: 'This request is too long.' },
  'unsupported-type': {
    title: 'This type of content is not taken.',
    detail: 'Send JSON with "Content-Type: application/json".',
  },
  invalid: { title: 'There are errors in what was sent.' },
  'key-reused': {
    title: 'This key was used before.',
    detail: 'One Idempotency-Key stands for one request, word for word.',
  },
  'too-many-requests': {
    title: 'Too many requests.',
    detail: 'Wait for the number of seconds that Retry-After gives.',
  },
  'headers-too-large': {
    title: 'The headers of this request are too long.',
    detail: 'At most 16 KiB in all. In a browser, delete the cookies of this site.',
  },
  internal: {
    title: 'An error happened on our side.',
    detail: 'Try again later. If it lasts, write to the team of this site.',
  },
  busy: {
    title: 'Too many requests are coming in at the moment.',
    detail: 'Wait for the number of seconds that Retry-After gives.',
  },
  'just-restored': {
    title: 'This site was just restored from a backup, and shows nothing yet.',
    detail: 'It asks its directory what was deleted since. Try again in a minute.',
  },
  'disk-full': {
    title: 'The disk of this site is full: nothing was saved.',
    detail: 'Try again later. If it lasts, write to the team of this site.',
  },
}

/** Returns the title of a type of problem and, for some, its explanation, in one language. */
export const problemTexts = (type: ProblemType, lang: Lang): Words => ({ fr, en })[lang][type]

/** Returns which scope a token lacks, in one language. */
export const scopeText = (scope: TokenScope, lang: Lang): string =>
  ({
    fr: `Il lui manque le droit « ${scope} ». Créez un jeton qui l’a.`,
    en: `It lacks the scope "${scope}". Create a token that has it.`,
  })[lang]

/** The texts about what is too long, by the unit in which it is counted. */
const LIMITS = {
  bytes: {
    fr: (most: number) => `Au plus ${most / 1024} Kio.`,
    en: (most: number) => `At most ${most / 1024} KiB.`,
  },
  lines: {
    fr: (most: number) => `Au plus ${most} lignes.`,
    en: (most: number) => `At most ${most} lines.`,
  },
  values: {
    fr: (most: number) => `Au plus ${most} valeurs dans un même objet JSON.`,
    en: (most: number) => `At most ${most} values in one JSON object.`,
  },
} as const
export type LimitUnit = keyof typeof LIMITS

/** Returns the sentence that says how much of something may be sent. */
export const limitText = ({ unit, most }: { unit: LimitUnit; most: number }, lang: Lang): string =>
  LIMITS[unit][lang](most)

/** The reasons why a request contradicts what is stored. */
export const CONFLICTS = {
  reference: {
    fr: 'Un autre café de cette structure a déjà cette référence.',
    en: 'Another café of this structure has this reference.',
  },
  uid: {
    fr: 'Un autre café de cette structure a déjà cet identifiant de calendrier.',
    en: 'Another café of this structure has this calendar identifier.',
  },
  published: {
    fr: 'Ce café est déjà public : il peut être annulé ou supprimé, plus retenu.',
    en: 'This café is public already: it can be cancelled or deleted, no longer held back.',
  },
  registration: {
    fr: 'Ce café ne prend pas d’inscription sur ce site, ou n’en prend plus.',
    en: 'This café takes no registration on this site, or takes none any more.',
  },
  registrations: {
    fr: 'La liste de ce café est pleine : ce site ne tient pas plus d’inscriptions à un café.',
    en: 'The list of this café is full: this site holds no more registrations of a café.',
  },
  webhooks: {
    fr: 'Votre structure a autant de webhooks qu’elle peut en avoir : supprimez-en un.',
    en: 'Your structure has as many webhooks as it may have: delete one.',
  },
  unpublished: {
    fr: 'Ce café n’est pas encore public : il n’y a rien à changer à son annonce.',
    en: 'This café is not public yet: there is no announcement to change.',
  },
  'report-draft': {
    fr: 'Ce café n’a pas été annoncé : il n’a pas de bilan.',
    en: 'This café was not announced: it has no report.',
  },
  'report-off': {
    fr: 'Ce café est annulé ou attend une autre date : il n’a pas de bilan.',
    en: 'This café is cancelled or waits for another date: it has no report.',
  },
  'report-early': {
    fr: 'Ce café n’a pas encore commencé : le bilan vient après.',
    en: 'This café has not begun yet: its report comes after it.',
  },
  'report-late': {
    fr: 'Ce café a eu lieu il y a plus de 30 jours : son bilan ne change plus. Il peut encore être effacé.',
    en: 'This café took place more than 30 days ago: its report no longer changes. It can still be deleted.',
  },
  'resources-full': {
    fr: `Cette structure a déjà ${RESOURCES_OF_STRUCTURE} ressources, et c’est le maximum.`,
    en: `This structure already has ${RESOURCES_OF_STRUCTURE} resources, which is the maximum.`,
  },
} as const
export type Conflict = keyof typeof CONFLICTS
