import type { Source } from '../../../scripts/checks/conventions/source.ts'

export const source = (path: string, ...lines: readonly string[]): Source => ({ path, text: lines.join('\n') })
