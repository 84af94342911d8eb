import {
  ACTIVITY_FACTS,
  type Activity,
  type Certificate,
} from '../../node/domain/structures/certificate.ts'
import { plainDate } from '../../node/domain/values/date-text.ts'
import { numberText } from '../../node/domain/values/number-text.ts'
import { Link } from '../components/link.tsx'
import type { Messages } from '../locales/messages.ts'
import { toPrintedName } from '../locales/typography.ts'

export type CheckedCertificate = {
  /** What the paper says, where the site has signed it; undefined where something was changed or invented. */
  signed: Certificate | undefined
  /** Whom it is about, as they are shown now; undefined for somebody who has left. */
  subject: { name: string; href: string } | undefined
  /** What is true today of the same days; undefined where nothing counts any more, or they have left. */
  today: Activity | undefined
}

/** Says whether a certificate is what this site has signed, and what is true today. */
export function CheckedCertificatePart({
  certificate: { signed, subject, today },
  t,
}: {
  certificate: CheckedCertificate
  t: Messages
}) {
  const w = t.certificate.checked
  const name = subject ? toPrintedName(subject.name) : signed?.name
  return (
    <section class="findings" aria-labelledby="attestation">
      <h2 id="attestation">{w.heading}</h2>
      <p class={signed ? 'flash' : 'notice'}>{signed ? w.valid : w.wrong}</p>
      {name && (
        <p>
          <strong>{subject ? <Link href={subject.href}>{w.of(name)}</Link> : w.of(name)}</strong>
          {signed &&
            `, ${t.certificate.period(plainDate(signed.from, t.lang), plainDate(signed.until, t.lang))}`}
        </p>
      )}
      {signed && <p>{w.compare}</p>}
      {(signed || today) && <Facts signed={signed} today={today} t={t} />}
      {!subject && signed && <p class="notice">{w.gone}</p>}
      {subject && !today && <p>{w.none}</p>}
      {signed && today && (
        <p>{ACTIVITY_FACTS.every((fact) => signed[fact] === today[fact]) ? w.same : w.differs}</p>
      )}
    </section>
  )
}

function Facts({
  signed,
  today,
  t,
}: Pick<CheckedCertificate, 'signed' | 'today'> & { t: Messages }) {
  const w = t.certificate.checked
  return (
    <table class="numbers">
      <caption class="unseen">{signed ? w.caption : w.today}</caption>
      <thead>
        <tr>
          <th scope="col">{w.fact}</th>
          {signed && <th scope="col">{w.onPaper}</th>}
          {today && <th scope="col">{w.now}</th>}
        </tr>
      </thead>
      <tbody>
        {ACTIVITY_FACTS.map((fact) => (
          <tr>
            <th scope="row">{t.certificate.facts[fact]}</th>
            {signed && <td>{numberText(signed[fact], t.lang)}</td>}
            {today && <td>{numberText(today[fact], t.lang)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
