/** The error of a copy that is not made, while nothing is changed; its message is one sentence for the operator. */
export class RefusedCopy extends Error {
  override name = 'RefusedCopy'
}
