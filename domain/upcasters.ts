import type { Upcaster } from './kernel/reader.ts'

/** From one shape to the next: `'Type@1': (data) => ({ type: 'Type', version: 2, data: { ...data, … } })`. */
export const upcasters: Readonly<Record<string, Upcaster>> = {
  'DataRead@1': (data) => ({ type: 'DataRead', version: 2, data }),
  'SessionRevoked@1': (data) => ({ type: 'SessionRevoked', version: 2, data }),
}
