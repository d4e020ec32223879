/** A number of a vector of length 1 is kept as its nearest 127th: a byte each, and a cosine right to about 0.01. */
export const STEPS = 127;

export const packVector = (vector: Float32Array): Int8Array => Int8Array.from(vector, (part) => Math.round(part * STEPS));

export const unpackVector = (vector: Int8Array): Float32Array => Float32Array.from(vector, (part) => part / STEPS);
