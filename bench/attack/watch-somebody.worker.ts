import { Agent, request } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'

type Data = { readonly url: string; readonly token: string }

const { url, token } = workerData as Data
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
const headers = { authorization: `Bearer ${token}` }

const once = () =>
  new Promise<number>((resolve, reject) => {
    const from = performance.now()
    request(`${url}/api/1/session`, { agent, headers }, (answer) => {
      answer.resume().once('end', () => {
        if (answer.statusCode === 200) resolve(performance.now() - from)
        else reject(new Error(`somebody else got ${answer.statusCode}`))
      })
    })
      .once('error', reject)
      .end()
  })

await once()
parentPort?.postMessage('watching')
let isWatching = true
const durations: number[] = []
parentPort?.once('message', () => {
  isWatching = false
})
while (isWatching) {
  durations.push(await once())
  await new Promise((resolve) => setTimeout(resolve, 2))
}
parentPort?.postMessage(durations.sort((a, b) => a - b))
agent.destroy()
