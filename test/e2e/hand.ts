import type { Locator, Page } from 'playwright-core'

/** How somebody works a page. Names are those that a person reads, or hears. */
type Hand = {
  press(role: 'link' | 'button', name: string | RegExp): Promise<void>
  fill(label: string, value: string): Promise<void>
  choose(label: string, option: string): Promise<void>
}

export type MakeHand = (page: Page) => Hand

const labelled = (page: Page, label: string): Locator =>
  page.getByRole('main').getByLabel(label, { exact: true })

export const byMouse: MakeHand = (page) => ({
  press: (role, name) => page.getByRole(role, { name }).first().click(),
  fill: (label, value) => labelled(page, label).fill(value),
  choose: async (label, option) => {
    await labelled(page, label).selectOption({ label: option })
  },
})

/** Nothing but keys: Tab to get somewhere, Enter to press, digits for a date. */
export const byKeyboard: MakeHand = (page) => ({
  press: async (role, name) => {
    await tabTo(page, page.getByRole(role, { name }).first())
    const left = page.waitForEvent('framenavigated')
    await page.keyboard.press('Enter')
    await left
    await page.waitForLoadState()
  },
  fill: async (label, value) => {
    const field = labelled(page, label)
    await tabTo(page, field)
    const type = await field.getAttribute('type')
    if (type === 'date') return typeDate(page, field, value)
    if (type === 'time') return typeTime(page, field, value)
    await page.keyboard.press('Control+A')
    await page.keyboard.type(value)
  },
  choose: async (label, option) => {
    await tabTo(page, labelled(page, label))
    await page.keyboard.type(option)
  },
})

const STOPS_MAX = 80

/** How many times Tab was pressed until the element had the focus. @throws Error when Tab never leads there. */
export async function tabTo(page: Page, wanted: Locator): Promise<number> {
  const element = await wanted.elementHandle()
  for (let stops = 0; stops <= STOPS_MAX; stops += 1) {
    if (await element?.evaluate((node) => node === node.ownerDocument.activeElement)) return stops
    await page.keyboard.press('Tab')
  }
  throw new Error(`no Tab leads to ${wanted}`)
}

/** Digits in the order of French, else in that of this browser, which may not have our language. */
async function typeDate(page: Page, field: Locator, value: string): Promise<void> {
  const [year = '', month = '', day = ''] = value.split('-')
  await typeParts(page, field, value, [day + month + year, month + day + year])
}

async function typeTime(page: Page, field: Locator, value: string): Promise<void> {
  const [hour = '', minute = ''] = value.split(':')
  const half = String(Number(hour) % 12 || 12).padStart(2, '0')
  const words = Number(hour) < 12 ? 'AM' : 'PM'
  await typeParts(page, field, value, [hour + minute, half + minute + words])
}

const PARTS_MAX = 3

async function typeParts(page: Page, field: Locator, value: string, ways: string[]) {
  for (const keys of ways) {
    for (let part = 0; part < PARTS_MAX; part += 1) await page.keyboard.press('ArrowLeft')
    await page.keyboard.type(keys)
    if ((await field.inputValue()) === value) return
  }
  throw new Error(`${value} cannot be typed: ${await field.inputValue()}`)
}
