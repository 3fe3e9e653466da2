/** Whoever reads us may stop reading, as `cascade … | head` does: the work goes on to its end, and what nobody hears is not said. */
export function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
}
