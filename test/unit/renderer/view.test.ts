import { expect, test } from 'vitest'
import { createViewStore } from '../../../renderer/frame/stores/view.ts'
import { memoryHistory } from '../../support/memory-history.ts'

const record = { table: 'account', id: '5c0ffee5-0000-4000-8000-000000000001' }

function viewAt(path: string) {
  const history = memoryHistory(path)
  return { history, view: createViewStore(history) }
}

test('the place comes from the address, a preview included', () => {
  const { view } = viewAt(`records/account/${record.id}?preview=delete&of=account/${record.id}`)

  expect(view.getState()).toMatchObject({
    location: { screen: 'records', table: 'account', recordId: record.id },
    dialog: { kind: 'delete', record },
  })
})

test('each place gets an entry in the history, and Back and Forward lead through them', () => {
  const { view, history } = viewAt('')

  view.getState().go({ screen: 'jobs', jobId: null })
  view.getState().go({ screen: 'settings' })
  expect(history.path()).toBe('settings')
  view.getState().goBack()

  expect(view.getState()).toMatchObject({ location: { screen: 'jobs' }, canGoBack: true, canGoForward: true })
  view.getState().goForward()
  expect(view.getState()).toMatchObject({ location: { screen: 'settings' }, canGoBack: true, canGoForward: false })
})

test('a preview is in the address while its dialog is open; other dialogs are not', () => {
  const { view, history } = viewAt('records/account')

  view.getState().openDialog({ kind: 'delete', record })
  expect(history.path()).toBe(`records/account?preview=delete&of=account%2F${record.id}`)
  view.getState().closeDialog()
  expect(history.path()).toBe('records/account')
  view.getState().openDialog({ kind: 'createRecord', table: 'account' })

  expect(history.path()).toBe('records/account')
})

test('going back closes a dialog that belongs to the place one leaves', () => {
  const { view } = viewAt('records/account')
  view.getState().go({ screen: 'settings' })
  view.getState().openDialog({ kind: 'delete', record })

  view.getState().goBack()

  expect(view.getState()).toMatchObject({ location: { screen: 'records' }, dialog: { kind: 'none' } })
})

test('in another environment one starts over: what was before is out of reach', () => {
  const { view, history } = viewAt('')
  view.getState().go({ screen: 'records', table: 'account', recordId: record.id })

  view.getState().startOver()

  expect(history.path()).toBe('overview')
  expect(view.getState()).toMatchObject({ location: { screen: 'overview' }, canGoBack: false, canGoForward: false, lastIn: {} })
})
