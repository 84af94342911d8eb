/** RFC 9557 is for programs: HTML's `datetime` wants the offset without the zone in brackets. */
const machine = (zdt: Temporal.ZonedDateTime): string =>
  zdt.toString({ timeZoneName: 'never', smallestUnit: 'minute' })

/** Words for people, with the instant for programs. */
export const Time = ({ at, text }: { at: Temporal.ZonedDateTime; text: string }) => (
  <time datetime={machine(at)}>{text}</time>
)
