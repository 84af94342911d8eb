/** RFC 9557 is for programs: HTML's `datetime` wants the offset without the zone in brackets. */
const machine = (zdt: Temporal.ZonedDateTime): string =>
  zdt.toString({ timeZoneName: 'never', smallestUnit: 'minute' })

/** Words for people, with the instant for programs. */
export const Time = ({ at, words }: { at: Temporal.ZonedDateTime; words: string }) => (
  <time datetime={machine(at)}>{words}</time>
)
