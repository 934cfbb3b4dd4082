import { Fragment, type ReactNode, useRef, useState } from 'react'

/** Draws a challenge of your provider. It calls back with the token, and with null once that has expired. */
export type Captcha = (onToken: (token: string | null) => void) => ReactNode

/** A token is good for one request, so the challenge is drawn anew after each. */
export function useCaptcha(captcha: Captcha | undefined) {
  const token = useRef<string | null>(null)
  const [round, setRound] = useState(0)
  const take = () => {
    const taken = token.current
    if (captcha === undefined || taken === null) return {}
    token.current = null
    setRound(round + 1)
    return { captcha: taken }
  }
  const onToken = (next: string | null) => {
    token.current = next
  }
  return { take, shown: captcha === undefined ? null : <Fragment key={round}>{captcha(onToken)}</Fragment> }
}
