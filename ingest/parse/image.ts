import { resourceId, type NodeId } from '../../graph/model/id.ts';
import type { Facts } from '../facts.ts';
import type { Place } from './environment.ts';

/** `registry:5000/team/app:1.2@sha256:…` without tag and digest. */
export function imageName(image: string): string {
  const bare = image.replace(/@sha256:[0-9a-f]+$/i, '').replace(/:[^:/]+$/, '');
  return bare.replace(/^(?:docker\.io\/)?(?:library\/)?/, '');
}

/** An image as registries know it; its tag is a property, so that an upgrade is a change of one thing. */
export const imageIdOf = (repo: string, image: string): NodeId => resourceId(repo, `image/${imageName(image)}`);

/** An image that a Dockerfile makes, by the Dockerfile's path: a folder `nginx` is not the image `nginx`. */
export const dockerfileId = (repo: string, path: string): NodeId => resourceId(repo, `image/${path}`);

/** Claims the node of an image that something uses. */
export const imageNode = (facts: Facts, { repo, file, span }: Place, image: string): NodeId =>
  facts.node({ id: imageIdOf(repo, image), kind: 'Resource', name: image, repo, file, span, props: { type: 'image', image } });
