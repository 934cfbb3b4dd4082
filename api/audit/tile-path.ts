import type { TileAddress } from '../../application/proofs/log-proofs.ts'

const fullWidth = 256
const highestLevel = 63

const widthOf = (text: string) => (/^[1-9]\d{0,2}$/.test(text) && Number(text) < fullWidth ? Number(text) : undefined)

/** `x001`, `x234`, `067` is 1234067; a tile that is not full ends with `067.p` and its width. Undefined for what is no address. */
export function tileAt(level: string, path: readonly string[]): TileAddress | undefined {
  const isPartial = path.at(-2)?.endsWith('.p') === true
  const digits = isPartial ? path.slice(0, -1).map((part) => part.replace(/\.p$/, '')) : path
  const width = isPartial ? widthOf(path.at(-1) ?? '') : fullWidth
  const isNumber = digits.every((part, index) => (index === digits.length - 1 ? /^\d{3}$/ : /^x\d{3}$/).test(part))
  const isShortest = digits.length === 1 || digits[0] !== 'x000'
  if (!/^(0|[1-9]\d?)$/.test(level) || Number(level) > highestLevel || !isNumber || !isShortest || width === undefined) return undefined
  return { level: Number(level), number: Number(digits.map((part) => part.slice(-3)).join('')), width }
}
