import type { Language } from '../../texts/language.ts'

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

export function wholeNumber(language: Language, value: number): string {
  return new Intl.NumberFormat(language).format(value)
}

export function byteSize(language: Language, bytes: number): string {
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const options = { style: 'unit', unit: units[step] ?? 'byte', maximumFractionDigits: step === 0 ? 0 : 1 } as const
  return new Intl.NumberFormat(language, options).format(bytes / 1000 ** step)
}
