import encodeQr from 'qr'
import type { DrawQr } from '../../application/ports/otp.ts'

/** On white, because a page may be dark and not every scanner reads an inverted code. */
const svgOf = (rows: readonly (readonly boolean[])[]) => {
  const size = rows.length
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${dark.join('')}"/></svg>`
  )
}

/** Level M survives a smudge; ISO/IEC 18004 requires a quiet zone of four modules. */
export const drawQr: DrawQr = (text) => async () => {
  const svg = svgOf(encodeQr(text, 'raw', { ecc: 'medium', border: 4 }))
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}
