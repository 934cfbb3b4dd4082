import type { Upcaster } from './kernel/reader.ts'

/** From one shape to the next: `'Type@1': (data) => ({ type: 'Type', version: 2, data: { ...data, … } })`. */
export const upcasters: Readonly<Record<string, Upcaster>> = {}
