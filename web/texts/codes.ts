import { codes as german } from './de/codes.ts'
import { codes as english } from './en/codes.ts'
import type { Catalog } from './language.ts'

export const codeTexts: Catalog<typeof english> = { en: english, de: german }
