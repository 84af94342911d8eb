/** A drawing of ours: flat shapes in the colours of the tokens, so that it is right in the dark as well. */
export type Drawing = {
  width: number
  height: number
  /** SVG elements; their colours are tokens of `ui/style/10-tokens.css`. */
  shapes: string
}
