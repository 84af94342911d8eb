/**
 * Why a mail was not accepted: no such `address`; the mailbox is `full`; the message is `refused`; the relay refuses
 * this site's `login`; it is `unreachable`; or it says to try `later`.
 */
const MAIL_FAILURES = [
  'address',
  'full',
  'refused',
  'login',
  'unreachable',
  'later',
  'unknown',
] as const
export type MailFailure = (typeof MAIL_FAILURES)[number]

/** What is looked for in the relay's answer, the first that is there. RFC 3463 has the meaning of `5.1.1`. */
const SIGNS: readonly [RegExp, MailFailure][] = [
  [/\b(?:53[0458]|454)\b|\b[45]\.7\.[89]\b|invalid login|authentication/i, 'login'],
  [
    /ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOST|ENET|ESOCKET|timeout|closed|certificate/i,
    'unreachable',
  ],
  [/\b[45]\.2\.2\b|\b[45]52\b|quota|mailbox full/i, 'full'],
  // Before 550, which many servers answer to a message that they take for spam as well.
  [/\b5\.7\.\d+\b|spam|blocked/i, 'refused'],
  [
    /\b5\.1\.\d+\b|\b55[013]\b|user unknown|no such user|does not exist|invalid recipient/i,
    'address',
  ],
  [/\b5\d\d\b/, 'refused'],
  [/\b4\d\d\b/, 'later'],
]

/** The longest answer that is looked at. */
const LOOKED_AT = 500

/** Returns why a mail failed, by what was stored of the relay's answer. */
export function mailFailureOf(error: string): MailFailure {
  const start = error.slice(0, LOOKED_AT)
  return SIGNS.find(([sign]) => sign.test(start))?.[1] ?? 'unknown'
}
