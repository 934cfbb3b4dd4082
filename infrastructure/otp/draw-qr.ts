import { toString as draw } from 'qrcode'
import type { DrawQr } from '../../application/ports/otp.ts'

/** Level M survives a thumb on the screen; the quiet zone of four modules is what the standard (ISO/IEC 18004) asks for. */
export const drawQr: DrawQr = (text) => async () => {
  const svg = await draw(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 })
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}
