/** A drawing of our own: flat shapes in the colours of the tokens, so that it fits the dark theme as well. */
export type Drawing = {
  width: number
  height: number
  /** SVG elements; their colours are tokens of `ui/style/10-tokens.css`. */
  shapes: string
}
