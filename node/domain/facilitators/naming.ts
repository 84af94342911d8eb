/** A café to come that names a person as leading it; `answer` is undefined until they said yes or no. */
export type Naming = {
  cafeId: string
  title: string
  startsAt: Temporal.Instant
  timezone: string
  answer: 'yes' | 'no' | undefined
}
