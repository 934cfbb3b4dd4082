import { useState } from 'react'
import type { Result } from '../../../client/result.ts'
import { useGatebook } from '../../../react/gatebook-context.ts'
import { useAction } from '../../../react/ui/use-action.ts'
import { useCall } from '../../loading/use-call.ts'
import { addPage, type Radius, type RadiusOrigin } from './radius.ts'

/** Of ten sessions each. */
const mostPages = 20

/** All pages, as far as anybody would read them; and the end of the sessions on all of them. */
export function useRadius({ name, value }: RadiusOrigin) {
  const { call } = useGatebook()
  const [ended, setEnded] = useState<number | null>(null)
  const load = async (): Promise<Result<Radius>> => {
    let radius: Radius | undefined
    for (let cursor: string | null | undefined, pages = 0; pages < mostPages; pages++) {
      const page = await call('GET /audit/blast-radius', { query: { [name]: value, ...(cursor ? { cursor } : {}) } })
      if (!page.ok) return page
      radius = addPage(radius, page.value)
      cursor = page.value.next
      if (cursor === null) break
    }
    return { ok: true, value: radius as Radius }
  }
  const radius = useCall(['blast-radius', name, value], load)
  const end = async (): Promise<Result<number>> => {
    let ended = 0
    for (let cursor: string | null | undefined; ; ) {
      const page = await call('POST /audit/blast-radius/revoke', { body: { [name]: value, ...(cursor ? { cursor } : {}) } })
      if (!page.ok) return page
      ended += page.value.ended
      cursor = page.value.next
      if (cursor === null) return { ok: true, value: ended }
    }
  }
  const ending = useAction(end, (count) => {
    setEnded(count)
    radius.reload()
  })
  return { radius, ending, ended }
}
