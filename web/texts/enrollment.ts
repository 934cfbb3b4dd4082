import { enrollment as german } from './de/enrollment.ts'
import { enrollment as english } from './en/enrollment.ts'
import type { Catalog } from './language.ts'

export const enrollmentTexts: Catalog<typeof english> = { en: english, de: german }
