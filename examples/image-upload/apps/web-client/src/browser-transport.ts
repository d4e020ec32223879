import type { Transport } from './api-client.ts';

/** XMLHttpRequest, because fetch does not report the progress of an upload. */
export const browserTransport: Transport = (url, { method, headers, body }, onProgress) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total);
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onerror = () => reject(new Error(`No answer from ${url}.`));
    request.send(body === undefined ? null : new Uint8Array(body));
  });
