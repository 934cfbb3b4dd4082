import { useEffect, useState } from 'react'
import type { Client } from '../client/client.ts'
import type { Result } from '../client/result.ts'
import { useGatebook } from './gatebook-context.ts'

export type ServiceSettings = {
  readonly registration: 'open' | 'closed' | 'verified'
  readonly captcha: boolean
  readonly password: { readonly minLength: number; readonly minLengthWithSecondFactor: number; readonly maxLength: number }
  readonly secondFactor: { readonly provider: string; readonly recoveryCodes: 'single-use' | 'jump-ahead' }
}

/** Assumed until the service has answered. */
const usual: ServiceSettings = {
  registration: 'open',
  captcha: false,
  password: { minLength: 15, minLengthWithSecondFactor: 8, maxLength: 1024 },
  secondFactor: { provider: 'totp', recoveryCodes: 'single-use' },
}

const known = new WeakMap<Client, ServiceSettings>()

/** What the service offers. It is asked once. */
export function useServiceSettings(): ServiceSettings {
  const client = useGatebook()
  const [settings, setSettings] = useState(() => known.get(client) ?? usual)
  useEffect(() => {
    if (known.has(client)) return
    void (client.call as unknown as (name: string) => Promise<Result<ServiceSettings>>)('GET /settings').then((result) => {
      if (!result.ok) return
      known.set(client, result.value)
      setSettings(result.value)
    })
  }, [client])
  return settings
}
