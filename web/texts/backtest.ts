import { backtest as german } from './de/backtest.ts'
import { backtest as english } from './en/backtest.ts'
import type { Catalog } from './language.ts'

export const backtestTexts: Catalog<typeof english> = { en: english, de: german }
