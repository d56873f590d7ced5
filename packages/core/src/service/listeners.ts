import type { Logger } from '../ports/logger.js'
import type { ServiceEvent, ServiceEvents } from '../use-cases/mail-event.js'

export interface Listeners {
  emit(event: ServiceEvent): void
  /** Tells those who hear that something has moved. */
  stir(): void
  /** Calls at every event and stir. Returns the way to stop hearing. */
  hear(call: () => void): () => void
  /** Returns the way to stop listening. */
  on<T extends keyof ServiceEvents>(type: T, listener: (event: ServiceEvents[T]) => void): () => void
}

/** A listener that throws harms nobody else: what it was told is stored already. */
export function createListeners(logger: Logger): Listeners {
  const byType = new Map<string, Set<(event: ServiceEvent) => void>>()
  const hearers = new Set<() => void>()
  const stir = () => {
    for (const call of hearers) call()
  }
  return {
    emit(event) {
      stir()
      for (const listener of byType.get(event.type) ?? []) {
        try {
          listener(event)
        } catch (error) {
          logger.log('error', 'listener-threw', { event: event.type, error })
        }
      }
    },
    stir,
    hear(call) {
      hearers.add(call)
      return () => hearers.delete(call)
    },
    on(type, listener) {
      const known = byType.get(type) ?? new Set()
      // Told only events of its own type.
      const told = listener as (event: ServiceEvent) => void
      byType.set(type, known.add(told))
      return () => known.delete(told)
    },
  }
}
