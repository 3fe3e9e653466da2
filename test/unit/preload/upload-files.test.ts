import { expect, test } from 'vitest'
import { uploadFiles } from '../../../preload/upload-files.ts'

test('a folder that was dropped as such is refused with what to do instead, before anything is sent', async () => {
  const folder = Object.assign(new File([], 'Contoso'), {
    webkitRelativePath: '',
    slice: () => Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new DOMException('unreadable', 'NotReadableError')) }),
  })

  await expect(uploadFiles([folder])).rejects.toThrow('Contoso cannot be read as a file. If it is a folder, use "Choose folder"')
})

test('nothing dropped is refused', async () => {
  await expect(uploadFiles([])).rejects.toThrow('There is no file to read.')
})
