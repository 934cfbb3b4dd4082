import { memoryEventStore } from '../../../infrastructure/event-store/memory/memory-event-store.ts'
import { eventStoreContract } from '../../contract/event-store.ts'

eventStoreContract('the memory store', async () => {
  const store = memoryEventStore()
  return { store, dispose: store.close }
})
