/** Turns texts into vectors whose nearness says how alike they are in meaning. */
export interface Embedder extends AsyncDisposable {
  /** Names the model and its dimensions. Vectors of different spaces are never compared. */
  readonly space: string;
  /**
   * A vector of length 1 for each text, in order, all of the same dimensions. Too long texts are cut by the model.
   * Throws `ABORTED` when the signal fires, `EMBEDDER_FAILED` when the model cannot be reached or answers nonsense.
   */
  embed(texts: readonly string[], options?: { readonly signal?: AbortSignal }): Promise<readonly Float32Array[]>;
}
