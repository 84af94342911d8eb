/** The part of opentype.js (MIT) that the card and its test need; the library has no types. */
declare module 'opentype.js' {
  export type Command = { type: string; x?: number; y?: number } & Partial<
    Record<'x1' | 'y1' | 'x2' | 'y2', number>
  >
  export type Glyph = {
    index: number
    name?: string
    advanceWidth?: number
    getPath(x: number, y: number, size: number): { commands: Command[] }
  }
  export type Font = {
    unitsPerEm: number
    glyphs: { length: number; get(index: number): Glyph }
    charToGlyph(character: string): Glyph
    /** The distance is in units of the font. */
    getKerningValue(left: Glyph, right: Glyph): number
  }
  const opentype: { parse(bytes: ArrayBuffer): Font }
  export default opentype
}
