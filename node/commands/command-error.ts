/** The error of a command that cannot do what it was asked, in one sentence for the operator. */
export class CommandError extends Error {
  override name = 'CommandError'
}
