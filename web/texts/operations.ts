import { operations as german } from './de/operations.ts'
import { operations as english } from './en/operations.ts'
import type { Catalog } from './language.ts'

export const operationsTexts: Catalog<typeof english> = { en: english, de: german }
