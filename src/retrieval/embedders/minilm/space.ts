/** Length of a vector. */
export const DIMENSIONS = 384;

/** To be changed when anything changes that vectors depend on: the model's files, where a text is cut, the pooling. */
export const SPACE = `all-MiniLM-L6-v2-int8:${DIMENSIONS}`;
