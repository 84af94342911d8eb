import { parentPort } from 'node:worker_threads'
import { type SheetOrder, writeSheet } from '../../formats/print/print.ts'

/** What the thread is sent, and what it answers: the bytes of a PDF or SVG file. */
export type PrintOrder = { order: SheetOrder; as: 'pdf' | 'svg' }

parentPort?.on('message', async ({ order, as }: PrintOrder) => {
  parentPort?.postMessage(await writeSheet(order, as))
})
