/** Why a command cannot do what it was asked, in one sentence for whoever typed it. */
export class CommandError extends Error {
  override name = 'CommandError'
}
