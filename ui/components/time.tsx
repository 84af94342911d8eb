/** Returns the `datetime` of HTML, which allows an offset but no zone in brackets (RFC 9557). */
const machine = (zdt: Temporal.ZonedDateTime): string =>
  zdt.toString({ timeZoneName: 'never', smallestUnit: 'minute' })

/** A date in words, with the instant as the `datetime` attribute. */
export const Time = ({ at, text }: { at: Temporal.ZonedDateTime; text: string }) => (
  <time datetime={machine(at)}>{text}</time>
)
