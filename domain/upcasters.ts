import type { Upcaster } from './kernel/reader.ts'

/** Old shapes, each lifted to the next: `'Type@1': (data) => ({ type: 'Type', version: 2, data: { ...data, … } })`. None yet. */
export const upcasters: Readonly<Record<string, Upcaster>> = {}
