import { problems as german } from './de/problems.ts'
import { shared as sharedGerman } from './de/shared.ts'
import { problems as english } from './en/problems.ts'
import { shared as sharedEnglish } from './en/shared.ts'
import type { Catalog } from './language.ts'
import type { ProblemText } from './problem-text.ts'

export const sharedTexts: Catalog<typeof sharedEnglish> = { en: sharedEnglish, de: sharedGerman }
export const problemTexts: Catalog<ProblemText> = { en: english, de: german }
