import type { CertificateWords } from '../../node/domain/kit/certificate-words.ts'
import {
  ACTIVITY_FACTS,
  type Certificate,
  signatureEndOf,
} from '../../node/domain/structures/certificate.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { dayInParis } from '../../node/domain/values/days.ts'
import type { Lang } from '../../node/domain/values/lang.ts'
import { numberText } from '../../node/domain/values/number-text.ts'
import { messagesFor } from '../locales/messages.ts'

type Of = {
  lang: Lang
  certificate: Certificate
  /** As it is printed: the structure, or the person. */
  name: string
  /** The address in its code, signature and all. */
  address: string
  siteName: string
  now: Temporal.Instant
}

/** Returns what is written on a certificate of activity. */
export function certificateWords(
  { lang, certificate, name, address, siteName, now }: Of,
  look: Pick<CertificateWords, 'movement' | 'accent'>,
): CertificateWords {
  const t = messagesFor(lang)
  const w = t.certificate
  const day = (date: Temporal.PlainDate) => plainDate(date, lang)
  return {
    ...{ lang, title: w.title, name, movement: look.movement, accent: look.accent },
    period: w.period(day(certificate.from), day(certificate.until)),
    facts: ACTIVITY_FACTS.map((fact) => ({
      count: numberText(certificate[fact], lang),
      text: w.facts[fact],
    })),
    note: w.note,
    go: {
      ...{ text: w.check, href: address, code: w.code },
      end: w.end(signatureEndOf(address)),
    },
    printed: w.printed(siteName, day(dayInParis(now))),
    credit: t.kit.sheet.credit,
  }
}
