/** Returns the day of an instant in France, in which pages and mails say until when something is decided. */
export const dayOf = (at: Temporal.Instant): Temporal.PlainDate =>
  at.toZonedDateTimeISO('Europe/Paris').toPlainDate()
