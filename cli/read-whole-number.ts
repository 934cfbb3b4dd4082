import { InvalidArgumentError } from 'commander'

/** Of an argument. */
export function readWholeNumber(text: string) {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('expected a whole number')
  return Number(text)
}
