import { toString as draw } from 'qrcode'
import type { DrawQr } from '../../application/ports/otp.ts'

/** Level M survives a smudge; ISO/IEC 18004 requires a quiet zone of four modules. */
export const drawQr: DrawQr = (text) => async () => {
  const svg = await draw(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 })
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}
