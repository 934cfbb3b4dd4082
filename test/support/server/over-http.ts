import { type Answer, type Call, headersOf, jsonOf, payloadOf, stepsOf, urlOf } from './client.ts'

/** Calls over the network. */
export const overHttp = (baseUrl: string) =>
  stepsOf(async (call: Call): Promise<Answer> => {
    const payload = payloadOf(call)
    const answer = await fetch(`${baseUrl}${urlOf(call.path)}`, {
      method: call.method,
      headers: headersOf(call),
      ...(payload === undefined ? {} : { body: payload as string }),
      redirect: 'manual',
    })
    const text = await answer.text()
    const cookies = answer.headers.getSetCookie()
    const headers: Record<string, string> = {
      ...Object.fromEntries(answer.headers),
      ...(cookies.length === 0 ? {} : { 'set-cookie': cookies.join(', ') }),
    }
    return { status: answer.status, body: jsonOf(text, headers['content-type'] ?? ''), text, headers }
  })
