import { left, right } from 'fp-ts/lib/Either.js'
import { smsProvider } from '../../../examples/sms-provider.ts'

/** A provider of codes by text message. The test reads the messages and can make the service fail. */
export const telephone = () => {
  const messages: string[] = []
  const service = { isDown: false }
  const otpProvider = smsProvider({
    phoneOf: async () => '+44 20 7946 0000',
    sendText: (_phone, text) => async () => {
      if (service.isDown) return left({ type: 'undeliverable' })
      messages.push(text)
      return right(undefined)
    },
  })
  return { otpProvider, service, messages, lastCode: () => messages.at(-1)?.slice(0, 6) ?? '' }
}
