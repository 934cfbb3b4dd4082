import type { Catalog } from '../language.ts'
import { explanationInEnglish } from './english.ts'
import type { ExplanationTexts } from './explanation-texts.ts'
import { explanationInGerman } from './german.ts'

export const explanationTexts: Catalog<ExplanationTexts> = { en: explanationInEnglish, de: explanationInGerman }
