import { codes as german, stepUp as stepUpGerman } from './de/codes.ts'
import { codes as english, stepUp as stepUpEnglish } from './en/codes.ts'
import type { Catalog } from './language.ts'

export const codeTexts: Catalog<typeof english> = { en: english, de: german }
export const stepUpTexts: Catalog<typeof stepUpEnglish> = { en: stepUpEnglish, de: stepUpGerman }
