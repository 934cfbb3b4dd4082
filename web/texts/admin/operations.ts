import { operations as german } from '../de/admin/operations.ts'
import { operations as english } from '../en/admin/operations.ts'
import type { Catalog } from '../language.ts'

export const operationsTexts: Catalog<typeof english> = { en: english, de: german }
