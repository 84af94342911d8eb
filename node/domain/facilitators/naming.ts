/** A café that names somebody, by what tells it from others of the same title; online it has no place. */
export type NamingCafe = {
  title: string
  startsAt: Temporal.Instant
  timezone: string
  place: string | undefined
}

/** A café to come that names a person as leading it; `answer` is undefined until they said yes or no. */
export type Naming = NamingCafe & {
  cafeId: string
  answer: 'yes' | 'no' | undefined
}
