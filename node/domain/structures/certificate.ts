/** What a structure or a person has done, as the site counts it: facts side by side, and never one score. */
export type Activity = {
  /** Cafés that took place, whoever was invited. */
  held: number
  /** Of these, those of which a shown report tells. */
  reported: number
  /** The sum of the participants that these reports declare. */
  participations: number
  /** The communes in which they took place. */
  communes: number
  /** Those that were the first café of their commune. */
  firsts: number
  /** The months in which at least one took place. */
  months: number
}

export const NO_ACTIVITY: Activity = {
  ...{ held: 0, reported: 0, participations: 0, communes: 0, firsts: 0, months: 0 },
}

export const ACTIVITY_FACTS = [
  ...(['held', 'reported', 'participations', 'communes', 'firsts', 'months'] as const),
] satisfies (keyof Activity)[]

/** What stands on a certificate, between the day of the first café and the day up to which it counts, both included. */
export type Certificate = Activity & {
  /** The path of the page of whom it is about: `structures/{id}` or `animation/{handle}`. */
  subject: string
  /** The name of a structure; empty for a person, whose name is on their page while they want it. */
  name: string
  from: Temporal.PlainDate
  until: Temporal.PlainDate
}

/** The page that checks a certificate, by what stands in its code. */
const CHECKED_AT = '/verifier?attestation='
const VERSION = 'a1'

/** Encodes a name as browsers do: in a query they encode the apostrophe as well, and the address is signed as it is. */
const encodeName = (name: string): string => encodeURIComponent(name).replaceAll("'", '%27')

/** Returns the address in the code of a certificate, without the signature that follows it after `;`. */
export const certificateAddressOf = (origin: string, certificate: Certificate): string =>
  `${origin}${CHECKED_AT}${[
    ...[VERSION, certificate.subject, encodeName(certificate.name)],
    ...[certificate.from.toString(), certificate.until.toString()],
    ...ACTIVITY_FACTS.map((fact) => certificate[fact]),
  ].join(';')}`

const SUBJECT = /^(?:structures|animation)\/[^/;?#]{1,300}$/
const DAY = /^2\d{3}-\d\d-\d\d$/
const COUNT = /^\d{1,9}$/

/**
 * Reads what the address in the code of a certificate says, signed or not.
 * @returns Undefined for what is no such address.
 */
export function readCertificate(address: string): Certificate | undefined {
  const at = address.indexOf(CHECKED_AT)
  if (at < 0) return undefined
  const [version, subject = '', name = '', from = '', until = '', ...rest] = address
    .slice(at + CHECKED_AT.length)
    .split(';')
  const counts = rest.slice(0, ACTIVITY_FACTS.length)
  const isFormed = version === VERSION && SUBJECT.test(subject) && DAY.test(from) && DAY.test(until)
  if (!isFormed || counts.length < ACTIVITY_FACTS.length || !counts.every((n) => COUNT.test(n)))
    return undefined
  try {
    const facts = Object.fromEntries(ACTIVITY_FACTS.map((fact, i) => [fact, Number(counts[i])]))
    return {
      ...(facts as Activity),
      ...{ subject, name: decodeURIComponent(name) },
      ...{ from: Temporal.PlainDate.from(from), until: Temporal.PlainDate.from(until) },
    }
  } catch {
    return undefined
  }
}

/** Returns the signature at the end of such an address, as ten letters and figures to compare by eye. */
export const signatureEndOf = (address: string): string =>
  address.slice(-10).replace(/^(.{5})/, '$1 ')
