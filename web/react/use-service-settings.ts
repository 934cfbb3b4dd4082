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

const answers = new WeakMap<Client, ServiceSettings>()

/** What the service offers. It is asked once, unless the provider knows it. */
export function useServiceSettings(): ServiceSettings {
  const { client, settings: given } = useGatebookContext()
  const [answer, setAnswer] = useState(() => answers.get(client))
  useEffect(() => {
    if (given !== null || answers.has(client)) return
    void client.call('GET /settings').then((result) => {
      if (!result.ok) return
      answers.set(client, result.value)
      setAnswer(result.value)
    })
  }, [client, given])
  return given ?? answer ?? usual
}
