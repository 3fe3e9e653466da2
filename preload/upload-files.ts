import type { ChosenFile } from './contract.ts'
import { type FileUploaded, UPLOAD_PATH, type UploadStarted } from './wire.ts'

const AT_ONCE = 6

/**
 * Uploads files to the browser host and returns what they are there: the file, or the folder if they were dropped
 * as one (`webkitRelativePath` is each file's path in it).
 */
export async function uploadFiles(files: File[]): Promise<ChosenFile> {
  if (files.length === 0) throw new Error('There is no file to read.')
  await Promise.all(files.filter(({ webkitRelativePath }) => webkitRelativePath === '').map(refuseFolder))
  const { id } = await ask<UploadStarted>(UPLOAD_PATH, { method: 'POST' })
  const rest = files.values()
  let uploaded: ChosenFile | undefined
  const sendOneByOne = async () => {
    for (const file of rest) {
      const name = file.webkitRelativePath || (files.length > 1 ? `Dropped files/${file.name}` : file.name)
      const url = `${UPLOAD_PATH}/${id}?name=${encodeURIComponent(name)}`
      uploaded = await ask<FileUploaded>(url, { method: 'PUT', body: file })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, sendOneByOne))
  if (uploaded === undefined) throw new Error('There is no file to read.')
  return uploaded
}

/** Refuses a dropped folder, which the browser passes as a file that cannot be read. */
async function refuseFolder(file: File): Promise<void> {
  await file
    .slice(0, 1)
    .arrayBuffer()
    .catch((cause) => {
      throw new Error(`${file.name} cannot be read as a file. If it is a folder, use "Choose folder" instead of dropping it.`, { cause })
    })
}

async function ask<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, init)
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as T
}
