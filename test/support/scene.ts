import sharp from 'sharp'

const [WIDTH, HEIGHT] = [1600, 1067]

/** A table seen from above, by the window: cups, a sheet, a telephone. */
const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 1067">
  <defs>
    <linearGradient id="light" x1="0" y1="0" x2="1" y2="1">
      <stop offset="0" stop-color="#f3dcb6"/><stop offset="0.55" stop-color="#cf9a63"/><stop offset="1" stop-color="#7d4f2c"/>
    </linearGradient>
    <radialGradient id="coffee"><stop offset="0.2" stop-color="#6b3d1f"/><stop offset="1" stop-color="#2d170a"/></radialGradient>
    <g id="cup">
      <ellipse cx="14" cy="22" rx="150" ry="146" fill="#3a220f" opacity="0.35"/>
      <circle r="142" fill="#f7f2e8"/><circle r="118" fill="#e9e0cf"/>
      <rect x="84" y="-18" width="92" height="36" rx="18" fill="#fdfaf3"/>
      <circle r="92" fill="#fdfaf3"/><circle r="74" fill="url(#coffee)"/>
      <path d="M-40 -26 q40 -34 82 2" stroke="#a9764a" stroke-width="9" fill="none" stroke-linecap="round"/>
    </g>
  </defs>
  <rect width="1600" height="1067" fill="url(#light)"/>
  <g stroke="#8a5a33" stroke-width="3" opacity="0.45">
    <path d="M0 178 H1600 M0 356 H1600 M0 534 H1600 M0 712 H1600 M0 890 H1600"/>
  </g>
  <g transform="rotate(-11 620 560)">
    <rect x="420" y="392" width="420" height="560" fill="#3a220f" opacity="0.3"/>
    <rect x="408" y="380" width="420" height="560" fill="#fffdf6"/>
    <g stroke="#6d7f93" stroke-width="9" stroke-linecap="round">
      <path d="M456 452 H760 M456 506 H724 M456 560 H774 M456 614 H690 M456 702 H752 M456 756 H664"/>
    </g>
  </g>
  <rect x="1120" y="580" width="196" height="372" rx="30" fill="#20262e" transform="rotate(9 1218 766)"/>
  <rect x="1136" y="606" width="164" height="320" rx="12" fill="#8fb3c4" transform="rotate(9 1218 766)"/>
  <use href="#cup" transform="translate(300 268) rotate(24)"/>
  <use href="#cup" transform="translate(1010 250) rotate(148)"/>
  <use href="#cup" transform="translate(1370 330) rotate(-62) scale(0.86)"/>
</svg>`

/** Returns a picture like one from a telephone: large, with the grain that gives it the size of a photo. */
export async function photoOfTable(): Promise<Buffer> {
  const grain = await sharp({
    create: {
      width: WIDTH,
      height: HEIGHT,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 22 },
    },
  })
    .blur(1.1)
    .png()
    .toBuffer()
  return sharp(Buffer.from(DRAWING))
    .resize(WIDTH, HEIGHT)
    .composite([{ input: grain, blend: 'soft-light' }])
    .jpeg({ quality: 92 })
    .toBuffer()
}
