import { renderSVG } from 'uqr'

/** Returns a QR code as SVG with its quiet zone (ISO/IEC 18004 §5.3.8), with error correction of level M. */
export const qrSvg = (text: string): string => renderSVG(text, { ecc: 'M', border: 4 })
