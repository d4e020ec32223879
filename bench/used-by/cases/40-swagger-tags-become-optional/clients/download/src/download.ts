export async function download(id: string): Promise<ArrayBuffer> {
  const res = await fetch(`https://photos.acme.test/photos/${id}`);
  const photo = await res.json();
  const file = await fetch(photo.url);
  return file.arrayBuffer();
}
