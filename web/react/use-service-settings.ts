import { useEffect, useState } from 'react'
import type { Client } from '../client/client.ts'
import { type ServiceSettings, useGatebookContext } from './gatebook-context.ts'

/** Assumed until the service has answered. */
const usual: ServiceSettings = {
  service: { name: '', logo: null, color: null },
  registration: 'open',
  captcha: false,
  password: { minLength: 15, minLengthWithSecondFactor: 8, maxLength: 1024 },
  secondFactor: { provider: 'totp', recoveryCodes: 'single-use' },
}

/** Milliseconds until a service that gave no answer is asked again: doubled each time. */
const [shortest, longest] = [5_000, 60_000]

const answers = new WeakMap<Client, ServiceSettings>()
const questions = new WeakMap<Client, Promise<void>>()

const askUntilAnswered = async (client: Client) => {
  for (let delay = shortest; ; delay = Math.min(2 * delay, longest)) {
    const result = await client.call('GET /settings')
    if (result.ok) {
      answers.set(client, result.value)
      return
    }
    await new Promise((resolve) => setTimeout(resolve, delay))
  }
}

/** However many parts want to know, the service is asked once. */
const ask = (client: Client) => {
  const question = questions.get(client) ?? askUntilAnswered(client)
  questions.set(client, question)
  return question
}

/** What the service offers. It is asked once, unless the provider knows it. */
export function useServiceSettings(): ServiceSettings {
  const { client, settings: given } = useGatebookContext()
  const [answer, setAnswer] = useState(() => answers.get(client))
  useEffect(() => {
    if (given === null && answer === undefined) void ask(client).then(() => setAnswer(answers.get(client)))
  }, [client, given, answer])
  return given ?? answer ?? usual
}
