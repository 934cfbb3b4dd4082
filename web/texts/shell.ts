import { shell as german } from './de/shell.ts'
import { shell as english } from './en/shell.ts'
import type { Catalog } from './language.ts'

export const shellTexts: Catalog<typeof english> = { en: english, de: german }
