import { defineTexts, messagesOf } from '#text/message'

/** Amounts with their units. */
export const formatTexts = defineTexts('format', {
  justNow: 'just now',
  microseconds: '{count, number, integer} µs',
  milliseconds: '{count, number, integer} ms',
  fewMilliseconds: '{count, number, ::.0} ms',
  seconds: '{count, number, ::.0} s',
  wholeSeconds: '{count, number} s',
  minutesSeconds: '{minutes, number} min {seconds, number} s',
  hoursMinutes: '{hours, number} h {minutes, number} min',
  share: '{percent, number, integer} %',
  smallShare: 'under 1 %',
  bytes: '{count, number} bytes',
  kilobytes: '{count, number, ::.0} KB',
  megabytes: '{count, number, ::.0} MB',
  gigabytes: '{count, number, ::.0} GB',
})

export const format = messagesOf(formatTexts)
