import { expect, test } from 'vitest'
import { completeWebAddress } from '../../../node/domain/values/web-address.ts'

test.each([
  ['www.exemple.fr', 'https://www.exemple.fr'],
  ['exemple.fr/café?jour=1#h', 'https://exemple.fr/café?jour=1#h'],
  ['exemple.fr:8443', 'https://exemple.fr:8443'],
  ['médiathèque.fr', 'https://médiathèque.fr'],
])('%s can only be an address of the web', (typed, whole) => {
  expect(completeWebAddress(typed)).toBe(whole)
})

test.each([
  ['http://exemple.fr'],
  ['javascript:alert(1)'],
  ['mailto:a@exemple.fr'],
  ['camille@exemple.fr'],
  ['@cafes@exemple.fr'],
  ['//exemple.fr'],
  ['pas d’adresse. vraiment'],
  ['exemple'],
  [''],
])('%s is left as it is', (typed) => {
  expect(completeWebAddress(typed)).toBe(typed)
})
