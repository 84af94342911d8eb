import { cleanText } from '../formats/text/clean-text.ts'

/**
 * What OpenSSL, Node and the mail library say in English of a connection that failed, and the same in French for an
 * operator. The first that fits is taken. Certificates: X509_verify_cert_error_string(3) and ERR_TLS_CERT_ALTNAME_INVALID.
 */
const FAULTS: readonly [RegExp, string][] = [
  [/certificate has expired/i, 'le certificat a expiré'],
  [/certificate is not yet valid/i, 'le certificat n’est pas encore valable, ou l’horloge retarde'],
  [
    /self[- ]signed certificate in certificate chain/i,
    'le certificat vient d’une autorité que personne ne reconnaît',
  ],
  [/self[- ]signed certificate/i, 'le certificat est signé par lui-même, par aucune autorité'],
  [
    /unable to (?:verify the first|get (?:local )?issuer) certificate/i,
    'le certificat vient d’une autorité inconnue, ou le serveur ne donne pas les certificats intermédiaires',
  ],
  [/altname/i, 'le certificat est au nom d’un autre site'],
  [/certificate (?:has been )?revoked/i, 'le certificat a été révoqué'],
  [/(?:key|digest|md) too (?:weak|small)/i, 'la clé ou la signature du certificat est trop faible'],
  [/certificate/i, 'le certificat n’est pas valable'],
  [
    /wrong version number|packet length too long|http request/i,
    'il n’y a pas de chiffrement (TLS) à ce port',
  ],
  [
    /unsupported protocol|protocol version/i,
    'la version de TLS est trop ancienne d’un côté ou de l’autre',
  ],
  [
    /alert (?:internal error|unrecognized name)|tlsv1 unrecognized name/i,
    'le serveur n’a pas de certificat pour ce nom',
  ],
  [/handshake failure|before secure TLS/i, 'la connexion chiffrée (TLS) n’a pas pu s’établir'],
  [/STARTTLS/i, 'le serveur ne propose pas de chiffrer (STARTTLS)'],
  [/ECONNREFUSED/, 'la connexion est refusée : aucun programme n’écoute à ce port'],
  [/ECONNRESET|EPIPE|hang up|other side closed|closed/i, 'la connexion a été coupée'],
  [/is not a public server/, 'le nom mène à une adresse qui n’est pas publique'],
  [/redirects (?:too often|to)/, 'l’adresse renvoie sans fin, ou vers un autre protocole'],
  [/EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL/, 'aucun chemin n’y mène dans le réseau'],
  [/ENOTFOUND/, 'le nom n’existe pas'],
  [/EAI_AGAIN/, 'les serveurs de noms ne répondent pas'],
  [
    /ETIMEDOUT|time(?:d )?out|no whole answer|Greeting never received/i,
    'pas de réponse à temps : un pare-feu ?',
  ],
  [
    /Invalid login|Missing credentials|\b535\b|\b5\.7\.8\b/i,
    'le compte ou le mot de passe est refusé',
  ],
  [/SSL|TLS/, 'la connexion chiffrée (TLS) a échoué'],
]

/** The most UTF-16 units of what a machine said that are looked at, and repeated. */
export const LONGEST = 300

/**
 * Returns in French why a connection failed, with the original words behind it for who searches for them; these alone
 * where they are not known.
 */
export function describeFault(message: string): string {
  const said = cleanText(message, LONGEST)
  const known = FAULTS.find(([sign]) => sign.test(said))?.[1]
  return known === undefined ? said : `${known} ; en anglais : ${said}`
}

/** Returns whether a connection failed by its certificate, or by what encrypts it. */
export const isFaultOfTls = (message: string): boolean =>
  /certificate|altname|SSL|TLS/i.test(message.slice(0, LONGEST))
