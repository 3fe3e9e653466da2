import type { PlaceHistory } from '../../renderer/frame/place-history.ts'

/** A history without a browser. */
export function memoryHistory(start = ''): PlaceHistory {
  let places = [start]
  let current = 0
  let first = 0
  const listeners: (() => void)[] = []
  const move = (by: number) => {
    if (places[current + by] === undefined) return
    current += by
    for (const listener of listeners) listener()
  }
  const replace = (path: string) => void places.splice(current, 1, path)
  return {
    path: () => places[current] ?? '',
    reach: () => ({ canGoBack: current > first, canGoForward: current < places.length - 1 }),
    push(path) {
      places = [...places.slice(0, current + 1), path]
      current += 1
    },
    replace,
    begin(path) {
      places = places.slice(0, current + 1)
      first = current
      replace(path)
    },
    back: () => move(-1),
    forward: () => move(1),
    onMove: (listener) => void listeners.push(listener),
  }
}
