/** Key of an original image. */
export const imageKey = (owner: string, id: string): string => `images/${owner}/${id}`;

/** Key of one of its thumbnails. */
export const thumbnailKey = (owner: string, id: string, size: string): string => `${imageKey(owner, id)}.${size}`;
