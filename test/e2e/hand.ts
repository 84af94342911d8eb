import type { Download, Locator, Page } from 'playwright-core'

/** The ways to use a page. Names are those that a person reads or hears. */
export type Hand = {
  press(role: 'link' | 'button', name: string | RegExp): Promise<void>
  fill(label: string, value: string): Promise<void>
  choose(label: string, option: string): Promise<void>
  /** Ticks a box, or one of several answers. */
  tick(label: string): Promise<void>
  /** Opens the fold with this title. */
  unfold(words: string): Promise<void>
  attach(label: string, file: string): Promise<void>
  /** Downloads what a link offers. */
  download(name: string | RegExp): Promise<Download>
}

export type MakeHand = (page: Page) => Hand

/** The note that an answer is optional is no part of the label. */
const labelled = (page: Page, label: string): Locator => {
  const words = label.split(/\s+/u).map((word) => RegExp.escape(word))
  const wanted = new RegExp(`^\\s*${words.join('\\s+')}(\\s+\\([^)]*\\))?\\s*$`, 'u')
  return page.locator('main, search.asked-part').getByLabel(wanted).filter({ visible: true })
}

const fold = (page: Page, words: string): Locator =>
  page.locator('summary').filter({ hasText: words })

export const byMouse: MakeHand = (page) => ({
  press: (role, name) => page.getByRole(role, { name }).first().click(),
  fill: (label, value) => labelled(page, label).fill(value),
  choose: async (label, option) => {
    await labelled(page, label).selectOption({ label: option })
  },
  tick: (label) => labelled(page, label).check(),
  unfold: (words) => fold(page, words).click(),
  attach: (label, file) => choosing(page, file, () => labelled(page, label).click()),
  download: (name) => downloading(page, () => page.getByRole('link', { name }).first().click()),
})

/** Uses the keyboard only: Tab to move, Enter to press, digits for a date. */
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
    await page.keyboard.press('Delete')
    await page.keyboard.type(value)
  },
  choose: async (label, option) => {
    await tabTo(page, labelled(page, label))
    await page.keyboard.type(option)
  },
  tick: async (label) => {
    const wanted = labelled(page, label)
    if (await wanted.isChecked()) return
    if ((await wanted.getAttribute('type')) === 'radio') return arrowTo(page, wanted)
    await tabTo(page, wanted)
    await page.keyboard.press('Space')
  },
  unfold: async (words) => {
    await tabTo(page, fold(page, words))
    await page.keyboard.press('Enter')
  },
  attach: async (label, file) => {
    await tabTo(page, labelled(page, label))
    await choosing(page, file, () => page.keyboard.press('Enter'))
  },
  download: async (name) => {
    await tabTo(page, page.getByRole('link', { name }).first())
    return downloading(page, () => page.keyboard.press('Enter'))
  },
})

async function downloading(page: Page, ask: () => Promise<void>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download'), ask()])
  return download
}

/** Chooses the file in the system's dialog, which is the only part that a browser test cannot operate. */
async function choosing(page: Page, file: string, open: () => Promise<void>): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), open()])
  await chooser.setFiles(file)
}

/** Moves with Tab to one of the answers, then with the arrows. @throws Error when no arrow leads to the wanted one. */
async function arrowTo(page: Page, wanted: Locator): Promise<void> {
  const name = await wanted.getAttribute('name')
  const answers = page.locator(`input[type="radio"][name="${name}"]`)
  const count = await answers.count()
  const checked = answers.and(page.locator(':checked'))
  await tabTo(page, (await checked.count()) > 0 ? checked : answers.first())
  for (let presses = 0; presses < count; presses += 1) {
    if (await wanted.isChecked()) return
    await page.keyboard.press('ArrowDown')
  }
  if (!(await wanted.isChecked())) throw new Error(`no arrow leads to ${wanted}`)
}

const STOPS_MAX = 80

/** Returns how many times Tab was pressed until the element had the focus. @throws Error when Tab never leads to it. */
export async function tabTo(page: Page, wanted: Locator): Promise<number> {
  let element = await wanted.elementHandle()
  for (let stops = 0; stops <= STOPS_MAX; stops += 1) {
    // A script may have replaced the field by one of its own.
    let place = await element?.evaluate(placeOf)
    if (!place || place === 'gone') {
      element = await wanted.elementHandle()
      place = await element?.evaluate(placeOf)
    }
    if (place === 'reached') return stops
    await page.keyboard.press('Tab')
  }
  throw new Error(`no Tab leads to ${wanted}`)
}

/** This function runs in the page. */
const placeOf = (node: Node): 'gone' | 'reached' | 'elsewhere' => {
  if (!node.isConnected) return 'gone'
  return node === node.ownerDocument?.activeElement ? 'reached' : 'elsewhere'
}

/** Types a date in the French order of its parts, or in that of the browser when it has no French. */
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
