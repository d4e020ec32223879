import got from 'got';

interface Photo {
  url: string;
  tags: string[];
}

const photos = got.extend({ prefixUrl: 'https://photos.acme.test', responseType: 'json' });

export async function caption(id: string): Promise<string> {
  const { body: photo } = await photos.get<Photo>(`photos/${id}`);
  return photo.tags.map((tag) => `#${tag}`).join(' ');
}
