import { expect, test } from 'vitest'
import { completeWebAddress } from '../../../node/domain/values/web-address.ts'

test.each([
  ['www.exemple.fr', 'https://www.exemple.fr'],
  ['exemple.fr/café?jour=1#h', 'https://exemple.fr/café?jour=1#h'],
  ['exemple.fr:8443', 'https://exemple.fr:8443'],
  ['médiathèque.fr', 'https://médiathèque.fr'],
  ['visio.xn--mdiathque-83ae.fr/a@b', 'https://visio.xn--mdiathque-83ae.fr/a@b'],
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
  ['24.12.2026'],
  ['12.50'],
  ['06.12.34.56'],
  ['06.12.34.56.78'],
  ['10.0.0.1:8080/admin'],
  ['salle.2'],
  ['M.A'],
  [''],
])('%s is left as it is', (typed) => {
  expect(completeWebAddress(typed)).toBe(typed)
})
