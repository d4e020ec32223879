import type { SignatureResolvers } from '../generated/resolvers.ts';

export const Signature: SignatureResolvers = {
  typeParameters: ({ typeParameters }) => typeParameters ?? [],
};
