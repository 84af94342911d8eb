import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { imageOf, sharedCrop } from '../../../node/domain/cafes/shared-image.ts'
import { isMediaName, mediaName, sharedName } from '../../../node/domain/values/image.ts'
import { ownCafe } from '../../support/own-cafe.ts'

const ORIGIN = 'https://mediatheque.example'
const side = fc.integer({ min: 1, max: 1600 })
const point = fc.tuple(
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.double({ min: -1, max: 1, noNaN: true }),
)

describe('the part that is shared', () => {
  test('lies inside the picture, whatever its shape and its focal point', () => {
    fc.assert(
      fc.property(side, side, point, (width, height, focalPoint) => {
        const crop = sharedCrop({ width, height }, focalPoint)
        expect(Math.min(crop.left, crop.top)).toBeGreaterThanOrEqual(0)
        expect(crop.left + crop.width).toBeLessThanOrEqual(width)
        expect(crop.top + crop.height).toBeLessThanOrEqual(height)
        expect(Math.min(crop.width, crop.height)).toBeGreaterThan(0)
        expect(crop.width === width || crop.height === height).toBe(true)
      }),
    )
  })

  test('a face at the top of a portrait stays, a middle is in the middle', () => {
    const portrait = { width: 1200, height: 1600 }
    expect(sharedCrop(portrait, [0, 0.67])).toEqual({ left: 0, top: 0, width: 1200, height: 630 })
    expect(sharedCrop(portrait, [0, 0]).top).toBe(485)
    expect(sharedCrop(portrait, [0, -1]).top).toBe(970)
  })

  test('its name and the focal point that goes with it are those that servers accept', () => {
    fc.assert(
      fc.property(side, side, point, (width, height, focalPoint) => {
        const mediaId = '0123456789abcdef'.repeat(2)
        const url = `${ORIGIN}/media/${mediaName(mediaId, width, 'jpg')}`
        const image = { url, alt: 'x', mediaId, width, height, focalPoint }
        const shared = imageOf(ownCafe({ image }), ORIGIN)
        expect(isMediaName(shared.url.split('/').at(-1) ?? '')).toBe(true)
        for (const value of shared.focalPoint) {
          expect(Math.abs(value)).toBeLessThanOrEqual(1)
          expect(Object.is(value, -0)).toBe(false)
        }
      }),
    )
  })
})

test('names that are not ours are none', () => {
  const id = 'a'.repeat(32)
  expect([mediaName(id, 480, 'avif'), sharedName(id)].every(isMediaName)).toBe(true)
  for (const name of [
    '',
    '.',
    '..',
    `${id}`,
    `${id}-480.svg`,
    `../../${id}-480.jpg`,
    `${id}-480.jpg\n`,
  ])
    expect([name, isMediaName(name)]).toEqual([name, false])
})

test('a picture kept elsewhere is passed on by its address alone', () => {
  const image = { url: 'https://ailleurs.example/x.webp', alt: 'Une affiche' }
  expect(imageOf(ownCafe({ image }), ORIGIN)).toEqual({
    ...image,
    type: 'image/webp',
    width: undefined,
    height: undefined,
    focalPoint: [0, 0],
  })
})
