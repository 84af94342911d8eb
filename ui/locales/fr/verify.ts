import type { Verdict } from '../../../node/domain/federation/verification.ts'
import { typesetFrench } from '../typography.ts'

const verdicts: Record<Verdict, string> = {
  valid: 'Authentique',
  altered: 'Modifié après la signature',
  future: 'Signé à une date à venir',
  'not-yet': 'Authentique, mais pas encore commencé',
  expired: 'Authentique, mais arrivé à son terme',
  revoked: 'Retiré par l’annuaire',
  unsigned: 'Sans signature',
  'unknown-key': 'Signé par une clé inconnue du registre',
  'wrong-key': 'Signé par quelqu’un d’autre que son auteur',
  'retired-key': 'Signé avec une clé abandonnée',
  'other-issuer': 'Ne vient pas de l’annuaire de ce registre',
  'no-directory': 'Ne se vérifie qu’avec le registre de son annuaire',
  unreadable: 'Illisible',
}

/** The sentences that name the author of a document that is not, or not provably, the author's own text. */
const by: Record<string, string> = {
  altered: 'Se dit publié par {who}',
  'wrong-key': 'Signé par {who}',
  'other-issuer': 'Signé par {who}',
  'no-directory': 'Signé par {who}',
  future: 'Se dit publié par {who}',
}

/** The name of each kind of document. */
const types: Record<string, string> = {
  Event: 'café',
  Profile: 'profil d’animatrice ou d’animateur',
  Person: 'profil',
  Relationship: 'mandat',
  Collection: 'registre',
  Organization: 'réseau',
  Note: 'message',
  Poster: 'affiche',
  Certificate: 'attestation',
  other: 'document',
}

/** The texts of « Vérifier »: who published a document, and whether it was changed. */
export const verifyFr = typesetFrench({
  title: 'Vérifier un document',
  lead: 'Un fichier de cafés, un mandat, le code d’une affiche : est-ce bien ce que le lieu a publié ?',
  how: 'Chaque lieu signe ce qu’il publie. Une seule lettre changée, et la signature ne va plus.',
  readHere: 'Votre document est envoyé à ce site, qui le lit et ne le garde pas.',
  readInBrowser: 'La vérification se fait dans votre navigateur : rien n’est envoyé.',
  file: 'Un fichier',
  fileHint: 'Par exemple « cafes-ia.ndjson », ou un mandat (.json).',
  text: 'Ou un texte à coller',
  textHint: 'Le contenu d’un fichier, ou l’adresse que donne le code d’une affiche.',
  submit: 'Vérifier',
  result: 'Résultat',
  nothing: 'Choisissez un fichier ou collez un texte.',
  working: 'Vérification en cours…',
  progress: 'Documents vérifiés : {n}…',
  oneValid: 'Ce document est authentique : rien n’a été changé.',
  allValid: 'Les {n} documents sont authentiques : rien n’a été changé.',
  oneWrong: 'Ne vous fiez pas à ce document.',
  someWrong: 'Documents auxquels ne pas se fier : {wrong} sur {n}.',
  first: 'Seuls les {n} premiers sont montrés, ceux qui ne vont pas d’abord.',
  line: 'ligne {n}',
  publishedBy: 'Publié par {who}',
  signedOn: 'signé le {when}',
  until: 'jusqu’au {when}',
  posterNote:
    'L’affiche vient bien de ce lieu. Elle ne peut pas dire si le café a été annulé depuis : regardez sa page.',
  fromData: 'Chaque café du fichier « cafes-ia.ndjson » est signé par son lieu.',
  code: 'Code QR pour une affiche',
  askedOrigin:
    'Clés qui ne sont pas au registre : demandées aux sites eux-mêmes. Pour ne rien demander : --offline.',
  by,
  verdicts,
  types,
  registry: 'À quoi les signatures sont comparées',
  registryText:
    'Au registre que cet annuaire tient et signe : les clés publiques des lieux du réseau.',
  registryFile: 'Le registre signé (JSON)',
  comparedWith: 'Comparé au registre de {host}, signé le {when}.',
  comparedWithOld:
    'Comparé au registre de {host}, signé le {when}, il y a {n} jours : ce qui a été retiré depuis n’y est pas.',
  registryAltered:
    'Ce registre a été altéré : sa signature ne va plus. Reprenez-le auprès de l’annuaire.',
  registryFuture:
    'Ce registre porte une date à venir. Vérifiez l’heure de cette machine ; si elle est juste, reprenez-le auprès de l’annuaire.',
  registryForged:
    'Ce registre a été altéré, ou il est périmé : il n’est pas signé par une clé que l’annuaire donne aujourd’hui. Reprenez-le auprès de l’annuaire.',
  registryUnconfirmed: 'L’annuaire ne répond pas : personne d’autre ne confirme ce registre.',
  registryAlone:
    'Rien hors du registre lui-même ne dit qu’il vient de {host} : qui le fabrique en entier fabrique aussi sa signature. Pour vous en assurer : sans --offline, ou avec --key et la clé de l’annuaire, notée un jour de confiance.',
  registryOfIssuer:
    '{host} confirme ce registre, mais rien d’autre ne dit que {host} est un annuaire, et un site ne le prouve pas lui-même : un mandat n’est sûr que si vous connaissez cet annuaire. Pour vous en assurer : --key et sa clé, notée un jour de confiance.',
  registryKey: 'Sa clé : {key}',
  otherKey: '--key : ce registre n’est pas signé avec cette clé, mais avec {key}.',
  fits: 'Conforme à ce registre',
  oneFits: 'Ce document est conforme à ce registre, que rien d’autre ne confirme.',
  allFit: 'Les {n} documents sont conformes à ce registre, que rien d’autre ne confirme.',
  noRegistry: 'Le registre des clés n’a pas pu être lu : rechargez la page.',
  keep: 'Sans réseau',
  saveText:
    'Enregistrez une copie de cette page : elle vérifie aussi sans connexion, avec le registre d’aujourd’hui.',
  keepButton: 'Enregistrer une copie',
  copyOf: 'Copie faite pour servir sans réseau',
  command: 'Ou avec le programme, dans un terminal :',
})
