import { type FileUploaded, UPLOAD_PATH, type UploadStarted } from './wire.ts'

const AT_ONCE = 6

/**
 * Sends files to the browser host and gives the path under which it sees them: the file's, or the folder's where they came
 * as one (`webkitRelativePath` names each file's place in it).
 */
export async function uploadFiles(files: File[]): Promise<string> {
  if (files.length === 0) throw new Error('There is no file to read.')
  const { id } = await ask<UploadStarted>(UPLOAD_PATH, { method: 'POST' })
  const rest = files.values()
  let path = ''
  const sendOneByOne = async () => {
    for (const file of rest) {
      const name = file.webkitRelativePath || (files.length > 1 ? `Dropped files/${file.name}` : file.name)
      const url = `${UPLOAD_PATH}/${id}?name=${encodeURIComponent(name)}`
      path = (await ask<FileUploaded>(url, { method: 'PUT', body: file })).path
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, sendOneByOne))
  return path
}

async function ask<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, init)
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as T
}
