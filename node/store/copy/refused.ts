/** A copy that is not made, and nothing is changed; the message is one sentence for the operator. */
export class RefusedCopy extends Error {
  override name = 'RefusedCopy'
}
